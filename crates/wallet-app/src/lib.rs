#![doc = include_str!("../README.md")]

mod app;
mod commands;
mod device;
mod error;
mod place;

pub use app::App;
pub use commands::{About, Created, Overview};
pub use device::SystemDevice;
pub use error::CommandError;
pub use place::default_vault;
