//! Base64url without padding, strictly (RFC 4648 section 5, RFC 7515 section 2): no padding, no
//! white space, no stray bits in the last character.

use std::fmt;

use base64::Engine as _;
use base64::display::Base64Display;
use base64::engine::general_purpose::{GeneralPurpose, URL_SAFE_NO_PAD};

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod wide {
    use std::sync::LazyLock;

    use base64::engine::Simd;
    use base64::engine::general_purpose::NO_PAD;

    /// The same encoding by vector instructions where the processor has them.
    pub(super) static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::url_safe(NO_PAD));
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn push(bytes: &[u8], text: &mut String) {
    URL_SAFE_NO_PAD.encode_string(bytes, text);
}

pub(crate) fn display(bytes: &[u8]) -> Base64Display<'_, 'static, GeneralPurpose> {
    Base64Display::new(bytes, &URL_SAFE_NO_PAD)
}

pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    return wide::ENGINE.decode(text).ok();
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return URL_SAFE_NO_PAD.decode(text).ok();
}

/// Decodes exactly `N` bytes; a text of any other length is `None`.
pub(crate) fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
    (length == N).then_some(bytes)
}

pub(crate) fn write(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(&display(bytes), f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_decoded() {
        let bytes: [u8; 16] = std::array::from_fn(|n| (n * 17) as u8);
        assert_eq!(decode_array(&encode(&bytes)), Some(bytes));
        assert_eq!(decode(&encode(&bytes)), Some(bytes.to_vec()));
    }

    #[test]
    fn only_one_text_stands_for_some_bytes() {
        let text = encode(&[0; 16]);
        assert_eq!(
            decode_array::<16>("AAAAAAAAAAAAAAAAAAAAAB"),
            None,
            "stray bits"
        );
        assert_eq!(decode_array::<16>(&format!("{text}==")), None, "padding");
        assert_eq!(decode_array::<16>(&text[1..]), None, "too short");
        assert_eq!(decode_array::<15>(&text), None, "too long");
        for bad in ["A A", "AA\n", "AA=", "A+A", "A/A", "A", "Aé"] {
            assert_eq!(decode(bad), None, "{bad:?}");
        }
    }
}
