#![doc = include_str!("../README.md")]

mod app;
mod chooser;
mod commands;
mod desk;
mod device;
mod door;
mod error;
mod keychain;
mod paper;
mod place;
mod receipt;
mod talk;
#[cfg(test)]
mod testing;

pub use app::{App, Places};
pub use chooser::{Chooser, Choosing};
pub use commands::*;
pub use device::SystemDevice;
pub use error::{Code, CommandError};
pub use keychain::{Keychain, KeychainError};
pub use place::default_vault;
