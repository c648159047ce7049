//! Agent video.

use crate::core::prop::Prop;

/// What Glance is told about video: on the agent's side `agentVideo`, on the visitor's the `video`
/// argument of `showTerms`. Where nothing is told, the portal's setting rules.
///
/// Glance documents `agentVideo` for its `joinSession` ("true" in its example); that `AgentView.aspx`
/// takes it too is inferred. Of the visitor's modes `off` is seen in public code; the others are named
/// after those of Glance's mobile SDK. So the `video` prop also takes `{agent, visitor}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Video {
    pub agent: Option<String>,
    pub visitor: Option<String>,
}

impl Video {
    /// Reads the `video` prop: `off`, `agent` (the visitor sees the agent) or `multiway` (both see
    /// each other); nothing at all, or, if it is an object, the fields `own`. `None` for anything
    /// else.
    pub fn parse(prop: &Prop, own: &Self) -> Option<Self> {
        if prop.is_missing() {
            return Some(Self::default());
        }
        if *own != Self::default() {
            return Some(own.clone());
        }
        let (agent, visitor) = match prop.text()?.to_ascii_lowercase().as_str() {
            "off" => ("false", "off"),
            "agent" => ("true", "small-visitor"),
            "multiway" => ("true", "small-multiway"),
            _ => return None,
        };
        Some(Self { agent: Some(agent.to_owned()), visitor: Some(visitor.to_owned()) })
    }
}
