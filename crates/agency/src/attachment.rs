//! Files beside a share (`documents.*`): fetched under the statement that read the share, opened as they
//! come, and taken only when they are whole and are the files that the share names.

use std::io;

use consent_token::{
    id::{Digest, UnixSeconds},
    jws,
    token::VerifiedToken,
};
use profile::{Path, TypedValue, values::Attachment};
use protocol::{
    ClientError,
    client::{Reading, attachment_path},
    receipt,
    share::{
        Share, ShareError,
        attachment::{self, Attached},
    },
    transport::{Chunks, Streaming},
};

use crate::{AgencyError, Online, Opened};

/// A file that a share names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its data path, such as `documents.care-plan`.
    pub path: Path,
    /// Its digest, media type, size and title.
    pub file: Attachment,
}

impl Named {
    /// A file name that nobody outside chose: the path's own name, and an ending by the media type.
    #[must_use]
    pub fn file_name(&self) -> String {
        let ending = match self.file.media_type.as_str() {
            "application/pdf" => "pdf",
            "image/jpeg" => "jpg",
            "image/png" => "png",
            "text/plain" => "txt",
            _ => "bin",
        };
        format!("{}.{ending}", self.path.document().unwrap_or("document"))
    }

    /// The file as it is sealed: `bound_to` is the consent token, or the statement that hands it on.
    pub(crate) fn attached<'a>(
        &self,
        bound_to: &'a str,
        path: &'a str,
    ) -> Result<Attached<'a>, ShareError> {
        Ok(Attached {
            token: bound_to,
            path,
            digest: Digest::from_jwt(&self.file.digest).map_err(|_| ShareError::Malformed)?,
            size: self.file.size,
        })
    }

    /// The files that `share` names.
    pub(crate) fn all_in(share: &Share) -> Vec<Self> {
        let typed = share.fields.iter().filter_map(|(path, value)| {
            let path: Path = path.parse().ok()?;
            match TypedValue::parse(&path, value.clone()) {
                Ok(TypedValue::Attachment(file)) => Some(Named { path, file }),
                _ => None,
            }
        });
        typed.collect()
    }
}

impl Opened {
    /// The files that the share names.
    #[must_use]
    pub fn attachments(&self) -> Vec<Named> {
        Named::all_in(&self.share)
    }
}

impl<T: Streaming> Online<'_, T> {
    /// Fetches a file that `opened` names and writes it to `to`, under the same statement. What was written
    /// may be used only when this returned `Ok`.
    ///
    /// # Errors
    /// [`AgencyError::Client`] with the verifier's refusal, `no_share` where it was not uploaded yet;
    /// [`AgencyError::Receipt`]; [`AgencyError::Share`] where it is not whole or not that file;
    /// [`AgencyError::File`] where it cannot be written.
    pub async fn fetch_attachment<W: io::Write + Send>(
        &self,
        opened: &Opened,
        named: &Named,
        to: W,
        now: UnixSeconds,
    ) -> Result<W, AgencyError> {
        let path = named.path.to_string();
        let attached = named.attached(opened.token.compact(), &path)?;
        let mut reader = attachment::Reader::new(attached, self.agency.sealing_keys(), to)?;
        let mut chunks = self
            .open_attachment(&opened.token, &path, &opened.recorded.compact, now)
            .await?;
        while let Some(bytes) = chunks.next().await.map_err(ClientError::from)? {
            reader.take(&bytes).map_err(refused)?;
        }
        reader.finish().map_err(refused)
    }

    async fn open_attachment(
        &self,
        token: &VerifiedToken,
        path: &str,
        statement: &str,
        now: UnixSeconds,
    ) -> Result<T::Chunks, AgencyError> {
        let grant = token.claims().jti;
        let compact = token.compact();
        let proof = self.proof("GET", &attachment_path(&grant, path), Some(compact), now)?;
        let reading = Reading {
            token: compact,
            proof: &proof,
            statement,
        };
        let (chunks, receipt) = self.client.attachment(&grant, path, &reading).await?;
        receipt::verify(
            &receipt.proof,
            &self.pins.log_key()?,
            &jws::digest(statement),
        )?;
        Ok(chunks)
    }
}

pub(crate) fn refused(error: attachment::OpenError) -> AgencyError {
    match error {
        attachment::OpenError::Share(error) => error.into(),
        attachment::OpenError::Write(error) => broken(&error),
    }
}

/// The file on this side cannot be read or written.
pub(crate) fn broken(error: &io::Error) -> AgencyError {
    AgencyError::File {
        path: "the attachment".into(),
        kind: error.kind(),
    }
}
