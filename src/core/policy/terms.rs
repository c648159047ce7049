//! One kind of rule: a list of entries, any of which may match.

use crate::core::prop::Prop;

/// Entries that let in, or with `not` keep out.
#[derive(Clone, PartialEq)]
pub(super) struct Terms<T> {
    pub(super) entries: Vec<T>,
    pub(super) is_not: bool,
}

/// Why a kind of rule says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No entry matches.
    NotListed,
    /// This entry of `not` matches.
    Excluded { entry: usize },
    /// What is asked for is missing, or of another type: by this entry of `not`, or by all entries.
    NotTold { entry: Option<usize> },
}

/// A rule about one attribute of the task.
#[derive(Clone, PartialEq)]
pub(super) struct AttributeRule {
    pub(super) path: String,
    pub(super) test: Test,
}

#[derive(Clone, PartialEq)]
pub(super) enum Test {
    /// It equals one of these, each a text, a number or a boolean.
    OneOf(Vec<Prop>),
    /// It is there, or with `false` it is not. `null` is not there, and an empty text is.
    Exists(bool),
}

impl<T> Terms<T> {
    /// * `matches`: whether an entry matches; `None` if what it asks for is missing or of another type.
    pub(super) fn denial(&self, matches: &dyn Fn(&T) -> Option<bool>) -> Option<Why> {
        let matches: Vec<Option<bool>> = self.entries.iter().map(matches).collect();
        denial(&matches, self.is_not)
    }
}

fn denial(matches: &[Option<bool>], is_not: bool) -> Option<Why> {
    let first = |wanted: Option<bool>| matches.iter().position(|it| *it == wanted);
    let matching = first(Some(true));
    let unknown = first(None);
    if is_not {
        let excluded = matching.map(|entry| Why::Excluded { entry });
        return excluded.or(unknown.map(|entry| Why::NotTold { entry: Some(entry) }));
    }
    match (matching, unknown, first(Some(false))) {
        (Some(_), ..) => None,
        (None, Some(_), None) => Some(Why::NotTold { entry: None }),
        _ => Some(Why::NotListed),
    }
}

impl AttributeRule {
    /// `None` if the value is missing, or of another type than all that it is compared with.
    pub(super) fn matches(&self, value: &Prop) -> Option<bool> {
        let is_there = *value != Prop::Missing;
        match &self.test {
            Test::Exists(wanted) => Some(is_there == *wanted),
            Test::OneOf(values) => {
                let is_comparable = |other: &Prop| other.type_name() == value.type_name();
                values.iter().any(is_comparable).then(|| values.contains(value))
            }
        }
    }
}
