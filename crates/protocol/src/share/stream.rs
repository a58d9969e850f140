//! HPKE contexts of either suite, for messages that follow each other (RFC 9180 section 5.2). The context
//! counts: a message that is moved, repeated or left out does not open.

use hpke::kem::{X25519HkdfSha256, XWing};
use zeroize::Zeroizing;

use super::{ShareError, suite};

/// Seals messages in order.
pub(super) enum Sealing {
    X25519(suite::Sealing<X25519HkdfSha256>),
    XWing(suite::Sealing<XWing>),
}

/// Opens messages in order.
pub(super) enum Opening {
    X25519(suite::Opening<X25519HkdfSha256>),
    XWing(suite::Opening<XWing>),
}

impl Sealing {
    pub(super) fn seal(&mut self, plain: &[u8], aad: &[u8]) -> Result<Vec<u8>, ShareError> {
        let sealed = match self {
            Sealing::X25519(context) => context.seal(plain, aad),
            Sealing::XWing(context) => context.seal(plain, aad),
        };
        sealed.map_err(|_| ShareError::Key)
    }
}

impl Opening {
    pub(super) fn open(
        &mut self,
        sealed: &[u8],
        aad: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, ShareError> {
        let plain = match self {
            Opening::X25519(context) => context.open(sealed, aad),
            Opening::XWing(context) => context.open(sealed, aad),
        };
        plain.map(Zeroizing::new).map_err(|_| ShareError::Forged)
    }
}
