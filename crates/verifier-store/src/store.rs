//! The trait behind which a database keeps the log, the bodies beside it and the slot windows.
//! It decides nothing: rules are the ledger's, and a store that is asked to append does so or not at all.

use consent_token::id::{Digest, Jti, UnixSeconds};
use protocol::{UnixMillis, share::Part};
use transparency_log::TreeHead;

/// Entries that are appended together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The head that the batch was made on; anything else in the database refuses it.
    pub expected: TreeHead,
    /// The entries, in order.
    pub entries: Vec<NewEntry>,
    /// The head afterwards.
    pub head: TreeHead,
    /// What becomes of ciphertexts, in the order of the entries.
    pub shares: Vec<ShareChange>,
}

/// What an act does to the ciphertexts behind a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareChange {
    /// The uploaded ciphertext with that digest takes the place of its part's last one.
    Announce {
        /// The grant.
        grant: Jti,
        /// SHA-256 of the ciphertext.
        digest: Digest,
    },
    /// Every ciphertext of the grant is destroyed.
    Destroy {
        /// The grant.
        grant: Jti,
    },
}

/// A ciphertext to keep until it is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The grant.
    pub grant: Jti,
    /// Which part it is.
    pub part: Part,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// When the grant ends.
    pub expires: UnixSeconds,
    /// The envelope.
    pub bytes: Vec<u8>,
}

/// The next piece of a sealed attachment that is being uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The grant.
    pub grant: Jti,
    /// The data path, such as `documents.care-plan`.
    pub path: String,
    /// Its place, from 0; 0 starts again.
    pub nr: u32,
    /// When the grant ends.
    pub expires: UnixSeconds,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceOutcome {
    /// It is kept; so it is where the same piece came twice in a row.
    Kept,
    /// Another piece is due: the upload has to start again.
    OutOfOrder,
    /// The grant has [`ATTACHMENTS_AT_MOST`] already.
    TooMany,
}

/// Attachments of one grant at most.
pub const ATTACHMENTS_AT_MOST: u32 = 16;

/// A sealed attachment that is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredAttachment {
    /// SHA-256 of all its bytes.
    pub digest: Digest,
    /// How many bytes.
    pub size: u64,
    /// In how many pieces.
    pub pieces: u32,
}

/// An offer that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOffer {
    /// Its id.
    pub id: Jti,
    /// Its agency.
    pub agency: String,
    /// Until when it stands.
    pub expires: UnixSeconds,
    /// The compact JWS.
    pub jws: String,
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It stands.
    New,
    /// It stood already.
    Known,
    /// Another offer has that id.
    Conflict,
    /// The agency has [`OFFERS_AT_MOST`] already.
    TooMany,
}

/// Offers of one agency that stand at once.
pub const OFFERS_AT_MOST: u32 = 16;

/// Uploads of one grant that are kept without having been announced; the oldest gives way.
pub const UPLOADS_AT_MOST: u32 = 4;

/// One entry to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The batch's time, as in the entry.
    pub at: UnixMillis,
    /// The canonical bytes that are hashed.
    pub entry: Vec<u8>,
    /// The compact JWS whose digest the entry holds.
    pub body: String,
    /// The status list that changes; none for acts that change no status.
    pub list: Option<u32>,
}

/// One entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place in the log.
    pub index: u64,
    /// The canonical bytes.
    pub entry: Vec<u8>,
    /// The compact JWS, until it is deleted.
    pub body: Option<String>,
}

/// Why the database could not answer. The caller cannot mend it, the operator can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the verifier's database failed: {0}")]
pub struct StoreError(pub String);

/// Why a batch was not appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// Another node was first: read what it appended and stage again. Nothing was changed.
    #[error("the log's head has moved")]
    HeadMoved,
    /// Whether the batch is durable is not known. Never retried: the process stops and reads the database again.
    #[error("the batch may or may not be durable: {0}")]
    Uncertain(String),
}

/// A database for one log.
pub trait Store: Send + Sync + 'static {
    /// The head as it is durable now.
    fn head(&self) -> impl Future<Output = Result<TreeHead, StoreError>> + Send;

    /// Appends the batch if the head still is `batch.expected`. Durable once it returns.
    fn append(&self, batch: Batch) -> impl Future<Output = Result<(), AppendError>> + Send;

    /// At most `limit` entries from index `from`, in order.
    fn entries(
        &self,
        from: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<StoredEntry>, StoreError>> + Send;

    /// The entries at these indexes, in the order asked; one that does not exist is left out.
    fn entries_at(
        &self,
        indexes: Vec<u64>,
    ) -> impl Future<Output = Result<Vec<StoredEntry>, StoreError>> + Send;

    /// At most `limit` entries that changed status list `list`, with their indexes, from index `from` on and no
    /// later than `until`, in order. What follows is not looked at.
    fn list_entries(
        &self,
        list: u32,
        from: u64,
        until: UnixMillis,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<(u64, Vec<u8>)>, StoreError>> + Send;

    /// Takes the next `count` slots for this node and returns the first, counted over all lists.
    /// Durable once it returns: no slot is ever handed out by two nodes or before and after a restart.
    fn reserve_slots(&self, count: u32) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// How many slots have been reserved so far.
    fn reserved_slots(&self) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Keeps a ciphertext that nobody reads before it is announced. Of one grant, [`UPLOADS_AT_MOST`] are kept.
    fn upload(&self, upload: Upload) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The size in bytes of the grant's ciphertext with that digest, announced or not.
    fn uploaded(
        &self,
        grant: Jti,
        digest: Digest,
    ) -> impl Future<Output = Result<Option<u64>, StoreError>> + Send;

    /// The announced ciphertext of a grant's part.
    fn share(
        &self,
        grant: Jti,
        part: Part,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Keeps a piece of an attachment that nobody reads before it is whole and announced.
    fn put_piece(
        &self,
        piece: Piece,
    ) -> impl Future<Output = Result<PieceOutcome, StoreError>> + Send;

    /// A piece of the attachment that is being uploaded to `path`.
    fn uploaded_piece(
        &self,
        grant: Jti,
        path: String,
        nr: u32,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// The attachment that was uploaded to `path` is whole, and has this digest and size.
    fn complete(
        &self,
        grant: Jti,
        path: String,
        digest: Digest,
        size: u64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The announced attachment at `path`.
    fn attachment(
        &self,
        grant: Jti,
        path: String,
    ) -> impl Future<Output = Result<Option<StoredAttachment>, StoreError>> + Send;

    /// A piece of the announced attachment with that digest; none once it was replaced or destroyed.
    fn attachment_piece(
        &self,
        grant: Jti,
        digest: Digest,
        nr: u32,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Destroys whatever is at `path`.
    fn remove_attachment(
        &self,
        grant: Jti,
        path: String,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Publishes an offer; offers that ended by `now` do not count.
    fn publish(
        &self,
        offer: StoredOffer,
        now: UnixSeconds,
    ) -> impl Future<Output = Result<Publication, StoreError>> + Send;

    /// Every offer that stands at `now`, in the order of publication.
    fn offers(
        &self,
        now: UnixSeconds,
    ) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// Destroys every ciphertext of a grant.
    fn destroy(&self, grant: Jti) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Destroys every ciphertext whose grant ended at or before `now`, and says when the next one ends.
    fn destroy_expired(
        &self,
        now: UnixSeconds,
    ) -> impl Future<Output = Result<Option<UnixSeconds>, StoreError>> + Send;
}
