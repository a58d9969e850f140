//! URLs as names and addresses: one spelling only, so that equal means equal byte for byte.

use url::{Host, Url};

/// True for an `https:` URL in normal form, without user, password, query or fragment.
pub(crate) fn is_https_id(text: &str) -> bool {
    is_plain(text)
        || normal(text).is_some_and(|url| {
            url.scheme() == "https" && url.query().is_none() && url.fragment().is_none()
        })
}

/// True for an `https:` URL in normal form, or an `http:` one on loopback; it may have a query.
pub(crate) fn is_address(text: &str) -> bool {
    is_plain(text) || normal(text).is_some_and(|url| may_fetch(&url))
}

/// True for a URL that may be fetched: HTTPS, or plain HTTP to this very machine.
pub(crate) fn may_fetch(url: &Url) -> bool {
    let safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback(url);
    safe && is_bare(url)
}

/// True only for URLs that need no closer look: `https://`, a name in lower-case ASCII that ends in
/// a letter, and a path of plain segments. Saves the parser in nearly every token; it never decides
/// a *no*, and a property test holds every *yes* against the parser.
fn is_plain(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let last = host.rsplit('.').next().unwrap_or_default();
    let named =
        host.split('.').all(is_plain_label) && last.bytes().all(|byte| byte.is_ascii_lowercase());
    named && host.len() <= 253 && path.split('/').all(is_plain_segment)
}

fn is_plain_label(label: &str) -> bool {
    let plain = label
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let edged = label.starts_with('-') || label.ends_with('-');
    plain && !edged && (1..=63).contains(&label.len()) && !label.starts_with("xn--")
}

fn is_plain_segment(segment: &str) -> bool {
    segment != "."
        && segment != ".."
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

fn normal(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(is_bare)?;
    let same = url.as_str() == text || url.as_str().strip_suffix('/') == Some(text);
    same.then_some(url)
}

fn is_bare(url: &Url) -> bool {
    let nameless = url.username().is_empty() && url.password().is_none();
    nameless && url.has_host() && url.fragment().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_https_in_one_spelling() {
        for good in [
            "https://fire.example",
            "https://fire.example/",
            "https://fire.example:8443/north",
            "https://xn--bcher-kva.example",
        ] {
            assert!(is_https_id(good), "{good}");
        }
        for bad in [
            "",
            "fire.example",
            "http://fire.example",
            "HTTPS://fire.example",
            "https://Fire.example",
            "https://fire.example:443",
            "https://fire.example?",
            "https://fire.example/#",
            "https://a@fire.example",
            "https://:b@fire.example",
            " https://fire.example",
            "https://fire.example/a/../b",
            "https:fire.example",
            "https://bücher.example",
            "https://0x7f.1",
            "https://",
        ] {
            assert!(!is_https_id(bad), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_needs_no_closer_look_would_have_passed_it(text in "https://[a-z0-9x.-]{1,12}(/[a-zA-Z0-9._~/-]{0,8})?") {
            let passes = normal(&text).is_some_and(|url| url.scheme() == "https" && url.query().is_none());
            proptest::prop_assert!(!is_plain(&text) || passes, "{}", text);
        }
    }

    #[test]
    fn plain_http_goes_no_further_than_loopback() {
        for good in [
            "https://fire.example/r?x=1",
            "http://127.0.0.1:8080/r",
            "http://[::1]/r",
            "http://localhost:1/",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "http://fire.example/r",
            "http://localhost.fire.example/",
            "ftp://127.0.0.1/",
            "http://128.0.0.1/",
            "http://a@127.0.0.1/",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
