//! What is to be seen where props or settings are missing or wrong. Whoever can change them is told what; a
//! plugin's author finds props by their names, an administrator settings by theirs.

use crate::{
    core::{
        config::ConfigError,
        configured::{Configured, Problem},
        strings::{Strings, Text},
    },
    ui::description::{Description, Link, Main, Message, Tone, Words},
};

/// Nothing can be done with these props.
pub(super) fn describe_problems(
    errors: &[ConfigError],
    configured: Option<&Configured>,
    strings: &Strings,
) -> Description {
    let idle = |tone| Description::new(Main::Idle { busy: false }, tone);
    let message = match configured {
        None => told(Text::NotSetUp, props(errors, strings)),
        Some(Configured { is_administrator: true, problems }) => {
            let mut lines = not_counting(problems, strings);
            lines.extend(settings(errors, strings));
            told(Text::SettingsWrong, lines)
        }
        Some(_) => {
            let status = Some(Text::NotSetUpQuiet.into());
            return Description { status, ..idle(Tone::Plain) };
        }
    };
    Description { message: Some(message), ..idle(Tone::Error) }
}

/// The same description, with what an administrator has to know of the settings, unless it has a message that
/// its reader needs to go on.
pub(super) fn with_problems(
    description: Description,
    configured: Option<&Configured>,
    strings: &Strings,
) -> Description {
    match configured {
        Some(Configured { is_administrator: true, problems })
            if !problems.is_empty() && description.message.is_none() =>
        {
            let message = told(Text::SettingsWrong, not_counting(problems, strings));
            Description { message: Some(message), ..description }
        }
        _ => description,
    }
}

fn told(heading: Text, mut lines: Vec<Words>) -> Message {
    lines.insert(0, heading.into());
    Message { lines, buttons: &[], link: Link::None, copy: None }
}

fn not_counting(problems: &[Problem], strings: &Strings) -> Vec<Words> {
    let line = |problem: &Problem| strings.filled(problem.why, &[("name", &problem.name)]).into();
    problems.iter().map(line).collect()
}

fn props(errors: &[ConfigError], strings: &Strings) -> Vec<Words> {
    lines(errors, strings, [Text::PropMissing, Text::PropWrong], |error| &error.prop)
}

fn settings(errors: &[ConfigError], strings: &Strings) -> Vec<Words> {
    lines(errors, strings, [Text::SettingMissing, Text::SettingWrong], |error| &error.setting)
}

fn lines(
    errors: &[ConfigError],
    strings: &Strings,
    [missing, wrong]: [Text; 2],
    name: fn(&ConfigError) -> &str,
) -> Vec<Words> {
    let line = |error: &ConfigError| {
        let text = if error.given == "missing" { missing } else { wrong };
        let expected = strings.text(error.expected);
        let name = name(error);
        let parts =
            [("prop", name), ("name", name), ("given", error.given), ("expected", expected)];
        strings.filled(text, &parts).into()
    };
    errors.iter().map(line).collect()
}
