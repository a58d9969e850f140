//! The calls about attachments: sealed files beside a share, piece by piece (PROTOCOL section 7).

use consent_token::id::Jti;
use http::{
    Method, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
};

use super::{ClientError, Credential, Draft, Reading, VerifierClient, shares::receipt_of};
use crate::{
    api::{PieceTaken, Receipt, Uploaded},
    transport::{Streaming, Transport},
};

/// The path of a consent's attachment, as DPoP proofs name it after the issuer.
#[must_use]
pub fn attachment_path(grant: &Jti, path: &str) -> String {
    format!("/v1/grants/{grant}/attachments/{path}")
}

impl<T: Transport> VerifierClient<T> {
    /// `PUT /v1/grants/{id}/attachments/{path}`: one piece `nr` of `of`. The last one's answer is what a
    /// `share` statement announces; before that it is there for nobody.
    ///
    /// # Errors
    /// [`ClientError`], with `conflict` where the upload has to start again.
    pub async fn put_piece(
        &self,
        grant: &Jti,
        path: &str,
        (nr, of): (u32, u32),
        bytes: Vec<u8>,
        credential: &Credential,
    ) -> Result<Option<Uploaded>, ClientError> {
        let url = self.url(&format!(
            "{}?piece={nr}&of={of}",
            attachment_path(grant, path)
        ));
        let draft = Draft::new(Method::PUT, url)
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(ACCEPT, "application/json")
            .body(bytes);
        let answer = self.accepted(credential.sign(draft)).await?;
        let strange = |_| ClientError::NotAVerifier(self.base.clone());
        if answer.status() == StatusCode::CREATED {
            return serde_json::from_slice(answer.body())
                .map(Some)
                .map_err(strange);
        }
        let taken: PieceTaken = serde_json::from_slice(answer.body()).map_err(strange)?;
        match taken.pieces == nr + 1 {
            true => Ok(None),
            false => Err(ClientError::NotAVerifier(self.base.clone())),
        }
    }

    /// `DELETE /v1/grants/{id}/attachments/{path}`.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn remove_attachment(
        &self,
        grant: &Jti,
        path: &str,
        credential: &Credential,
    ) -> Result<(), ClientError> {
        let draft = Draft::new(Method::DELETE, self.url(&attachment_path(grant, path)));
        self.accepted(credential.sign(draft)).await.map(drop)
    }
}

impl<T: Streaming> VerifierClient<T> {
    /// `GET /v1/grants/{id}/attachments/{path}`: the sealed file as it comes, and the receipt of the statement,
    /// which is in the log before the first byte leaves. The receipt is not verified here.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn attachment(
        &self,
        grant: &Jti,
        path: &str,
        reading: &Reading<'_>,
    ) -> Result<(T::Chunks, Receipt), ClientError> {
        let draft = reading.show(self.get(&attachment_path(grant, path)));
        let (head, body) = self.opened(draft).await?;
        let receipt = receipt_of(&head.headers);
        Ok((
            body,
            receipt.ok_or_else(|| ClientError::NotAVerifier(self.base.clone()))?,
        ))
    }
}
