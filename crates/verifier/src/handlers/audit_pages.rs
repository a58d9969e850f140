//! `GET /audit/…`: the auditor's pages, built from `ui/audit` and carried in this program. They need nothing
//! from it but the public files, may run nothing but themselves and may ask nobody else.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use protocol::Code;
use sha2::{Digest, Sha256};

use crate::reject::{Path, Rejection};

/// Every file of the pages, by its path below `/audit/`; none where the feature `audit-pages` is off.
static FILES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/audit_pages.rs"));

/// The files' entity tags, in the order of [`FILES`].
static TAGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let tag = |(_, bytes): &(&str, &[u8])| {
        let digest = Sha256::digest(bytes);
        format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(digest))
    };
    FILES.iter().map(tag).collect()
});

/// No script and no style but the pages' own files, and no server but this one (CSP level 3).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
/// Files whose name holds a digest of their content, as Vite names them.
const NAMED_BY_CONTENT: &str = "assets/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_FIRST: &str = "no-cache";

/// The pages' address without its slash: their files are named relative to it.
pub async fn without_slash() -> Response {
    (
        StatusCode::PERMANENT_REDIRECT,
        [(header::LOCATION, "audit/")],
    )
        .into_response()
}

/// The first page.
pub async fn index(headers: HeaderMap) -> Result<Response, Rejection> {
    serve("index.html", &headers)
}

/// Any file of the pages.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Rejection> {
    serve(&path, &headers)
}

fn serve(path: &str, asked: &HeaderMap) -> Result<Response, Rejection> {
    if FILES.is_empty() {
        let detail = "this verifier was built without the auditor's pages (feature audit-pages)";
        return Err(Rejection::new(Code::NotFound, detail));
    }
    let mut files = FILES.iter().zip(TAGS.iter());
    let found = files.find(|((name, _), _)| *name == path);
    let ((name, bytes), tag) = found.ok_or(Code::NotFound)?;
    let mut headers = headers_of(name);
    headers.insert(
        header::ETAG,
        HeaderValue::from_str(tag).map_err(|_| Code::Internal)?,
    );
    Ok(if super::is_seen(asked, tag) {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, *bytes).into_response()
    })
}

fn headers_of(name: &str) -> HeaderMap {
    let lasting = if name.starts_with(NAMED_BY_CONTENT) {
        FOR_EVER
    } else {
        ASK_FIRST
    };
    [
        (header::CONTENT_TYPE, media_type(name)),
        (header::CACHE_CONTROL, lasting),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ]
    .into_iter()
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .collect()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_file_has_its_type_and_its_life() {
        let headers = headers_of("assets/index-abc.js");
        assert_eq!(
            headers[header::CONTENT_TYPE],
            "text/javascript; charset=utf-8"
        );
        assert_eq!(headers[header::CACHE_CONTROL], FOR_EVER);
        let headers = headers_of("index.html");
        assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(headers[header::CACHE_CONTROL], ASK_FIRST);
    }

    #[test]
    fn nothing_runs_but_the_pages_own_files() {
        for lax in ["unsafe-inline", "unsafe-eval", "*", "http:", "data:"] {
            assert!(!POLICY.contains(lax), "{lax}");
        }
        assert!(POLICY.starts_with("default-src 'none'; script-src 'self';"));
    }

    #[cfg(not(feature = "audit-pages"))]
    #[test]
    fn without_the_pages_it_says_so() {
        assert!(serve("index.html", &HeaderMap::new()).is_err());
    }

    #[cfg(feature = "audit-pages")]
    #[test]
    fn the_first_page_is_there_once_and_nothing_else_by_guessing() {
        let answer = serve("index.html", &HeaderMap::new()).unwrap();
        let tag = answer.headers()[header::ETAG].clone();
        let again = serve(
            "index.html",
            &HeaderMap::from_iter([(header::IF_NONE_MATCH, tag)]),
        );
        assert_eq!(again.unwrap().status(), StatusCode::NOT_MODIFIED);
        assert!(serve("../index.html", &HeaderMap::new()).is_err());
    }
}
