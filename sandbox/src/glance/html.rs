//! Glance's few pages: a file under `www/glance/` with `{{name}}` filled in.

use axum::{
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

use crate::{Sandbox, origins::EMBEDDER, scenario::ViewerFault};

/// Reads `www/glance/<file>`, fills in `values` (escaped) and adds the headers of Glance's pages:
/// framed only by the sites of the portal's list "CRM and Chat Integration", nothing from beyond
/// loopback, and no referrer, because the address may hold a login key.
pub(super) async fn page(sandbox: &Sandbox, file: &str, values: &[(&str, &str)]) -> Response {
    let path = sandbox.root.join("www/glance").join(file);
    let Ok(template) = tokio::fs::read_to_string(&path).await else {
        return super::assets::missing(&path);
    };
    let mut response = Html(fill(&template, values)).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::try_from(content_security_policy(sandbox)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(policy) = sandbox.scenario().viewer_coop.header() {
        headers.insert("cross-origin-opener-policy", HeaderValue::from_static(policy));
    }
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The mirrored page brings its own inline styles and loads its pictures and fonts from the shop.
fn content_security_policy(sandbox: &Sandbox) -> String {
    let origins = &sandbox.origins;
    let socket = origins.glance.replacen("http", "ws", 1);
    let desktop = match sandbox.scenario().viewer {
        ViewerFault::Unlisted => "",
        _ => origins.desktop.as_str(),
    };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline' {shop}; \
         img-src 'self' data: blob: {shop}; font-src data: {shop}; media-src {shop}; \
         connect-src {socket}; frame-src 'self' about: blob:; form-action 'self'; base-uri {shop}; \
         frame-ancestors {desktop} {landing} {glance} {EMBEDDER}",
        shop = origins.shop,
        landing = origins.landing,
        glance = origins.glance,
    )
}

/// Puts the values, escaped for text and double-quoted attributes, in the place of `{{name}}`.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            page.push_str("{{");
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            escape_into(&mut page, value);
        }
        rest = after;
    }
    page.push_str(rest);
    page
}

fn escape_into(page: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            other => page.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fills_in_each_name_once_and_escaped() {
        let page = fill("<p a=\"{{a}}\">{{b}}{{a}}{{none}}", &[("a", "\"<&>"), ("b", "{{a}}")]);
        assert_eq!(page, "<p a=\"&quot;&lt;&amp;&gt;\">{{a}}&quot;&lt;&amp;&gt;");
    }

    #[test]
    fn leaves_what_is_no_name() {
        assert_eq!(fill("a {{ b", &[]), "a {{ b");
    }
}
