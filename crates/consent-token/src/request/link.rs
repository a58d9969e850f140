//! A request in a link or QR code: `assent://authorize?…` (protocol section 8, RFC 9101 section 5).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use url::Url;
use url::form_urlencoded::Serializer;

use crate::MAX_COMPACT_BYTES;
use crate::id::{AgencyId, WebAddress};

/// A request by address or inline. The `client_id` beside it must be that of the request itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// The request is fetched from an address.
    ByReference {
        /// The agency that the link names.
        client_id: AgencyId,
        /// Where the request is.
        request_uri: WebAddress,
    },
    /// The request is in the link.
    Inline {
        /// The agency that the link names.
        client_id: AgencyId,
        /// The compact JWS.
        request: String,
    },
}

/// Why a link was not read; who made it must correct it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// Not a link that starts with `assent://authorize?`.
    #[error("not an assent://authorize link")]
    OtherLink,
    /// `client_id` is missing or not an agency id.
    #[error("the link does not name an agency")]
    ClientId,
    /// `request_uri` is not an HTTPS address, nor one of plain HTTP on loopback.
    #[error("the request is not at an HTTPS address")]
    RequestUri,
    /// Neither `request` nor `request_uri`, or both.
    #[error("the link must carry either a request or its address")]
    Request,
    /// One of the parameters is there twice.
    #[error("a parameter of the link is there twice")]
    Repeated,
    /// The request is longer than 8 KiB.
    #[error("the request in the link is too large")]
    TooLarge,
}

impl Link {
    /// The agency that the link names.
    #[must_use]
    pub const fn client_id(&self) -> &AgencyId {
        match self {
            Self::ByReference { client_id, .. } | Self::Inline { client_id, .. } => client_id,
        }
    }
}

impl FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        // A request of 8 KiB has no character that a link must escape, so twice is ample.
        if text.len() > 2 * MAX_COMPACT_BYTES {
            return Err(LinkError::TooLarge);
        }
        let url = Url::parse(text)
            .ok()
            .filter(is_ours)
            .ok_or(LinkError::OtherLink)?;
        let client_id = parameter(&url, "client_id")?.ok_or(LinkError::ClientId)?;
        let client_id = client_id.parse().map_err(|_| LinkError::ClientId)?;
        match (parameter(&url, "request_uri")?, parameter(&url, "request")?) {
            (Some(uri), None) => {
                let request_uri = uri.parse().map_err(|_| LinkError::RequestUri)?;
                Ok(Self::ByReference {
                    client_id,
                    request_uri,
                })
            }
            (None, Some(request)) if request.len() > MAX_COMPACT_BYTES => Err(LinkError::TooLarge),
            (None, Some(request)) => Ok(Self::Inline {
                client_id,
                request: request.into(),
            }),
            _ => Err(LinkError::Request),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut query = Serializer::new(String::new());
        query.append_pair("client_id", self.client_id().as_str());
        match self {
            Self::ByReference { request_uri, .. } => {
                query.append_pair("request_uri", request_uri.as_str())
            }
            Self::Inline { request, .. } => query.append_pair("request", request),
        };
        write!(f, "assent://authorize?{}", query.finish())
    }
}

fn is_ours(url: &Url) -> bool {
    let bare = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let path = matches!(url.path(), "" | "/");
    url.scheme() == "assent" && url.host_str() == Some("authorize") && bare && path
}

/// The value of a parameter; unknown ones are left alone, as RFC 6749 section 3.1 asks.
fn parameter<'a>(url: &'a Url, name: &str) -> Result<Option<Cow<'a, str>>, LinkError> {
    let mut values = url
        .query_pairs()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value);
    let first = values.next();
    if values.next().is_some() {
        Err(LinkError::Repeated)
    } else {
        Ok(first)
    }
}
