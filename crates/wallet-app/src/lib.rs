#![doc = include_str!("../README.md")]

mod app;
mod commands;
mod device;
mod error;
mod paper;
mod place;
mod receipt;
#[cfg(test)]
mod testing;
mod tries;

pub use app::{App, Places};
pub use commands::*;
pub use device::SystemDevice;
pub use error::{Code, CommandError};
pub use place::default_vault;
