//! Where the console is reached, and which calls are for it: the names of its host, the origins of its pages, and
//! how its cookie is called.

use url::Url;

/// Where the console is reached.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Without a trailing slash.
    pub(crate) url: String,
    /// `Host` headers that name it.
    pub(crate) hosts: Vec<String>,
    /// `Origin` headers of its pages.
    pub(crate) origins: Vec<String>,
    /// Cookies go over TLS only.
    pub(crate) is_secure: bool,
    /// The name of the session's cookie.
    pub(crate) cookie: String,
    /// For passkeys: the domain.
    pub(crate) domain: Option<String>,
}

impl Place {
    /// Behind `public` where it is given, else at the address that is listened on.
    pub(crate) fn new(public: Option<&Url>, listening: std::net::SocketAddr) -> Self {
        let own = format!("http://{listening}");
        let url = public.map_or(own, |url| url.as_str().trim_end_matches('/').to_owned());
        let parsed = Url::parse(&url).ok();
        let is_secure = url.starts_with("https://");
        let mut hosts: Vec<String> = parsed.iter().filter_map(authority).collect();
        if !is_secure && listening.ip().is_loopback() {
            let port = listening.port();
            hosts.extend([
                format!("127.0.0.1:{port}"),
                format!("localhost:{port}"),
                format!("[::1]:{port}"),
            ]);
        }
        let scheme = if is_secure { "https" } else { "http" };
        let cookie = if is_secure {
            "__Host-assent-desk".to_owned()
        } else {
            // Cookies do not tell ports apart.
            format!("assent-desk-{}", listening.port())
        };
        Place {
            origins: hosts
                .iter()
                .map(|host| format!("{scheme}://{host}"))
                .collect(),
            domain: domain(parsed.as_ref(), is_secure),
            hosts,
            url,
            is_secure,
            cookie,
        }
    }
}

fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(
        url.port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
    )
}

/// Passkeys belong to a name, never to a number: on this computer it is `localhost`.
fn domain(url: Option<&Url>, is_secure: bool) -> Option<String> {
    match url?.host()? {
        url::Host::Domain(name) => Some(name.to_owned()),
        _ if is_secure => None,
        _ => Some("localhost".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_public_name_only_that_name_counts() {
        let url = Url::parse("https://desk.fire.example/").unwrap();
        let place = Place::new(Some(&url), "127.0.0.1:8450".parse().unwrap());
        assert_eq!(place.url, "https://desk.fire.example");
        assert_eq!(place.hosts, ["desk.fire.example"]);
        assert_eq!(place.origins, ["https://desk.fire.example"]);
        assert_eq!(
            (place.cookie.as_str(), place.is_secure),
            ("__Host-assent-desk", true)
        );
        assert_eq!(place.domain.as_deref(), Some("desk.fire.example"));
    }

    #[test]
    fn on_this_computer_two_consoles_do_not_share_a_cookie() {
        let at = |port: u16| Place::new(None, ([127, 0, 0, 1], port).into());
        assert_ne!(at(8450).cookie, at(8451).cookie);
        assert!(
            at(8450)
                .origins
                .contains(&"http://localhost:8450".to_owned())
        );
        assert_eq!(at(8450).domain.as_deref(), Some("localhost"));
    }
}
