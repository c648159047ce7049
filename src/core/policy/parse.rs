//! Reads the prop `policy`.

use std::rc::Rc;

use crate::core::{
    policy::{Given, Kind, Policy},
    prop::Prop,
    strings::Text,
};

/// A member of the prop that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// Such as `policy.attributes[1].equals`.
    pub member: String,
    /// The type that was given, never the value; or that the member is unknown.
    pub given: &'static str,
    pub expected: Text,
}

impl Policy {
    /// A policy that is left out has no rule.
    ///
    /// # Errors
    /// Every member that is wrong or unknown, in the order in which they are given.
    pub fn parse(given: &Rc<Given>) -> Result<Self, Vec<PolicyError>> {
        let mut check = Check { path: "policy".to_owned(), errors: vec![] };
        match &**given {
            Given::Value(value) if value.is_missing() => return Ok(Self::default()),
            Given::Object(members) => {
                for (name, given) in members.iter().filter(|(_, given)| !given.is_missing()) {
                    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
                    check.member(name, &mut |check| match kind {
                        Some(kind) => check.rules(given, kind),
                        None => check.fail("an unknown member", Text::ExpectedPolicy),
                    });
                }
            }
            other => check.fail(other.type_name(), Text::ExpectedPolicy),
        }
        if check.errors.is_empty() { Ok(Self(given.clone())) } else { Err(check.errors) }
    }
}

/// What is wrong so far, and which member is looked at.
struct Check {
    path: String,
    errors: Vec<PolicyError>,
}

impl Check {
    fn fail(&mut self, given: &'static str, expected: Text) {
        self.errors.push(PolicyError { member: self.path.clone(), given, expected });
    }

    fn below(&mut self, step: &str, look: &mut dyn FnMut(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        look(self);
        self.path.truncate(length);
    }

    fn member(&mut self, name: &str, look: &mut dyn FnMut(&mut Self)) {
        self.below(&format!(".{name}"), look);
    }

    /// Every entry of a list, which may have to hold one.
    fn entries(
        &mut self,
        given: &Given,
        expected: Text,
        may_be_empty: bool,
        look: &mut dyn FnMut(&mut Self, &Given),
    ) {
        match given {
            Given::List(entries) if may_be_empty || !entries.is_empty() => {
                for (at, entry) in entries.iter().enumerate() {
                    self.below(&format!("[{at}]"), &mut |check| look(check, entry));
                }
            }
            other => self.fail(other.type_name(), expected),
        }
    }

    /// Names the members of an object that are none of these.
    fn refuse_others(&mut self, given: &Given, known: &[&str], expected: Text) {
        for (name, _) in given.members() {
            if !known.contains(&name.as_str()) {
                self.member(name, &mut |check| check.fail("an unknown member", expected));
            }
        }
    }

    /// A list of entries, or `{ not: […] }`.
    fn rules(&mut self, given: &Given, kind: Kind) {
        const EXPECTED: Text = Text::ExpectedPolicyList;
        let mut entry = |check: &mut Self, given: &Given| match kind {
            Kind::Attributes => check.attribute_rule(given),
            _ => check.text(given),
        };
        let excluding = given.member("not");
        if excluding.is_missing() {
            return self.entries(given, EXPECTED, true, &mut entry);
        }
        self.refuse_others(given, &["not"], EXPECTED);
        self.member("not", &mut |check| check.entries(excluding, EXPECTED, true, &mut entry));
    }

    fn text(&mut self, given: &Given) {
        if given.text().is_none_or(|text| text.trim().is_empty()) {
            self.fail(given.type_name(), Text::ExpectedPolicyText);
        }
    }

    fn attribute_rule(&mut self, given: &Given) {
        const EXPECTED: Text = Text::ExpectedPolicyRule;
        const TESTS: [&str; 3] = ["equals", "one_of", "exists"];
        let tests = TESTS.iter().filter(|name| !given.member(name).is_missing());
        let is_rule = tests.clone().count() == 1;
        if let Given::Object(_) = given {
            self.refuse_others(given, &["path", TESTS[0], TESTS[1], TESTS[2]], EXPECTED);
            self.member("path", &mut |check| check.text(given.member("path")));
        }
        if !is_rule {
            return self.fail(given.type_name(), EXPECTED);
        }
        for name in tests {
            let test = given.member(name);
            self.member(name, &mut |check| match (*name, test) {
                ("equals", _) => check.value(test),
                ("one_of", _) => {
                    let mut value = |check: &mut Self, value: &Given| check.value(value);
                    check.entries(test, Text::ExpectedPolicyValues, false, &mut value);
                }
                (_, Given::Value(Prop::Bool(_))) => {}
                _ => check.fail(test.type_name(), Text::ExpectedFlag),
            });
        }
    }

    fn value(&mut self, given: &Given) {
        let is_value =
            matches!(given, Given::Value(Prop::Text(_) | Prop::Number(_) | Prop::Bool(_)));
        if !is_value {
            self.fail(given.type_name(), Text::ExpectedPolicyValue);
        }
    }
}
