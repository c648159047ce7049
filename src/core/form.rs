//! Forms, as a body or a query. All percent-encoding is here.

use urlencoding::Encoded;

/// `name=value` pairs as `application/x-www-form-urlencoded`, of every value all but the unreserved
/// characters of RFC 3986 percent-encoded.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let mut form = String::new();
    for (name, value) in pairs {
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(name);
        form.push('=');
        Encoded(value).append_to(&mut form);
    }
    form
}
