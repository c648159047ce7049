//! The shop's pages: `www/shop/layout.html` around a file of `www/shop/pages/`.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{Sandbox, pages};

pub(super) async fn home(State(sandbox): State<Arc<Sandbox>>) -> Response {
    render(&sandbox, "home", StatusCode::OK).await
}

/// `/<page>`; a page that is not there is the shop's own 404.
pub(super) async fn page(
    State(sandbox): State<Arc<Sandbox>>,
    Path(page): Path<String>,
) -> Response {
    let exists = is_name(&page)
        && tokio::fs::try_exists(sandbox.root.join(file(&page))).await.unwrap_or_default();
    if exists {
        render(&sandbox, &page, StatusCode::OK).await
    } else {
        render(&sandbox, "not-found", StatusCode::NOT_FOUND).await
    }
}

/// Page names are lower-case words joined by dashes, so no name leaves the folder.
fn is_name(page: &str) -> bool {
    page.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn file(page: &str) -> String {
    format!("www/shop/pages/{page}.html")
}

async fn render(sandbox: &Sandbox, page: &str, status: StatusCode) -> Response {
    let path = format!("shop/pages/{page}.html");
    let layout = match pages::render(sandbox, "shop/layout.html").await {
        Ok(layout) => layout,
        Err(error) => return pages::missing("shop/layout.html", &error),
    };
    match pages::render(sandbox, &path).await {
        Ok(main) => {
            let policy = [(header::CONTENT_SECURITY_POLICY, content_security_policy(sandbox))];
            (status, policy, Html(compose(&layout, &main))).into_response()
        }
        Err(error) => pages::missing(&path, &error),
    }
}

/// The first line of a page is its title in a comment.
fn compose(layout: &str, main: &str) -> String {
    let (first, rest) = main.split_once('\n').unwrap_or((main, ""));
    let title = first.trim_start_matches("<!--").trim_end_matches("-->").trim();
    layout.replace("{{title}}", title).replace("{{main}}", rest)
}

/// What Glance's documentation asks of a visitor's site, and nothing else from elsewhere: the chat
/// reaches Twilio's stand-in on the shop's own origin. Flex WebChat compiles its texts' templates, so
/// it does not start without `'unsafe-eval'`.
fn content_security_policy(sandbox: &Sandbox) -> String {
    let origins = &sandbox.origins;
    format!(
        "default-src 'self'; img-src 'self' data: {glance}; \
         style-src 'self' 'unsafe-inline' {glance}; \
         script-src 'self' 'unsafe-eval' {glance}; \
         connect-src 'self' {shop_socket} {socket}; frame-ancestors {landing}; form-action 'self'; \
         base-uri 'none'; object-src 'none'",
        glance = origins.glance,
        shop_socket = origins.shop.replacen("http", "ws", 1),
        socket = origins.glance.replacen("http", "ws", 1),
        landing = origins.landing,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_brings_its_title_and_content() {
        let layout = "<title>{{title}}</title><main>{{main}}</main>";
        assert_eq!(
            compose(layout, "<!-- Cart -->\n<h1>Cart</h1>"),
            "<title>Cart</title><main><h1>Cart</h1></main>"
        );
    }

    #[test]
    fn no_name_leaves_the_folder() {
        assert!(is_name("green-tea"));
        for name in ["..", "a/b", "a.html", "A"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
