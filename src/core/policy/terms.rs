//! One kind of rule: a list of entries, any of which may match.

use crate::core::{
    policy::{Given, TaskFacts},
    prop::Prop,
};

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

/// * `rules`: a list of entries, or `{ not: […] }`.
/// * `matches`: whether an entry matches; `None` if what it asks for is missing or of another type.
pub(super) fn denial(rules: &Given, matches: &dyn Fn(&Given) -> Option<bool>) -> Option<Why> {
    let excluding = rules.member("not");
    let is_not = !excluding.is_missing();
    let (mut matching, mut unknown, mut other) = (None, None, None);
    for (at, entry) in (if is_not { excluding } else { rules }).entries().iter().enumerate() {
        let first = match matches(entry) {
            Some(true) => &mut matching,
            Some(false) => &mut other,
            None => &mut unknown,
        };
        *first = first.or(Some(at));
    }
    match (is_not, matching, unknown) {
        (true, Some(entry), _) => Some(Why::Excluded { entry }),
        (true, None, Some(entry)) => Some(Why::NotTold { entry: Some(entry) }),
        (true, None, None) | (false, Some(_), _) => None,
        (false, None, Some(_)) if other.is_none() => Some(Why::NotTold { entry: None }),
        (false, None, _) => Some(Why::NotListed),
    }
}

/// Whether a rule about an attribute matches; `None` if the value is missing, or of another type than all that
/// it is compared with. `null` is not there, and an empty text is.
pub(super) fn matches(rule: &Given, task: &TaskFacts) -> Option<bool> {
    let value = task.attribute(rule.member("path"));
    if let Given::Value(Prop::Bool(wanted)) = rule.member("exists") {
        return Some(*wanted == (*value != Prop::Missing));
    }
    let equals = rule.member("equals");
    let one_of = rule.member("one_of").entries().iter().chain([equals]);
    let mut matches = None;
    for other in one_of {
        if let Given::Value(other) = other
            && *value != Prop::Missing
            && other.type_name() == value.type_name()
        {
            matches = Some(matches == Some(true) || other == value);
        }
    }
    matches
}
