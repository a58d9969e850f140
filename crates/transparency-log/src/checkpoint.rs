//! Checkpoints (C2SP tlog-checkpoint): a log's origin, size and root as the text of a signed note.
//! Ours carry no extension lines; those of others are read and kept, and mean nothing here.

use std::{fmt, str::FromStr};

use thiserror::Error;

use crate::{
    EMPTY_ROOT, Hash, NoteError, NoteSigner, SignedNote, TreeHead, VerifierKey,
    note::{SignatureType, check_key_name},
    text::{format_hash, parse_decimal, parse_hash, take_line},
};

/// Why a checkpoint was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The text is not origin, size, root and non-empty lines.
    #[error("the checkpoint is malformed")]
    Malformed,
    /// The size is 0 and the root is not that of the empty tree.
    #[error("the root of an empty tree is wrong")]
    EmptyTreeRoot,
    /// The origin is not that of the log whose key was given: it is a checkpoint of another log.
    #[error("the checkpoint is of another log")]
    WrongOrigin,
    /// The log's key is not an Ed25519 note key, or the log itself did not sign.
    #[error("the log did not sign the checkpoint")]
    NotSignedByLog,
    /// The note around the checkpoint was refused.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// A log's statement of its size and root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    head: TreeHead,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// A checkpoint of the log `origin`, a URL without scheme that is also the name of its key.
    ///
    /// # Errors
    /// [`CheckpointError::Note`] with [`NoteError::BadKeyName`] when the origin is no key name;
    /// [`CheckpointError::EmptyTreeRoot`].
    pub fn new(origin: &str, head: TreeHead) -> Result<Self, CheckpointError> {
        check_key_name(origin)?;
        check_empty(&head)?;
        Ok(Self {
            origin: origin.to_owned(),
            head,
            extensions: Vec::new(),
        })
    }

    /// The log's identity.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.head.size
    }

    /// The Merkle Tree Hash of the entries.
    pub fn root(&self) -> &Hash {
        &self.head.root
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        self.head
    }

    /// Further lines of the text, without meaning here.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// Signs the checkpoint with the log's key. The caller has made sure that it is consistent with
    /// every checkpoint that the key signed before.
    ///
    /// # Errors
    /// [`CheckpointError::WrongOrigin`] when the key's name is not the origin.
    pub fn sign(&self, signer: &NoteSigner) -> Result<SignedNote, CheckpointError> {
        if signer.name() != self.origin {
            return Err(CheckpointError::WrongOrigin);
        }
        Ok(signer.sign(self.to_string())?)
    }

    /// Verifies a note and the checkpoint in it: signed by the log's key, whose name is the origin, and
    /// by whichever of the known witnesses cosigned it.
    ///
    /// # Errors
    /// Every [`CheckpointError`]; a bad signature of a known witness refuses the whole note.
    pub fn open(
        note: &SignedNote,
        log: &VerifierKey,
        witnesses: &[VerifierKey],
    ) -> Result<VerifiedCheckpoint, CheckpointError> {
        let checkpoint: Self = note.text().parse()?;
        if checkpoint.origin != log.name() {
            return Err(CheckpointError::WrongOrigin);
        }
        verify_log(note, log)?;
        let cosignatures = verify_witnesses(note, witnesses)?;
        Ok(VerifiedCheckpoint {
            checkpoint,
            cosignatures,
        })
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// Reads a note's text.
    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let mut rest = text;
        let mut line = || {
            take_line(&mut rest)
                .filter(|line| !line.is_empty())
                .ok_or(CheckpointError::Malformed)
        };
        let origin = line()?.to_owned();
        let size = parse_decimal(line()?).ok_or(CheckpointError::Malformed)?;
        let root = parse_hash(line()?).ok_or(CheckpointError::Malformed)?;
        let head = TreeHead { size, root };
        check_empty(&head)?;
        let mut extensions = Vec::new();
        while !rest.is_empty() {
            let line = take_line(&mut rest).filter(|line| !line.is_empty());
            extensions.push(line.ok_or(CheckpointError::Malformed)?.to_owned());
        }
        Ok(Self {
            origin,
            head,
            extensions,
        })
    }
}

impl fmt::Display for Checkpoint {
    /// Writes the note's text.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = format_hash(&self.head.root);
        writeln!(out, "{}\n{}\n{root}", self.origin, self.head.size)?;
        self.extensions
            .iter()
            .try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// A checkpoint that its log signed; it can only be had from [`Checkpoint::open`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCheckpoint {
    checkpoint: Checkpoint,
    cosignatures: Vec<Cosignature>,
}

impl VerifiedCheckpoint {
    /// The checkpoint.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        self.checkpoint.head
    }

    /// The known witnesses that cosigned it, each once.
    pub fn cosignatures(&self) -> &[Cosignature] {
        &self.cosignatures
    }
}

/// A known witness's word that the checkpoint was the log's newest at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness's key name.
    pub witness: String,
    /// When, in Unix seconds.
    pub time: u64,
}

fn check_empty(head: &TreeHead) -> Result<(), CheckpointError> {
    match head.size == 0 && head.root != EMPTY_ROOT {
        true => Err(CheckpointError::EmptyTreeRoot),
        false => Ok(()),
    }
}

fn verify_log(note: &SignedNote, log: &VerifierKey) -> Result<(), CheckpointError> {
    if log.kind() != SignatureType::Ed25519 {
        return Err(CheckpointError::NotSignedByLog);
    }
    match note.verify(std::slice::from_ref(log)) {
        Ok(_) => Ok(()),
        Err(NoteError::NoKnownSignature) => Err(CheckpointError::NotSignedByLog),
        Err(error) => Err(error.into()),
    }
}

fn verify_witnesses(
    note: &SignedNote,
    witnesses: &[VerifierKey],
) -> Result<Vec<Cosignature>, CheckpointError> {
    let verified = match note.verify(witnesses) {
        Err(NoteError::NoKnownSignature) => Vec::new(),
        other => other?,
    };
    let cosignature = |(key, time): (&VerifierKey, u64)| Cosignature {
        witness: key.name().to_owned(),
        time,
    };
    Ok(verified
        .iter()
        .filter_map(|signature| Some((signature.key, signature.time?)))
        .map(cosignature)
        .collect())
}
