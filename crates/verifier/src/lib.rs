//! The verifier: it registers consents, publishes their status, keeps the log and answers nobody before
//! what it answers is durable and in a signed checkpoint (PROTOCOL sections 3, 5 and 6).

mod auth;
mod boot;
mod config;
mod connections;
mod control;
mod expiry;
mod folder;
mod form;
mod handlers;
mod keys;
mod known_tokens;
mod limits;
mod metrics;
mod once;
mod openapi;
mod published;
pub mod registrar;
mod reject;
mod sequencer;
mod server;
mod slots;
mod state;
mod streams;
mod witness;

pub use boot::BootError;
pub use config::{Config, ConfigError, RateLimits, SequencerConfig, WitnessConfig};
pub use control::Control;
pub use folder::{FolderError, Held, create};
pub use keys::{Keys, KeysError};
pub use server::{Server, ServerError};
