//! Every visible text, by name and language.

/// Defines the texts: variant, name in the `strings` prop, English, Spanish.
macro_rules! texts {
    ($($text:ident $name:literal: $en:literal / $es:literal;)*) => {
        /// A visible text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Text { $($text,)* }

        impl Text {
            /// Every text.
            pub const ALL: &'static [Self] = &[$(Self::$text,)*];

            /// The text's name in the `strings` prop.
            pub fn name(self) -> &'static str {
                match self { $(Self::$text => $name,)* }
            }

            fn english(self) -> &'static str {
                match self { $(Self::$text => $en,)* }
            }

            fn spanish(self) -> &'static str {
                match self { $(Self::$text => $es,)* }
            }
        }
    };
}

texts! {
    Region "region": "Glance Cobrowse" / "Glance Cobrowse";
    RegionPanel "region_panel": "Glance Cobrowse panel" / "Panel de Glance Cobrowse";
    Cobrowse "cobrowse": "Cobrowse" / "Cobrowse";
    HaveKey "have_key": "Have a key?" / "¿Tiene una clave?";
    KeyLabel "key_label": "Session key" / "Clave de sesión";
    KeyHint "key_hint": "The customer reads it from their screen." / "El cliente la lee en su pantalla.";
    Join "join": "Join" / "Unirse";
    NoTask "no_task": "Select a task to cobrowse with its customer." / "Seleccione una tarea para navegar junto con su cliente.";
    NoVisitor "no_visitor": "This task names no visitor. Ask the customer for their session key." / "Esta tarea no indica ningún visitante. Pida al cliente su clave de sesión.";
    TaskKeyWrong "task_key_wrong": "The task's {attribute} cannot be a session key: {rule} Ask the customer for their key." / "El {attribute} de la tarea no puede ser una clave de sesión: {rule} Pida la clave al cliente.";
    KeyEmpty "key_empty": "Type the key first." / "Escriba primero la clave.";
    KeyTooLong "key_too_long": "A key has at most 62 characters, this one has {length}." / "Una clave tiene como máximo 62 caracteres; esta tiene {length}.";
    KeyCharacter "key_character": "A key has only letters A to Z, digits and - _ . ~, not “{character}”." / "Una clave solo tiene letras de la A a la Z, cifras y - _ . ~, no «{character}».";
    KeyNotText "key_not_text": "it is {given}, not a text." / "es {given}, no un texto.";
    GettingKey "getting_key": "Getting the login key…" / "Obteniendo la clave de acceso…";
    Cancel "cancel": "Cancel" / "Cancelar";
    Loading "loading": "Opening the viewer…" / "Abriendo el visor…";
    ViewerOpen "viewer_open": "Viewer open" / "Visor abierto";
    ViewerInTab "viewer_in_tab": "Viewer open in another tab" / "Visor abierto en otra pestaña";
    OpenAgain "open_again": "Open again" / "Abrir de nuevo";
    OpenFor "open_for": "Time since the viewer was opened" / "Tiempo desde que se abrió el visor";
    BringToFront "bring_to_front": "Bring to front" / "Traer al frente";
    CloseViewer "close_viewer": "Close viewer" / "Cerrar visor";
    OpenInTab "open_in_tab": "Open in a tab" / "Abrir en una pestaña";
    FrameSlow "frame_slow": "The viewer shows nothing yet. Open it in a tab, or close it and try again." / "El visor todavía no muestra nada. Ábralo en una pestaña, o ciérrelo e inténtelo de nuevo.";
    FrameTitle "frame_title": "Glance Cobrowse viewer" / "Visor de Glance Cobrowse";
    Blocked "blocked": "The browser blocked the viewer. Open it with this link:" / "El navegador bloqueó el visor. Ábralo con este enlace:";
    OpenViewer "open_viewer": "Open the viewer" / "Abrir el visor";
    PanelGone "panel_gone": "The panel was closed. The viewer reopens with it." / "El panel se cerró. El visor se abrirá de nuevo con él.";
    WithoutPanel "without_panel": "There is no panel for the viewer, so it opened in a tab. For the plugin's author: call registerCrmContainer(flex, manager, props)." / "No hay panel para el visor, así que se abrió en una pestaña. Para el autor del plugin: llame a registerCrmContainer(flex, manager, props).";
    PresenceChecking "presence_checking": "Looking for the customer…" / "Buscando al cliente…";
    VisitorHere "visitor_here": "Customer on the site" / "Cliente en el sitio";
    VisitorHereAt "visitor_here_at": "On the site: {page}" / "En el sitio: {page}";
    VisitorAway "visitor_away": "Customer not on the site" / "El cliente no está en el sitio";
    PresenceUnavailable "presence_unavailable": "Presence unavailable. {reason}" / "Presencia no disponible. {reason}";
    RetryPresence "retry_presence": "Try presence again" / "Reintentar la presencia";
    PresenceScript "presence_script": "Glance's script did not load; an ad blocker or a network rule may stop it. Allow it and try again, or join with a key." / "El script de Glance no se cargó; quizá lo impide un bloqueador de anuncios o una regla de red. Permítalo e inténtelo de nuevo, o únase con una clave.";
    PresenceApi "presence_api": "Glance's script brought no presence. Tell your administrator to check that Presence is on for the group." / "El script de Glance no trae presencia. Pida al administrador que compruebe que Presence está activado para el grupo.";
    PresenceRefused "presence_refused": "Glance refused your authorization. Tell your administrator to check your Partner UID, the Presence subscription and the allowed origins." / "Glance rechazó su autorización. Pida al administrador que revise su Partner UID, la suscripción a Presence y los orígenes permitidos.";
    PresenceConnection "presence_connection": "The connection broke. Reconnecting…" / "Se cortó la conexión. Reconectando…";
    PresenceAuthorization "presence_authorization": "Glance did not authorize you yet. Trying again…" / "Glance todavía no le autorizó. Reintentando…";
    VisitorAbsent "visitor_absent": "The customer is not on the site. Wait for them, or ask for their key." / "El cliente no está en el sitio. Espérelo o pídale su clave.";
    WaitForVisitor "wait_for_visitor": "Wait for them" / "Esperar";
    AwaitingVisitor "awaiting_visitor": "Waiting for them to come…" / "Esperando a que llegue…";
    VisitorAsked "visitor_asked": "Waiting for their answer…" / "Esperando su respuesta…";
    VisitorSilent "visitor_silent": "The customer has not answered. Tell them to accept on their screen, ask again, or use a key." / "El cliente no ha respondido. Dígale que acepte en su pantalla, pregunte de nuevo o use una clave.";
    AskAgain "ask_again": "Ask again" / "Preguntar de nuevo";
    VisitorDeclined "visitor_declined": "The customer declined. You may ask again." / "El cliente no aceptó. Puede preguntar de nuevo.";
    VisitorLeft "visitor_left": "The customer left the site before answering. Wait for them, or ask for their key." / "El cliente salió del sitio antes de responder. Espérelo o pídale su clave.";
    VisitorNotReached "visitor_not_reached": "The customer could not be asked. Try again, or use a key." / "No se pudo preguntar al cliente. Inténtelo de nuevo o use una clave.";
    VisitorAccepted "visitor_accepted": "The customer accepted" / "El cliente aceptó";
    InSession "in_session": "In session" / "En sesión";
    InSessionFor "in_session_for": "Time in session" / "Tiempo en sesión";
    SessionUnseen "session_unseen": "In session. Open the viewer to see the customer's page." / "En sesión. Abra el visor para ver la página del cliente.";
    SessionUncertain "session_uncertain": "The session may be over: the connection to the customer was lost. Ask again, use a key, or say that it is over." / "Puede que la sesión haya terminado: se perdió la conexión con el cliente. Pregunte de nuevo, use una clave o indique que ha terminado.";
    NotCertain "not_certain": "In session? Not certain" / "¿En sesión? No es seguro";
    ItIsOver "it_is_over": "It is over" / "Ha terminado";
    SessionOver "session_over": "Session ended" / "Sesión terminada";
    NotifyArrived "notify_arrived": "{customer} is on the site and can be joined." / "{customer} está en el sitio y puede unirse.";
    NotifyAccepted "notify_accepted": "{customer} accepted. The browser blocked the viewer; open it here." / "{customer} aceptó. El navegador bloqueó el visor; ábralo aquí.";
    TheCustomer "the_customer": "The customer" / "El cliente";
    ShowTask "show_task": "Show task" / "Mostrar tarea";
    TryAgain "try_again": "Try again" / "Intentar de nuevo";
    SignIn "sign_in": "Sign in to Glance in a tab" / "Iniciar sesión en Glance en una pestaña";
    Dismiss "dismiss": "Dismiss" / "Descartar";
    FailedNetwork "failed_network": "The login-key service cannot be reached. Check your connection and try again. If it stays, ask your administrator to check its address and allowed origins." / "No se puede acceder al servicio de claves. Compruebe su conexión e inténtelo de nuevo. Si continúa, pida al administrador que revise la dirección y los orígenes permitidos.";
    FailedTimeout "failed_timeout": "The login-key service did not answer within 10 seconds. Try again. If it stays, tell your administrator." / "El servicio de claves no respondió en 10 segundos. Inténtelo de nuevo. Si continúa, avise al administrador.";
    FailedRefused "failed_refused": "The login-key service refused your Flex session (status {status}). Sign out of Flex and in again. If it stays, tell your administrator." / "El servicio de claves rechazó su sesión de Flex (estado {status}). Cierre sesión en Flex y vuelva a entrar. Si continúa, avise al administrador.";
    FailedFault "failed_fault": "The login-key service has a fault (status {status}). Tell your administrator." / "El servicio de claves tiene un fallo (estado {status}). Avise al administrador.";
    FailedUnreadable "failed_unreadable": "The login-key service answered something that is no login key. Tell your administrator to check authurl." / "El servicio de claves respondió algo que no es una clave. Pida al administrador que revise authurl.";
    FailedMalformedKey "failed_malformed_key": "The login-key service gave a key that Glance cannot read. Tell your administrator to check the Function." / "El servicio dio una clave que Glance no puede leer. Pida al administrador que revise la función.";
    FailedKeyLifetime "failed_key_lifetime": "The login-key service gave a key that has run out or lasts more than a day. Tell your administrator to check GLANCE_EXPIRATION and this computer's clock." / "El servicio dio una clave que ha caducado o dura más de un día. Pida al administrador que revise GLANCE_EXPIRATION y el reloj de este equipo.";
    FailedNoToken "failed_no_token": "Flex gave no session token. Reload Flex and try again. If it stays, tell your administrator to check authtoken." / "Flex no dio un token de sesión. Recargue Flex e inténtelo de nuevo. Si continúa, pida al administrador que revise authtoken.";
    FailedNoPartnerUserId "failed_no_partner_user_id": "Your Partner UID is not known. Tell your administrator to check puid." / "No se conoce su Partner UID. Pida al administrador que revise puid.";
    FailedRestarted "failed_restarted": "Cobrowse had to restart. Try again." / "Cobrowse tuvo que reiniciarse. Inténtelo de nuevo.";
    NotSetUp "not_set_up": "Cobrowse is not set up. For the plugin's author:" / "Cobrowse no está configurado. Para el autor del plugin:";
    PropMissing "prop_missing": "prop “{prop}” is missing; expected {expected}." / "falta la prop «{prop}»; se espera {expected}.";
    PropWrong "prop_wrong": "prop “{prop}” is wrong: got {given}, expected {expected}." / "la prop «{prop}» es incorrecta: es {given}, se espera {expected}.";
    ExpectedGroupid "expected_groupid": "a positive integer: the Group ID in the Glance portal" / "un entero positivo: el Group ID del portal de Glance";
    ExpectedAuthurl "expected_authurl": "the https address of your getloginkey Function" / "la dirección https de su función getloginkey";
    ExpectedAuthtoken "expected_authtoken": "the Flex token as a string, or a function that gives it" / "el token de Flex como cadena, o una función que lo dé";
    ExpectedOpenlocation "expected_openlocation": "“flex”, “tab” or “window”" / "«flex», «tab» o «window»";
    ExpectedFlag "expected_flag": "true or false" / "true o false";
    ExpectedEnvironment "expected_environment": "“production”, “staging” or “beta”" / "«production», «staging» o «beta»";
    ExpectedPuid "expected_puid": "the agent's Partner UID as a string, or a function that gives it" / "el Partner UID del agente como cadena, o una función que lo dé";
    ExpectedVisitorid "expected_visitorid": "the visitor's id as a string, or a function of the task that gives it" / "el id del visitante como cadena, o una función de la tarea que lo dé";
    ExpectedVideo "expected_video": "“off”, “agent” or “multiway”" / "«off», «agent» o «multiway»";
    ExpectedSandbox "expected_sandbox": "tokens of an iframe's sandbox such as “allow-scripts allow-forms”, or false" / "tokens del sandbox de un iframe, como «allow-scripts allow-forms», o false";
    ExpectedHandler "expected_handler": "a function" / "una función";
    ExpectedHosts "expected_hosts": "an object with web, cdn, presence or authorization" / "un objeto con web, cdn, presence o authorization";
    ExpectedHost "expected_host": "a host name or an https origin" / "un nombre de host o un origen https";
    ExpectedStrings "expected_strings": "an object of texts" / "un objeto de textos";
}

/// The texts of one language, with the host's own laid over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strings {
    spanish: bool,
    overrides: Vec<(Text, String)>,
}

impl Strings {
    /// The table for a language tag such as `es-MX`; English for every language without one.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        Self { spanish: primary.eq_ignore_ascii_case("es"), overrides: Vec::new() }
    }

    /// Lays one of the host's texts over the table's.
    pub fn with(mut self, text: Text, wording: String) -> Self {
        self.overrides.push((text, wording));
        self
    }

    pub fn text(&self, text: Text) -> &str {
        match self.overrides.iter().find(|(overridden, _)| *overridden == text) {
            Some((_, wording)) => wording,
            None if self.spanish => text.spanish(),
            None => text.english(),
        }
    }

    /// The text with values in the place of its `{name}`s. A name that has none stays.
    pub fn filled(&self, text: Text, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.text(text);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let named = after.split_once('}').and_then(|(name, after)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((*value, after))
            });
            let (value, after) = named.unwrap_or(("{", after));
            filled.push_str(value);
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}
