//! What rules are about, as the host tells it.

use std::fmt;

use crate::core::prop::Prop;

/// Texts, or that the host tells none.
///
/// `Debug` shows how many there are: they may name people.
#[derive(Clone, Default, PartialEq)]
pub struct Texts(pub Option<Vec<String>>);

/// The agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worker {
    /// The SID and the name, either of which a rule may mean.
    pub names: Texts,
    pub roles: Texts,
    pub skills: Texts,
}

/// What a task tells for rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskFacts {
    /// The name and the SID of its queue, either of which a rule may mean.
    pub queues: Texts,
    /// The unique name of its channel.
    pub channels: Texts,
    /// By dotted path, those that rules name.
    pub attributes: Vec<(String, Prop)>,
}

impl Texts {
    /// Whether the text is among them; `None` if the host tells none.
    pub(super) fn has(&self, text: &str) -> Option<bool> {
        self.0.as_ref().map(|texts| texts.iter().any(|known| known == text))
    }
}

impl TaskFacts {
    pub(super) fn attribute(&self, path: &str) -> &Prop {
        let attribute = self.attributes.iter().find(|(known, _)| known == path);
        attribute.map_or(&Prop::Missing, |(_, value)| value)
    }
}

impl<T: Into<String>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self(Some(texts.into_iter().map(Into::into).collect()))
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} texts", self.0.as_ref().map(Vec::len))
    }
}
