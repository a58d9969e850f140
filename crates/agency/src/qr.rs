//! A link as a QR code: a PNG to print, and half blocks for a terminal.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode, render::unicode::Dense1x2};

/// Pixels of a printed code at least, on each side.
const PIXELS: u32 = 720;

/// Why there is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QrError {
    /// The link is longer than a QR code holds (2,953 bytes): put the request at an address and link to that.
    #[error("the link is too long for a QR code")]
    TooLong,
    /// The picture could not be written.
    #[error("the QR code could not be drawn")]
    Picture,
}

/// The code as a PNG, with the quiet zone around it.
///
/// # Errors
/// [`QrError`].
pub fn png(link: &str) -> Result<Vec<u8>, QrError> {
    let picture = code(link)?
        .render::<Luma<u8>>()
        .min_dimensions(PIXELS, PIXELS)
        .build();
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture)
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|_| QrError::Picture)?;
    Ok(bytes.into_inner())
}

/// The code as text, two rows of it in each line; dark on light, whatever the terminal's colours.
///
/// # Errors
/// [`QrError::TooLong`].
pub fn terminal(link: &str) -> Result<String, QrError> {
    let code = code(link)?;
    let text = code
        .render::<Dense1x2>()
        .dark_color(Dense1x2::Dark)
        .light_color(Dense1x2::Light)
        .build();
    let line = |line: &str| format!("\u{1b}[97;40m{line}\u{1b}[0m\n");
    Ok(text.lines().map(line).collect())
}

/// As much error correction as the length leaves room for.
fn code(link: &str) -> Result<QrCode, QrError> {
    let level = if link.len() <= 1200 {
        EcLevel::M
    } else {
        EcLevel::L
    };
    QrCode::with_error_correction_level(link, level).map_err(|_| QrError::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_links_have_a_code_and_long_ones_are_told() {
        let png = png("assent://authorize?client_id=https%3A%2F%2Ffire.example").unwrap();
        assert!(png.starts_with(b"\x89PNG"));
        let picture = image::load_from_memory(&png).unwrap();
        assert!(picture.width() >= PIXELS && picture.width() == picture.height());
        assert!(terminal("assent://authorize").unwrap().contains('\u{2580}'));
        assert_eq!(super::png(&"x".repeat(2954)).unwrap_err(), QrError::TooLong);
        assert!(super::png(&"x".repeat(2953)).is_ok());
    }
}
