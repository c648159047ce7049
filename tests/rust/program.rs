//! A Rust program that shows the component without React or Flex. `npm test` compiles it for the
//! browser; run as a native program it does nothing.

#[cfg(target_arch = "wasm32")]
fn main() {
    use flex_glance::{
        browser::string_source::StringSource,
        core::{
            prop::Prop,
            task::{Attributes, Task},
        },
        ui::{Slot, TwilioFlexGlance, TwilioFlexGlanceProperties},
    };
    use yew::props;

    let task = Task {
        sid: "WR1".into(),
        attributes: Attributes { glance_visitor_id: "visitor-1".into(), ..Attributes::default() },
        ..Task::default()
    };
    let props = props!(TwilioFlexGlanceProperties {
        groupid: Prop::from(20541),
        authurl: Prop::from("https://auth.example/getloginkey"),
        authtoken: StringSource::from("token"),
        glancebaseurl: Prop::from("production"),
        puid: StringSource::from("agent"),
        task: Some(task),
        slot: Slot::Panel,
    });
    yew::Renderer::<TwilioFlexGlance>::with_props(props).render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
