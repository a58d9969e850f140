//! The tables of a vault file and the two numbers in SQLite's header that name it. No column holds
//! more in the clear than a row number, a commit number and a nonce.

/// SQLite's `application_id`: "ASNT".
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"ASNT");

/// SQLite's `user_version`: the format version.
pub(crate) const USER_VERSION: u32 = vault_crypto::FORMAT_VERSION as u32;

/// The tables. `vault` and `manifest` have one row each.
pub(crate) const TABLES: &str = "
    CREATE TABLE vault (id INTEGER PRIMARY KEY, vault_id BLOB NOT NULL) STRICT;
    CREATE TABLE slot (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
    CREATE TABLE manifest (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,
        nonce BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
    CREATE TABLE record (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,
        nonce BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
    CREATE TABLE chunk (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL,
        nonce BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
";
