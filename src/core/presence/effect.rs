//! What presence asks for.

use crate::core::{
    group_id::GroupId,
    ids::{AuthorizationId, ConnectionId, InvitationId, LookUpId, ScriptId},
    login_key::Credentials,
    session_key::SessionKey,
};

/// What has to happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    LoadScript {
        script: ScriptId,
        cdn: String,
        group_id: GroupId,
    },
    Authorize {
        authorization: AuthorizationId,
        server: String,
        group_id: GroupId,
        credentials: Credentials,
    },
    Connect {
        connection: ConnectionId,
        server: Option<String>,
        visitor: SessionKey,
    },
    Disconnect(ConnectionId),
    LookUp {
        connection: ConnectionId,
        look_up: LookUpId,
    },
    /// Show the visitor the terms of a session.
    Invite {
        connection: ConnectionId,
        invitation: InvitationId,
        session_key: SessionKey,
        video: Option<String>,
    },
}
