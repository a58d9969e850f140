//! Real processes over real HTTP.
