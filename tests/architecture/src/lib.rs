//! Reads the source tree for the tests that keep its rules: levels, picture, hygiene, documents.
//!
//! Nothing here changes a file, and nothing but `cargo metadata` is started.

pub mod document;
pub mod picture;
pub mod tree;
pub mod workspace;
