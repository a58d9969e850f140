//! RFC 7852 blocks as one file: `multipart/mixed` (RFC 2046 section 5.1.3), a part for each block.

use agency::additional_data::Block;
use consent_token::id::Jti;

use crate::{ApiError, file::File, secret};

/// The blocks of one grant.
pub(crate) fn file(blocks: &[Block], grant: &Jti) -> Result<File, ApiError> {
    let boundary = format!("assent-{}", secret::generate_plain(24)?);
    let mut bytes = Vec::new();
    for block in blocks {
        let head = format!(
            "--{boundary}\r\nContent-Type: {}; charset=utf-8\r\nContent-Disposition: by-reference; filename=\"{}\"\r\n\r\n",
            block.media_type, block.file
        );
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(block.xml.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(File {
        media: format!("multipart/mixed; boundary={boundary}"),
        name: format!("additional-data-{grant}.mime"),
        bytes,
    })
}
