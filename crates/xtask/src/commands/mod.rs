//! The tasks, one file each.

pub(crate) mod bench;
pub(crate) mod build;
pub(crate) mod ci;
mod county;
pub(crate) mod run;
pub(crate) mod test;
