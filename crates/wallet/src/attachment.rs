//! Files beside the data (`documents.*`): kept in the vault in sealed chunks, and given to agencies piece by
//! piece, so that no file is ever whole in memory. What an agency has is compared with what is kept at
//! every contact, as for the rest of what it is given.

use std::io::{Read, Write};

use consent_token::id::{Digest, Jti, digest_in_jwt};
use profile::{Path, TypedValue, values::Attachment};
use protocol::{
    Credential, Transport,
    api::Uploaded,
    client::attachment_path,
    dpop,
    share::{
        KemKey,
        attachment::{Attached, CHUNK_BYTES, MAX_BYTES, PIECE_BYTES, Writer},
    },
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use vault::ChunkId;
use zeroize::Zeroizing;

use crate::{Grant, Line, Verifier, Wallet, WalletError, records, share::reason};

/// A file as the vault keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    #[serde(with = "digest_in_jwt")]
    digest: Digest,
    size: u64,
    chunks: Vec<u64>,
}

/// What an agency was given last at a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Given {
    #[serde(with = "digest_in_jwt")]
    digest: Digest,
    /// The agency's key.
    kid: String,
}

/// A file that is due at an agency.
pub(crate) struct Due<'a> {
    pub(crate) grant: &'a Grant,
    pub(crate) key: &'a KemKey,
    pub(crate) revision: u64,
}

impl Wallet {
    /// Keeps a file at a path of `documents.`, in place of what was there.
    ///
    /// # Errors
    /// [`WalletError::NotADocument`], [`WalletError::AttachmentSize`] for an empty file and one of more than
    /// 20 MiB, [`WalletError::AttachmentFile`] where it cannot be read, [`WalletError::Value`]; nothing changed.
    pub fn attach(
        &mut self,
        path: &Path,
        (title, media_type): (&str, &str),
        file: &mut dyn Read,
    ) -> Result<Attachment, WalletError> {
        if path.document().is_none() {
            return Err(WalletError::NotADocument(path.to_string()));
        }
        let before = self.kept(path)?;
        let key = path.to_string();
        self.vault.transaction(|changes| {
            for chunk in before.into_iter().flat_map(|kept| kept.chunks) {
                changes.remove_chunk(ChunkId(chunk))?;
            }
            let (mut hash, mut size, mut chunks) = (Sha256::new(), 0_u64, Vec::new());
            loop {
                let piece = next_chunk(file)?;
                size += piece.len() as u64;
                if size > MAX_BYTES {
                    return Err(WalletError::AttachmentSize);
                }
                if piece.is_empty() {
                    break;
                }
                hash.update(&piece);
                chunks.push(changes.put_chunk(&piece)?.0);
            }
            if size == 0 {
                return Err(WalletError::AttachmentSize);
            }
            let digest = Digest::from_bytes(hash.finalize().into());
            let attachment = Attachment {
                digest: digest.in_jwt().to_string(),
                media_type: media_type.to_owned(),
                size,
                title: title.to_owned(),
            };
            let value = serde_json::to_value(&attachment)
                .map_err(|_| WalletError::Record(records::PROFILE))?;
            let typed = TypedValue::parse(path, value)?;
            records::put(
                changes,
                records::ATTACHMENT,
                &key,
                &Kept {
                    digest,
                    size,
                    chunks,
                },
            )?;
            records::put(changes, records::PROFILE, &key, &typed.to_json())?;
            Ok(attachment)
        })
    }

    /// Writes a kept file to `to`; answers whether there is one.
    ///
    /// # Errors
    /// [`WalletError::AttachmentFile`] where it cannot be written, [`WalletError::Vault`].
    pub fn save_attachment(&self, path: &Path, to: &mut dyn Write) -> Result<bool, WalletError> {
        let Some(kept) = self.kept(path)? else {
            return Ok(false);
        };
        for chunk in &kept.chunks {
            let bytes = self.vault.read_chunk(ChunkId(*chunk))?;
            let bytes = bytes.ok_or(WalletError::Record(records::ATTACHMENT))?;
            to.write_all(&bytes)
                .map_err(|error| WalletError::AttachmentFile(error.kind()))?;
        }
        to.flush()
            .map_err(|error| WalletError::AttachmentFile(error.kind()))?;
        Ok(true)
    }

