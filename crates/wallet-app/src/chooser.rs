//! Where a file goes, asked from the person by the platform's own dialog. The window never names a place:
//! what runs in it cannot make the program write where the person did not point.

use std::{path::PathBuf, pin::Pin};

/// An answer that comes when the person has chosen; nothing where they changed their mind.
pub type Choosing<'a> = Pin<Box<dyn Future<Output = Option<PathBuf>> + Send + 'a>>;

/// The platform's dialogs.
pub trait Chooser: Send + Sync {
    /// Asks for the place and name of a new file; `name` is suggested. Whether to write over a file that is
    /// there was asked as well.
    fn file<'a>(&'a self, name: &'a str) -> Choosing<'a>;

    /// Asks for a folder.
    fn folder(&self) -> Choosing<'_>;
}
