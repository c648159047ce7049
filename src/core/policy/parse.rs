//! Reads the prop `policy`.

use crate::core::{
    policy::{
        Given, Kind, Policy,
        terms::{AttributeRule, Terms, Test},
    },
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

type Errors = Vec<PolicyError>;

impl Policy {
    /// A policy that is left out has no rule.
    ///
    /// # Errors
    /// Every member that is wrong or unknown, in the order in which they are given.
    pub fn parse(given: &Given) -> Result<Self, Vec<PolicyError>> {
        let mut errors = vec![];
        let mut policy = Self::default();
        match given {
            Given::Value(value) if value.is_missing() => {}
            Given::Object(members) => {
                for (name, given) in members.iter().filter(|(_, given)| !given.is_missing()) {
                    let member = format!("policy.{name}");
                    match Kind::ALL.into_iter().find(|kind| kind.name() == name) {
                        Some(Kind::Attributes) => {
                            policy.attributes = terms(given, &member, &mut errors, attribute_rule);
                        }
                        Some(kind) => {
                            let terms = terms(given, &member, &mut errors, text);
                            policy.texts.extend(terms.map(|terms| (kind, terms)));
                        }
                        None => unknown(&mut errors, member, Text::ExpectedPolicy),
                    }
                }
            }
            other => wrong(&mut errors, "policy", other, Text::ExpectedPolicy),
        }
        if errors.is_empty() { Ok(policy) } else { Err(errors) }
    }
}

fn wrong(errors: &mut Errors, member: &str, given: &Given, expected: Text) {
    errors.push(PolicyError { member: member.to_owned(), given: given.type_name(), expected });
}

/// * `expected`: what the object takes that it is in.
fn unknown(errors: &mut Errors, member: String, expected: Text) {
    errors.push(PolicyError { member, given: "an unknown member", expected });
}

/// Names the members of an object that are none of these.
fn refuse_others(
    members: &[(String, Given)],
    known: &[&str],
    member: &str,
    errors: &mut Errors,
    expected: Text,
) {
    for (name, _) in members.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
        unknown(errors, format!("{member}.{name}"), expected);
    }
}

/// A list of entries, or `{ not: […] }`.
fn terms<T>(
    given: &Given,
    member: &str,
    errors: &mut Errors,
    entry: impl Fn(&Given, &str, &mut Errors) -> Option<T>,
) -> Option<Terms<T>> {
    const EXPECTED: Text = Text::ExpectedPolicyList;
    let (list, member, is_not) = match given {
        Given::Object(members) => match find(members, "not") {
            Some(list) => {
                refuse_others(members, &["not"], member, errors, EXPECTED);
                (list, format!("{member}.not"), true)
            }
            None => (given, member.to_owned(), false),
        },
        _ => (given, member.to_owned(), false),
    };
    let Given::List(list) = list else {
        wrong(errors, &member, list, EXPECTED);
        return None;
    };
    let entries = list.iter().enumerate();
    let entries =
        entries.filter_map(|(at, given)| entry(given, &format!("{member}[{at}]"), errors));
    Some(Terms { entries: entries.collect(), is_not })
}

fn text(given: &Given, member: &str, errors: &mut Errors) -> Option<String> {
    match given {
        Given::Value(Prop::Text(text)) if !text.trim().is_empty() => Some(text.clone()),
        other => {
            wrong(errors, member, other, Text::ExpectedPolicyText);
            None
        }
    }
}

fn attribute_rule(given: &Given, member: &str, errors: &mut Errors) -> Option<AttributeRule> {
    const EXPECTED: Text = Text::ExpectedPolicyRule;
    let Given::Object(members) = given else {
        wrong(errors, member, given, EXPECTED);
        return None;
    };
    refuse_others(members, &["path", "equals", "one_of", "exists"], member, errors, EXPECTED);
    let path = find(members, "path").unwrap_or(&Given::Value(Prop::Missing));
    let path = text(path, &format!("{member}.path"), errors);
    let tests = ["equals", "one_of", "exists"].map(|name| Some((name, find(members, name)?)));
    let mut tests = tests.into_iter().flatten();
    let (Some((name, given_test)), None) = (tests.next(), tests.next()) else {
        wrong(errors, member, given, EXPECTED);
        return None;
    };
    let test = test(name, given_test, &format!("{member}.{name}"), errors);
    Some(AttributeRule { path: path?, test: test? })
}

fn test(name: &str, given: &Given, member: &str, errors: &mut Errors) -> Option<Test> {
    let mut fail = |expected| {
        wrong(errors, member, given, expected);
        None
    };
    match (name, given) {
        ("exists", Given::Value(Prop::Bool(wanted))) => Some(Test::Exists(*wanted)),
        ("exists", _) => fail(Text::ExpectedFlag),
        ("one_of", Given::List(list)) if !list.is_empty() => {
            let values = list.iter().enumerate();
            let values =
                values.filter_map(|(at, given)| value(given, &format!("{member}[{at}]"), errors));
            Some(Test::OneOf(values.collect()))
        }
        ("one_of", _) => fail(Text::ExpectedPolicyValues),
        _ => Some(Test::OneOf(vec![value(given, member, errors)?])),
    }
}

fn value(given: &Given, member: &str, errors: &mut Errors) -> Option<Prop> {
    match given {
        Given::Value(value @ (Prop::Text(_) | Prop::Number(_) | Prop::Bool(_))) => {
            Some(value.clone())
        }
        other => {
            wrong(errors, member, other, Text::ExpectedPolicyValue);
            None
        }
    }
}

/// The member of this name, unless it is left out.
fn find<'a>(members: &'a [(String, Given)], name: &str) -> Option<&'a Given> {
    let member = members.iter().find(|(known, given)| known == name && !given.is_missing());
    member.map(|(_, given)| given)
}
