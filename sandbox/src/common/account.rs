//! The made-up customer of Twilio and Glance that the sandbox plays: one group, one agent.

/// Glance group ID (also the `partnerid` that is signed).
pub(crate) const GROUP_ID: u32 = 20541;

/// The group's Glance API key. It is worth nothing outside the sandbox.
pub(crate) const GLANCE_API_KEY: &str = "sandbox-glance-api-key";

/// The agent's Flex identity, escaped as Flex escapes `maria@example.com`.
/// The Glance portal of this customer holds the same form as the Partner UID.
pub(crate) const AGENT_IDENTITY: &str = "maria_40example_2Ecom";

/// The agent's name at the identity provider.
pub(crate) const AGENT_REALM_USER_ID: &str = "maria@example.com";

/// The agent's name as Flex shows it.
pub(crate) const AGENT_NAME: &str = "Maria Lopez";

/// Twilio account SID.
pub(crate) const ACCOUNT_SID: &str = "AC00000000000000000000000000000000";

/// Twilio auth token with which the Function asks IAM about a Flex token.
pub(crate) const AUTH_TOKEN: &str = "sandbox-twilio-auth-token";

/// An API key of the account, with which the Function can ask in place of the auth token.
pub(crate) const API_KEY_SID: &str = "SK00000000000000000000000000000000";
pub(crate) const API_KEY_SECRET: &str = "sandbox-twilio-api-secret";

/// Messaging service SID, of Flex's Conversations and of its legacy Chat.
pub(crate) const CHAT_SERVICE_SID: &str = "IS44444444444444444444444444444444";

/// The Flex Flow through which web chats come in.
pub(crate) const FLEX_FLOW_SID: &str = "FO00000000000000000000000000000000";
