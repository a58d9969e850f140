//! The console's pages, built from `ui/agency` and carried in this program. They may run nothing but themselves
//! and ask nobody but this console. Without them the API works, and the first page says what is missing.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use crate::{call, desk::Desk};

/// Every file of the pages, by its path; none where the feature `agency-pages` is off.
static FILES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/agency_pages.rs"));

/// No script and no style but the pages' own files, and no server but this one (CSP level 3). Pictures may be
/// QR codes that the page was given.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'";

/// Files whose name holds a digest of their content, as Vite names them.
const NAMED_BY_CONTENT: &str = "assets/";
const FOR_EVER: &str = "private, max-age=31536000, immutable";

const MISSING: &str = "This console was built without its pages. Its API works.\n\
    Build them with Node (npm ci && npm run build, in ui), then build assent with the feature agency-pages.\n\n\
    Adeiladwyd y consol hwn heb ei dudalennau. Mae ei API yn gweithio.\n\
    Adeiladwch nhw gyda Node (npm ci && npm run build, yn ui), yna adeiladwch assent gyda'r nodwedd agency-pages.\n";

/// Whether the pages are in this program.
#[must_use]
pub fn are_built_in() -> bool {
    !FILES.is_empty()
}

/// A file of the pages; any other path is the first page, which knows its own paths.
pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = call::is_our_host(&desk, &headers) {
        return error.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let file = |name: &str| FILES.iter().find(|(own, _)| *own == name);
    let is_a_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
    match file(path).or_else(|| is_a_page.then(|| file("index.html")).flatten()) {
        Some((name, bytes)) => served(name, bytes),
        None if FILES.is_empty() && path.is_empty() => (StatusCode::OK, MISSING).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn served(name: &str, bytes: &'static [u8]) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(name)),
    );
    if name.starts_with(NAMED_BY_CONTENT) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    }
    (headers, bytes).into_response()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("webmanifest" | "json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_but_the_pages_own_files() {
        for lax in ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"] {
            assert!(!POLICY.contains(lax), "{lax}");
        }
        assert!(POLICY.starts_with("default-src 'none'; script-src 'self';"));
        assert!(POLICY.contains("frame-ancestors 'none'"));
    }
}
