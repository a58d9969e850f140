//! What a log and a witness say to each other (C2SP tlog-witness, add-checkpoint), as text in and out:
//! the caller does the HTTP.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::{
    Checkpoint, CheckpointError, Hash, NoteError, SignedNote, VerifierKey,
    note::{MAX_NOTE_LEN, MAX_SIGNATURES, NoteSignature},
    proof::MAX_HASHES,
    text::{parse_decimal, parse_hash, push_hash_lines, take_line},
};

/// The media type of a witness's answer 409.
pub const SIZE_MEDIA_TYPE: &str = "text/x.tlog.size";

/// Why a request or an answer was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WitnessError {
    /// The body is not what tlog-witness prescribes; the sender is at fault.
    #[error("the witness message is malformed")]
    Malformed,
    /// More than 63 hashes, or a proof where the old size is 0.
    #[error("the consistency proof does not fit the request")]
    BadProof,
    /// 400: the old size is above the checkpoint's. The log's own record of the witness is wrong.
    #[error("the witness calls the request bad")]
    BadRequest,
    /// 403: the witness does not accept the log's signature. Its operator has to admit the key.
    #[error("the witness does not accept the log's signature")]
    Forbidden,
    /// 404: the witness does not know the log. Its operator has to admit it.
    #[error("the witness does not know the log")]
    UnknownLog,
    /// 422: the witness finds the checkpoint inconsistent. The log's operator has to look at once.
    #[error("the witness finds the checkpoint inconsistent")]
    Inconsistent,
    /// Another status, in which case the request may be sent again later.
    #[error("the witness answered {0}")]
    UnexpectedStatus(u16),
    /// The answer has no cosignature by a known key.
    #[error("no known witness key cosigned")]
    NoCosignature,
    /// The checkpoint or a signature was refused.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The submitted note is no checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// The body of an add-checkpoint request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size of the checkpoint that the witness cosigned last, 0 for none.
    pub old_size: u64,
    /// The consistency proof from it; empty when `old_size` is 0.
    pub proof: Vec<Hash>,
    /// The log's signed checkpoint.
    pub checkpoint: SignedNote,
}

/// Writes the body of `POST <submission prefix>/add-checkpoint`.
///
/// # Errors
/// [`WitnessError::BadProof`].
pub fn add_checkpoint_request(
    old_size: u64,
    proof: &[Hash],
    checkpoint: &SignedNote,
) -> Result<String, WitnessError> {
    check_proof(old_size, proof)?;
    let mut body = format!("old {old_size}\n");
    push_hash_lines(&mut body, proof);
    body.push('\n');
    body.push_str(&checkpoint.to_string());
    Ok(body)
}

impl FromStr for AddCheckpoint {
    type Err = WitnessError;

    /// Reads a request's body, as a witness does.
    fn from_str(body: &str) -> Result<Self, WitnessError> {
        let mut rest = body;
        let mut line = || take_line(&mut rest).ok_or(WitnessError::Malformed);
        let old_size = line()?
            .strip_prefix("old ")
            .and_then(parse_decimal)
            .ok_or(WitnessError::Malformed)?;
        let mut proof = Vec::new();
        loop {
            match line()? {
                "" => break,
                hash => proof.push(parse_hash(hash).ok_or(WitnessError::Malformed)?),
            }
            check_proof(old_size, &proof)?;
        }
        let checkpoint: SignedNote = rest.parse()?;
        checkpoint.text().parse::<Checkpoint>()?;
        Ok(Self {
            old_size,
            proof,
            checkpoint,
        })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = String::new();
        push_hash_lines(&mut lines, &self.proof);
        write!(out, "old {}\n{lines}\n{}", self.old_size, self.checkpoint)
    }
}

/// A witness's answer as HTTP carried it.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// The status code.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// What a witness did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It cosigned: verified lines of known keys, to be added to the checkpoint.
    Cosigned(Vec<NoteSignature>),
    /// It knows the log at another size: send again with a proof from this one.
    OldSize(u64),
}

/// Reads the answer to a request for `checkpoint`; `keys` are the witness's known keys.
///
/// # Errors
/// One [`WitnessError`] for each status that refuses; [`WitnessError::Malformed`] for a body that does
/// not fit; [`WitnessError::Note`] when a known key's cosignature does not verify.
pub fn parse_response(
    response: &Response<'_>,
    checkpoint: &SignedNote,
    keys: &[VerifierKey],
) -> Result<Answer, WitnessError> {
    match response.status {
        200 => parse_cosignatures(response.body, checkpoint, keys).map(Answer::Cosigned),
        400 => Err(WitnessError::BadRequest),
        403 => Err(WitnessError::Forbidden),
        404 => Err(WitnessError::UnknownLog),
        409 => parse_old_size(response).map(Answer::OldSize),
        422 => Err(WitnessError::Inconsistent),
        status => Err(WitnessError::UnexpectedStatus(status)),
    }
}

fn parse_cosignatures(
    body: &[u8],
    checkpoint: &SignedNote,
    keys: &[VerifierKey],
) -> Result<Vec<NoteSignature>, WitnessError> {
    let lines = body_text(body)?;
    let lines = lines.strip_suffix('\n').ok_or(WitnessError::Malformed)?;
    if lines.split('\n').count() > MAX_SIGNATURES {
        return Err(WitnessError::Malformed);
    }
    let mut cosignatures = Vec::new();
    for line in lines.split('\n') {
        let signature: NoteSignature = line.parse()?;
        if is_cosignature(&signature, checkpoint, keys)? {
            cosignatures.push(signature);
        }
    }
    match cosignatures.is_empty() {
        true => Err(WitnessError::NoCosignature),
        false => Ok(cosignatures),
    }
}

/// Whether a known key made this line; a known key's line must hold and carry a time.
fn is_cosignature(
    signature: &NoteSignature,
    checkpoint: &SignedNote,
    keys: &[VerifierKey],
) -> Result<bool, WitnessError> {
    let Some(key) = keys.iter().find(|key| key.made(signature)) else {
        return Ok(false);
    };
    match key.verify(checkpoint.text(), signature)? {
        Some(time) if time > 0 => Ok(true),
        _ => Err(NoteError::BadSignature(key.name().to_owned()).into()),
    }
}

fn parse_old_size(response: &Response<'_>) -> Result<u64, WitnessError> {
    let media_type = response.content_type.unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(SIZE_MEDIA_TYPE) {
        return Err(WitnessError::UnexpectedStatus(response.status));
    }
    body_text(response.body)?
        .strip_suffix('\n')
        .and_then(parse_decimal)
        .ok_or(WitnessError::Malformed)
}

fn body_text(body: &[u8]) -> Result<&str, WitnessError> {
    if body.len() > MAX_NOTE_LEN {
        return Err(WitnessError::Malformed);
    }
    std::str::from_utf8(body).map_err(|_| WitnessError::Malformed)
}

fn check_proof(old_size: u64, proof: &[Hash]) -> Result<(), WitnessError> {
    match proof.len() {
        0 => Ok(()),
        1..=MAX_HASHES if old_size > 0 => Ok(()),
        _ => Err(WitnessError::BadProof),
    }
}
