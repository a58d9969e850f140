//! What an operator may set, in a TOML file or as arguments. Every member has a default that is safe on
//! one machine.

use std::{num::NonZeroU32, path::Path};

use serde::Deserialize;

/// The configuration of `serve`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The public URL; without it, the one given at `init`, else the address that is listened on.
    pub issuer: Option<String>,
    /// `ttl` of status lists, in seconds.
    pub status_ttl: u32,
    /// How long a status list may be used at all, in seconds.
    pub status_lifetime: u32,
    /// How long a slot ticket is good, in seconds.
    pub ticket_lifetime: u32,
    /// How long a bearer token is good, in seconds.
    pub bearer_lifetime: u32,
    /// Rows in one page.
    pub page: NonZeroU32,
    /// Seconds that running requests have to end when the verifier is told to stop.
    pub stop_within: u32,
    /// Seconds in which the head of a request has to be there; a connection that is idle for as long is closed too.
    pub head_within: NonZeroU32,
    /// Seconds in which the body of a request has to be there.
    pub body_within: NonZeroU32,
    /// Event streams that one agency may have open at once.
    pub event_streams: NonZeroU32,
    /// Believe the last address of `X-Forwarded-For`: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// Requests per minute and address.
    pub rate_limits: RateLimits,
    /// How statements are gathered.
    pub sequencer: SequencerConfig,
    /// Who cosigns the checkpoints.
    pub witnesses: Vec<WitnessConfig>,
}

/// Requests per minute and address.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateLimits {
    /// `POST /v1/slots`.
    pub slots: NonZeroU32,
    /// `POST /v1/grants` and `/v1/statements`.
    pub writes: NonZeroU32,
    /// `POST /token`.
    pub tokens: NonZeroU32,
    /// `GET /v1/status/{n}?time=`.
    pub past: NonZeroU32,
}

/// How statements are gathered.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SequencerConfig {
    /// Statements in one commit at most.
    pub batch: usize,
    /// Statements that wait at most; beyond, callers are told to come back.
    pub queue: usize,
}

/// A witness (C2SP tlog-witness).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessConfig {
    /// The submission prefix; `/add-checkpoint` follows it.
    pub url: String,
    /// The witness's key, in vkey form.
    pub vkey: String,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// The file is not TOML, or has a member that does not exist.
    #[error("{0}: {1}")]
    Malformed(String, String),
}

impl Default for Config {
    fn default() -> Self {
        Config {
            issuer: None,
            status_ttl: 60,
            status_lifetime: 24 * 60 * 60,
            ticket_lifetime: 30 * 24 * 60 * 60,
            bearer_lifetime: 10 * 60,
            page: NonZeroU32::new(500).unwrap_or(NonZeroU32::MIN),
            stop_within: 10,
            head_within: NonZeroU32::new(30).unwrap_or(NonZeroU32::MIN),
            body_within: NonZeroU32::new(120).unwrap_or(NonZeroU32::MIN),
            event_streams: NonZeroU32::new(16).unwrap_or(NonZeroU32::MIN),
            behind_proxy: false,
            rate_limits: RateLimits::default(),
            sequencer: SequencerConfig::default(),
            witnesses: Vec::new(),
        }
    }
}

/// 120 slot requests, 600 writes, 120 token requests and 60 looks into the past: a family behind one address never meets them.
impl Default for RateLimits {
    fn default() -> Self {
        let per_minute = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        RateLimits {
            slots: per_minute(120),
            writes: per_minute(600),
            tokens: per_minute(120),
            past: per_minute(60),
        }
    }
}

impl Default for SequencerConfig {
    fn default() -> Self {
        SequencerConfig {
            batch: 1024,
            queue: 16_384,
        }
    }
}

impl Config {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Io(shown.clone(), e))?;
        toml::from_str(&text).map_err(|e| ConfigError::Malformed(shown, e.message().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_in_the_operators_guide_is_a_configuration() {
        let guide = include_str!("../../../docs/operations/verifier.md");
        let (_, example) = guide.split_once("```toml\n").unwrap();
        let (example, _) = example.split_once("```").unwrap();
        let config: Config = toml::from_str(example).unwrap();
        let default = Config::default();
        assert_eq!(config.witnesses.len(), 1);
        assert_eq!(
            [config.status_ttl, config.status_lifetime],
            [default.status_ttl, default.status_lifetime]
        );
        assert_eq!(
            [config.ticket_lifetime, config.bearer_lifetime],
            [default.ticket_lifetime, default.bearer_lifetime]
        );
        assert_eq!(config.sequencer.queue, default.sequencer.queue);
        assert_eq!(config.rate_limits.past, default.rate_limits.past);
    }
}