    fn kept(&self, path: &Path) -> Result<Option<Kept>, WalletError> {
        records::read(&self.vault, records::ATTACHMENT, &path.to_string())
    }

    /// Removes an item and, where it is a document, its file; answers whether there was one.
    pub(crate) fn remove_with_file(&mut self, path: &Path) -> Result<bool, WalletError> {
        let kept = self.kept(path)?;
        let key = path.to_string();
        self.vault.transaction(|changes| {
            for chunk in kept.into_iter().flat_map(|kept| kept.chunks) {
                changes.remove_chunk(ChunkId(chunk))?;
            }
            changes.remove(records::ATTACHMENT, &key)?;
            Ok(changes.remove(records::PROFILE, &key)?)
        })
    }

    /// Sends the files that a consent names and the agency does not have, and takes back those that are gone.
    pub(crate) async fn send_attachments<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        due: &Due<'_>,
    ) -> Result<Result<(), String>, WalletError> {
        let profile = self.profile()?;
        let named: Vec<Path> = due
            .grant
            .consent
            .datatypes
            .iter()
            .filter_map(|path| path.parse().ok())
            .collect();
        for path in named.iter().filter(|path| path.document().is_some()) {
            let written = match profile.typed(path) {
                Some(TypedValue::Attachment(attachment)) => Some(attachment),
                _ => None,
            };
            let sent = match (self.kept(path)?, written) {
                (Some(kept), Some(written))
                    if written.digest == kept.digest.in_jwt().to_string() =>
                {
                    self.send_attachment(line, verifier, due, path, &kept)
                        .await?
                }
                (_, Some(_)) => Ok(()),
                (_, None) => {
                    self.take_attachment_back(line, verifier, due.grant, path)
                        .await?
                }
            };
            if sent.is_err() {
                return Ok(sent);
            }
        }
        Ok(Ok(()))
    }

    async fn take_attachment_back<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        grant: &Grant,
        path: &Path,
    ) -> Result<Result<(), String>, WalletError> {
        let key = given_key(&grant.id, path);
        if records::read::<Given>(&self.vault, records::GIVEN, &key)?.is_none() {
            return Ok(Ok(()));
        }
        let text = path.to_string();
        let credential = self.attachment_credential(verifier, grant, ("DELETE", &text))?;
        if let Err(error) = line
            .client
            .remove_attachment(&grant.id, &text, &credential)
            .await
        {
            return Ok(Err(reason(&error)));
        }
        self.vault.remove(records::GIVEN, &key)?;
        Ok(Ok(()))
    }

    /// Seals and uploads one file, and announces it; done when the announcement is proven to be in the log.
    async fn send_attachment<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        due: &Due<'_>,
        path: &Path,
        kept: &Kept,
    ) -> Result<Result<(), String>, WalletError> {
        let given = Given {
            digest: kept.digest,
            kid: due.key.thumbprint().to_string(),
        };
        let key = given_key(&due.grant.id, path);
        if records::read(&self.vault, records::GIVEN, &key)?.as_ref() == Some(&given) {
            return Ok(Ok(()));
        }
        let uploaded = match self
            .upload_attachment(line, verifier, due, path, kept)
            .await?
        {
            Ok(uploaded) => uploaded,
            Err(reason) => return Ok(Err(reason)),
        };
        let announced = self
            .announce(line, verifier, due.grant, (uploaded, due.revision))
            .await?;
        if announced.is_ok() {
            self.vault
                .transaction(|changes| records::put(changes, records::GIVEN, &key, &given))?;
        }
        Ok(announced)
    }

    async fn upload_attachment<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        due: &Due<'_>,
        path: &Path,
        kept: &Kept,
    ) -> Result<Result<Uploaded, String>, WalletError> {
        let text = path.to_string();
        let attached = Attached {
            token: &due.grant.token,
            path: &text,
            digest: kept.digest,
            size: kept.size,
        };
        let Ok(total) = attached.sealed_bytes(due.key) else {
            return Ok(Err("too_large".into()));
        };
        let mut randomness = Zeroizing::new([0; 64]);
        self.device.fill_random(&mut *randomness)?;
        let mut sending = Sending::new(total);
        let started = Writer::start(attached, due.key, &randomness, &mut sending.held);
        let Ok(mut writer) = started else {
            return Ok(Err("unusable_key".into()));
        };
        let damaged = |_| WalletError::Record(records::ATTACHMENT);
        for chunk in &kept.chunks {
            let bytes = self.vault.read_chunk(ChunkId(*chunk))?;
            let bytes = bytes.ok_or(WalletError::Record(records::ATTACHMENT))?;
            writer.take(&bytes, &mut sending.held).map_err(damaged)?;
            while let Some(piece) = sending.piece(PIECE_BYTES) {
                let credential = self.attachment_credential(verifier, due.grant, ("PUT", &text))?;
                if let Err(error) = sending
                    .put(line, (&due.grant.id, &text), piece, &credential)
                    .await
                {
                    return Ok(Err(reason(&error)));
                }
            }
        }
        writer.finish(&mut sending.held).map_err(damaged)?;
        while let Some(piece) = sending.piece(1) {
            let credential = self.attachment_credential(verifier, due.grant, ("PUT", &text))?;
            if let Err(error) = sending
                .put(line, (&due.grant.id, &text), piece, &credential)
                .await
            {
                return Ok(Err(reason(&error)));
            }
        }
        Ok(sending.uploaded())
    }

    fn attachment_credential(
        &mut self,
        verifier: &Verifier,
        grant: &Grant,
        (method, path): (&str, &str),
    ) -> Result<Credential, WalletError> {
        let url = format!("{}{}", verifier.issuer, attachment_path(&grant.id, path));
        let key = self.holder_key(&grant.scope)?;
        let now = self.device.now();
        let expected = dpop::Expected {
            method,
            url: &url,
            token: None,
            now,
        };
        Ok(Credential::Dpop(dpop::prove(
            &key,
            &expected,
            self.fresh_id()?,
        )))
    }
}

