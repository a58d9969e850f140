//! The way to one verifier: its client, and the transport for the few addresses that are not its own
//! (a request behind a link, the place where an agency waits for the answer).

use std::sync::Arc;

use bytes::Bytes;
use consent_token::id::WebAddress;
use http::{Request, header::CONTENT_TYPE};
use protocol::{ClientError, Transport, TransportError, VerifierClient};

/// A verifier's address and the transport that reaches it.
#[derive(Clone, Debug)]
pub struct Line<T> {
    pub(crate) client: VerifierClient<Arc<T>>,
    transport: Arc<T>,
}

impl<T: Transport> Line<T> {
    /// A line to the verifier at `url`; nothing is sent.
    pub fn new(url: &str, transport: T) -> Self {
        let transport = Arc::new(transport);
        Line {
            client: VerifierClient::new(url, transport.clone()),
            transport,
        }
    }

    /// The verifier's address, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        self.client.base()
    }

    /// Fetches the request object behind a link (PROTOCOL section 8).
    ///
    /// # Errors
    /// [`ClientError`]; an answer that is no text is [`ClientError::NotAVerifier`].
    pub async fn request_object(&self, address: &WebAddress) -> Result<String, ClientError> {
        let document = self.client.document(address.as_str(), None).await?;
        let body = document.map(|tagged| tagged.body);
        body.map(|body| body.trim().to_owned())
            .ok_or_else(|| ClientError::NotAVerifier(address.to_string()))
    }

    /// Sends a form to an agency; any answer that is no success is unreachable for now.
    pub(crate) async fn post_form(
        &self,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Result<(), TransportError> {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(address)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body))
            .map_err(|_| TransportError::Insecure(address.to_owned()))?;
        let answer = self.transport.send(request).await?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(TransportError::Unreachable(address.to_owned()))
        }
    }
}
