//! One file for each group of commands.

mod vault;

pub use vault::{About, Created, Overview};
