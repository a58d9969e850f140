#![doc = include_str!("../README.md")]

mod catalogue;
mod error;
mod lang;
mod needs;
mod path;
mod profile;
mod purpose;
mod value;

pub mod import;
pub mod rule;
pub mod values;

pub use catalogue::{PathEntry, paths};
pub use error::{PathError, Problem, ValueError};
pub use lang::{Lang, Words};
pub use needs::{NeedCode, need, need_codes};
pub use path::{Path, Section, Tier};
pub use profile::Profile;
pub use purpose::{Purpose, purpose, purposes};
pub use value::{MAX_ITEMS, MAX_TEXT, Shape, TypedValue};

/// The JSON Schema (draft 2020-12) of a profile as a map from path to value: `schema/profile.schema.json`.
pub const SCHEMA: &str = include_str!("../schema/profile.schema.json");
