#![doc = include_str!("../README.md")]

mod additional;
mod adr;
pub mod api;
mod asks;
#[cfg(test)]
mod bindings;
mod call;
mod clock;
mod config;
mod consents;
mod desk;
mod error;
mod failure;
mod file;
mod follow;
mod handlers;
mod incidents;
mod journal;
mod line;
mod live;
mod looks;
mod oidc;
mod pages;
mod passkeys;
mod password;
mod people;
mod place;
mod secret;
mod serve;
mod server;
mod sessions;
mod subject;
mod tables;
mod tries;
mod wallets;
mod words;

pub use clock::Clock;
pub use config::{Config, Oidc};
pub use error::{ApiError, Code};
pub use pages::are_built_in;
pub use serve::{Console, Options, Sample, StartError};
