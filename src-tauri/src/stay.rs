//! The window shows the program's own pages and no others, whatever a link, a dropped file or a fault in the page
//! asks for: a page from elsewhere would look like the wallet. Links to elsewhere are for the system's browser.

use tauri::{
    Runtime, Url,
    plugin::{Builder, TauriPlugin},
};

/// Refuses to leave the program's own pages.
pub(crate) fn at_home<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("stay")
        .on_navigation(|_, url| is_own(url, tauri::is_dev()))
        .build()
}

/// Under which address the pages are depends on the system: its own scheme, or a host that is nowhere. While the
/// interface is developed, they come from its server (`devUrl`).
fn is_own(url: &Url, is_dev: bool) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => is_dev,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_programs_own_pages_are_at_home() {
        let is_own = |url: &str, is_dev| is_own(&url.parse().unwrap(), is_dev);
        for url in [
            "tauri://localhost",
            "tauri://localhost/index.html#/grants",
            "http://tauri.localhost/",
            "https://tauri.localhost/",
        ] {
            assert!(is_own(url, false), "{url}");
        }
        for url in [
            "https://assent.example/",
            "http://tauri.localhost.example/",
            "http://tauri.localhost@assent.example/",
            "http://localhost:5173/",
            "file:///etc/passwd",
            "data:text/html,wallet",
            "about:blank",
        ] {
            assert!(!is_own(url, false), "{url}");
        }
        assert!(is_own("http://localhost:5173/", true));
    }
}