/// A sealed file on its way out, in pieces.
struct Sending {
    held: Vec<u8>,
    hash: Sha256,
    next: u32,
    of: u32,
    answer: Option<Uploaded>,
}

impl Sending {
    fn new(total: u64) -> Self {
        let of = total.div_ceil(PIECE_BYTES as u64);
        Sending {
            held: Vec::new(),
            hash: Sha256::new(),
            next: 0,
            of: u32::try_from(of).unwrap_or(u32::MAX),
            answer: None,
        }
    }

    /// The next piece, once `at_least` bytes of it are there.
    fn piece(&mut self, at_least: usize) -> Option<Vec<u8>> {
        if self.held.len() < at_least {
            return None;
        }
        let rest = self.held.split_off(self.held.len().min(PIECE_BYTES));
        Some(std::mem::replace(&mut self.held, rest))
    }

    async fn put<T: Transport>(
        &mut self,
        line: &Line<T>,
        (grant, path): (&Jti, &str),
        piece: Vec<u8>,
        credential: &Credential,
    ) -> Result<(), protocol::ClientError> {
        self.hash.update(&piece);
        let place = (self.next, self.of);
        self.answer = line
            .client
            .put_piece(grant, path, place, piece, credential)
            .await?;
        self.next += 1;
        Ok(())
    }

    /// What is announced: what was sent, which is what the verifier says it has.
    fn uploaded(self) -> Result<Uploaded, String> {
        let digest = Digest::from_bytes(self.hash.finalize().into());
        self.answer
            .filter(|answer| answer.digest == digest)
            .ok_or_else(|| "not_a_verifier".into())
    }
}

fn given_key(grant: &Jti, path: &Path) -> String {
    format!("{grant}/{path}")
}

/// As many bytes as a chunk has, fewer at the end.
fn next_chunk(file: &mut dyn Read) -> Result<Zeroizing<Vec<u8>>, WalletError> {
    let mut chunk = Zeroizing::new(Vec::with_capacity(CHUNK_BYTES));
    let read = file.take(CHUNK_BYTES as u64).read_to_end(&mut chunk);
    read.map_err(|error| WalletError::AttachmentFile(error.kind()))?;
    Ok(chunk)
}
