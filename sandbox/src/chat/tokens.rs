//! The visitors' chat tokens, as IAM hands them out.

use std::collections::HashMap;

/// How long before a token runs out its client is told.
const NOTICE_S: u64 = 180;

/// Tokens handed out so far.
#[derive(Default)]
pub(super) struct Tokens(HashMap<String, Token>);

struct Token {
    identity: String,
    expires_at_s: u64,
}

impl Tokens {
    /// Remembers a new token.
    pub(super) fn issue(&mut self, token: String, identity: &str, expires_at_s: u64) {
        self.0.insert(token, Token { identity: identity.to_owned(), expires_at_s });
    }

    /// Whom a token speaks for; nothing if it was never handed out or has run out.
    pub(super) fn identity(&self, token: &str, now_s: u64) -> Option<&str> {
        let token = self.0.get(token).filter(|token| token.expires_at_s > now_s)?;
        Some(&token.identity)
    }

    /// In how many seconds the client should ask for a new token; nothing for a token of others.
    pub(super) fn renewal_in_s(&self, token: &str, now_s: u64) -> Option<u64> {
        let expires_at_s = self.0.get(token)?.expires_at_s;
        Some(expires_at_s.saturating_sub(NOTICE_S).saturating_sub(now_s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_speaks_for_its_visitor_until_it_runs_out() {
        let mut tokens = Tokens::default();
        tokens.issue("a".to_owned(), "ann", 100);
        assert_eq!(tokens.identity("a", 99), Some("ann"));
        assert_eq!(tokens.identity("a", 100), None);
        assert_eq!(tokens.identity("b", 0), None);
    }

    #[test]
    fn a_client_is_told_three_minutes_before_its_token_runs_out() {
        let mut tokens = Tokens::default();
        tokens.issue("a".to_owned(), "ann", 1_000);
        assert_eq!(tokens.renewal_in_s("a", 700), Some(120));
        assert_eq!(tokens.renewal_in_s("a", 900), Some(0));
        assert_eq!(tokens.renewal_in_s("b", 0), None);
    }
}
