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

/// Lets a request through or answers 429 with `Retry-After`.
pub async fn limit(State(limit): State<Limit>, request: Request, next: Next) -> Response {
    let Some(address) = limit.address(&request) else {
        return next.run(request).await;
    };
    match limit.limiter.check_key(&address) {
        Ok(()) => next.run(request).await,
        Err(not_until) => {
            let wait = not_until.wait_time_from(limit.limiter.clock().now());
            Rejection::too_many(wait.as_secs() + 1).into_response()
        }
    }
}
