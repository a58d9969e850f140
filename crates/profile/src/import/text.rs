//! From bytes to text: size bound, byte order marks, line ends, and encodings that old programs write.

use super::{ImportError, MAX_INPUT};

/// The text of a file: UTF-8, UTF-16, and otherwise Windows-1252, which has ISO 8859-1 in it. Lines end in `\n` or `\r\n`.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    if bytes.len() > MAX_INPUT {
        return Err(ImportError::TooLarge);
    }
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Without a mark: every format here begins with a character of ASCII.
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, 1..=0x7F, 0, 1..=0x7F, ..] => utf16(bytes, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8(unfolded(bytes)).unwrap_or_else(|_| windows_1252(bytes)),
        },
    };
    if text.trim().is_empty() {
        Err(ImportError::Empty)
    } else if text.contains('\r') && !text.contains('\n') {
        Ok(text.replace('\r', "\n"))
    } else {
        Ok(text)
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok().map(unit))
        .collect();
    String::from_utf16_lossy(&units)
}

/// The lines of a card as they were before folding, which some programs do in the middle of a character.
fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        rest = match rest {
            [b'\r', b'\n', b' ' | b'\t', next @ ..] | [b'\n', b' ' | b'\t', next @ ..] => next,
            _ => {
                whole.push(first);
                after
            }
        };
    }
    whole
}

/// Every byte as a character of Windows-1252 (WHATWG Encoding, "windows-1252").
pub(super) fn windows_1252(bytes: &[u8]) -> String {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let character = |&byte: &u8| {
        let own = usize::from(byte)
            .checked_sub(0x80)
            .and_then(|at| FROM_0X80.get(at));
        own.copied().unwrap_or(char::from(byte))
    };
    bytes.iter().map(character).collect()
}
