//! Rate limits per client address, for what writes or costs a signature.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};

use crate::reject::Rejection;

/// One limit, shared by the routes it stands before.
#[derive(Clone)]
pub struct Limit {
    limiter: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    behind_proxy: bool,
}

impl Limit {
    /// That many requests per minute and address, all at once if need be.
    pub fn per_minute(count: NonZeroU32, behind_proxy: bool) -> Self {
        Limit {
            limiter: Arc::new(RateLimiter::keyed(Quota::per_minute(count))),
            behind_proxy,
        }
    }

    /// Forgets addresses that are back to their full allowance.
    pub fn sweep(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    /// Whose allowance it counts against: an address, or the network of 64 bits that an IPv6 address is one of, for
    /// all of them are at one household's disposal (RFC 6177).
    fn client(&self, request: &Request) -> Option<IpAddr> {
        Some(match self.address(request)?.to_canonical() {
            IpAddr::V6(address) => {
                let network = address.to_bits() & !u128::from(u64::MAX);
                IpAddr::V6(network.into())
            }
            v4 => v4,
        })
    }

    fn address(&self, request: &Request) -> Option<IpAddr> {
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .next_back();
        let last = forwarded
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        let peer = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        if self.behind_proxy {
            last.or(peer)
        } else {
            peer
        }
    }
}

/// As [`limit`], for requests that ask for the past, which costs a replay of the log.
pub async fn limit_past(limit: State<Limit>, request: Request, next: Next) -> Response {
    let asks = |query: &str| query.split('&').any(|part| part.starts_with("time="));
    if request.uri().query().is_some_and(asks) {
        self::limit(limit, request, next).await
    } else {
        next.run(request).await
    }
}

/// Lets a request through or answers 429 with `Retry-After`.
pub async fn limit(State(limit): State<Limit>, request: Request, next: Next) -> Response {
    let Some(client) = limit.client(&request) else {
        return next.run(request).await;
    };
    match limit.limiter.check_key(&client) {
        Ok(()) => next.run(request).await,
        Err(not_until) => {
            let wait = not_until.wait_time_from(limit.limiter.clock().now());
            Rejection::too_many(wait.as_secs() + 1).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: Option<&str>, behind_proxy: bool) -> Option<IpAddr> {
        let mut request = Request::new(axum::body::Body::empty());
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        request.extensions_mut().insert(ConnectInfo(peer));
        if let Some(forwarded) = forwarded {
            let value = forwarded.parse().unwrap();
            request.headers_mut().insert("x-forwarded-for", value);
        }
        Limit::per_minute(NonZeroU32::MIN, behind_proxy).client(&request)
    }

    #[test]
    fn one_network_of_ipv6_is_one_client() {
        assert_eq!(
            client("2001:db8:1:2::1", None, false),
            client("2001:db8:1:2:ffff::9", None, false)
        );
        assert_ne!(
            client("2001:db8:1:2::1", None, false),
            client("2001:db8:1:3::1", None, false)
        );
        assert_eq!(
            client("::ffff:192.0.2.1", None, false),
            "192.0.2.1".parse().ok()
        );
        assert_ne!(
            client("192.0.2.1", None, false),
            client("192.0.2.2", None, false)
        );
    }

    #[test]
    fn only_a_proxy_is_believed_and_only_its_own_word() {
        let said = Some("198.51.100.7, 203.0.113.5");
        assert_eq!(client("192.0.2.1", said, false), "192.0.2.1".parse().ok());
        assert_eq!(client("192.0.2.1", said, true), "203.0.113.5".parse().ok());
        assert_eq!(
            client("192.0.2.1", Some("nonsense"), true),
            "192.0.2.1".parse().ok()
        );
    }
}
