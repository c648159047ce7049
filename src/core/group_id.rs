//! The number of a Glance group.

use crate::core::prop::Prop;

/// Glance group ID, also sent as `partnerid`.
///
/// Source: Glance glossary, "a 4-6 digit number"; no upper bound is documented, so any positive
/// 32-bit integer is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupId(u32);

impl GroupId {
    /// Takes an integer, or a string of digits; `None` for anything else.
    pub fn parse(prop: &Prop) -> Option<Self> {
        let id = match prop {
            Prop::Number(number) if number.fract() == 0.0 && *number <= f64::from(u32::MAX) => {
                *number as u32
            }
            Prop::Text(text) if text.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                text.trim().parse().ok()?
            }
            _ => return None,
        };
        (id > 0).then_some(Self(id))
    }

    pub fn number(self) -> u32 {
        self.0
    }
}
