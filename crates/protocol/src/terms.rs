//! The words that version 1 of the protocol knows: purposes (section 10) and data paths (section 9).

use consent_token::token::Terms;

/// The terms of this version, taken from the profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Version1;

impl Terms for Version1 {
    fn knows_purpose(&self, code: &str) -> bool {
        profile::purpose(code).is_some()
    }

    fn knows_path(&self, path: &str) -> bool {
        path.parse::<profile::Path>().is_ok()
    }
}
