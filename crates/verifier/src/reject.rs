//! How a refusal leaves: `application/problem+json` (RFC 9457) with the headers that its code asks for.

use std::error::Error as _;

use axum::{
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{BytesRejection, JsonRejection},
    },
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use protocol::{Code, Problem, problem::PROBLEM_MEDIA_TYPE};

use crate::connections::Late;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Rejection {
    code: Code,
    detail: Option<String>,
    error: Option<&'static str>,
    retry_after: Option<u64>,
}

impl Rejection {
    /// A refusal that says more than its code; no personal data.
    pub fn new(code: impl Into<Code>, detail: impl Into<String>) -> Self {
        Rejection {
            detail: Some(detail.into()),
            ..Rejection::from(code.into())
        }
    }

    /// A refusal of the token endpoint, with its RFC 6749 name.
    pub fn oauth(code: Code, error: &'static str, detail: impl Into<String>) -> Self {
        Rejection {
            error: Some(error),
            ..Rejection::new(code, detail)
        }
    }

    /// The same refusal with an RFC 6749 name, where it has none yet.
    pub fn named(self, error: &'static str) -> Self {
        Rejection {
            error: self.error.or(Some(error)),
            ..self
        }
    }

    /// The same refusal, which says more than its code; no personal data.
    pub fn saying(self, detail: impl Into<String>) -> Self {
        Rejection {
            detail: Some(detail.into()),
            ..self
        }
    }

    /// Too many requests; come back in that many seconds.
    pub fn too_many(seconds: u64) -> Self {
        Rejection {
            retry_after: Some(seconds.max(1)),
            ..Rejection::from(Code::TooManyRequests)
        }
    }
}

impl<C: Into<Code>> From<C> for Rejection {
    fn from(code: C) -> Self {
        Rejection {
            code: code.into(),
            detail: None,
            error: None,
            retry_after: None,
        }
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.http_status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut problem = Problem::new(self.code, self.detail);
        problem.error = self.error.map(str::to_owned);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(PROBLEM_MEDIA_TYPE),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110 section 11.6.1, RFC 9449 section 7.1
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("DPoP algs=\"EdDSA Ed25519\", Bearer"),
            );
        }
        let retry = self
            .retry_after
            .or((self.code == Code::Unavailable).then_some(1));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// A JSON body whose refusals are problems.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Body(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Rejection::new(
                Code::UnsupportedMediaType,
                "send application/json",
            )),
            Err(JsonRejection::BytesRejection(rejection)) => Err(not_read(&rejection)),
            Err(rejection) => Err(Rejection::new(Code::InvalidRequest, rejection.body_text())),
        }
    }
}

/// Why there is no body.
pub fn not_read(rejection: &BytesRejection) -> Rejection {
    let mut cause = rejection.source();
    while let Some(error) = cause {
        if error.is::<Late>() {
            return Code::RequestTimeout.into();
        }
        cause = error.source();
    }
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge.into(),
        _ => Rejection::new(Code::InvalidRequest, "the body breaks off"),
    }
}

/// A part of the path; one that is not UTF-8 once decoded leads nowhere.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Rejection;

    async fn from_request_parts(
        parts: &mut http::request::Parts,
        state: &S,
    ) -> Result<Self, Rejection> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(part)) => Ok(Path(part)),
            Err(_) => Err(Code::NotFound.into()),
        }
    }
}

/// Nothing is at that address.
pub async fn not_found() -> Rejection {
    Code::NotFound.into()
}

/// The address does not take that method.
pub async fn method_not_allowed() -> Rejection {
    Code::MethodNotAllowed.into()
}
