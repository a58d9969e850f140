//! What is sealed for an agency, and offers of help: envelopes, shares, handovers, attachments, offers and their rules.

use std::io;

use consent_token::{id::Digest, key::SigningKey};
use profile::{Profile, rule::Rule};
use protocol::{
    Registry,
    offer::{OFFER_TYP, Offer},
    share::{
        Envelope, Handover, Share, ShareError,
        attachment::{Attached, Reader},
    },
};
use serde_json::Value;

use crate::{
    forge::{self, NOW, agency},
    seeds::shares::{FILE, TOKEN, keys, registry},
};

/// Envelopes: what is read writes back, and what opens does so for one token and one key only.
pub(crate) fn envelope(data: &[u8]) -> bool {
    let Ok(envelope) = Envelope::parse(data) else {
        return false;
    };
    assert_eq!(
        Envelope::parse(&envelope.to_bytes()).as_ref(),
        Ok(&envelope)
    );
    assert!(envelope.open(TOKEN, &[]).is_err());
    let Ok(share) = envelope.open(TOKEN, keys()) else {
        return false;
    };
    let other = envelope.open("another.token.here", keys());
    assert_eq!(other.err(), Some(ShareError::Forged));
    fields(&share);
    true
}

/// Handovers: what is read writes back, and holds for the key that signed it over just that content.
pub(crate) fn handover(data: &[u8]) -> bool {
    let Ok(handover) = Handover::parse(data) else {
        return false;
    };
    assert_eq!(
        Handover::parse(&handover.to_bytes()).as_ref(),
        Ok(&handover)
    );
    let stranger = SigningKey::from_seed([99; 32]);
    assert!(handover.verify(&stranger.public()).is_err());
    if handover.verify(&agency().public()).is_err() {
        return false;
    }
    let mut moved = handover;
    moved.statement.push('x');
    assert_eq!(
        moved.verify(&agency().public()),
        Err(ShareError::NotTheForwarders)
    );
    true
}

/// A share in the clear, as it comes out of an envelope.
pub(crate) fn share(data: &[u8]) -> bool {
    let Ok(share) = consent_token::json::from_slice::<Share>(data) else {
        return false;
    };
    let text = serde_json::to_vec(&share).expect("what was read can be written");
    assert!(consent_token::json::from_slice::<Share>(&text).is_ok_and(|read| read == share));
    fields(&share);
    true
}

fn fields(share: &Share) {
    let paths = || share.fields.keys().map(String::as_str);
    assert_eq!(share.expect_fields(paths()), Ok(()));
    assert!(share.expect_fields(paths().chain(["not a path"])).is_err());
}

/// Attachments, cut as the first byte says: whatever opens is the file, and nothing is written past its size.
pub(crate) fn attachment(data: &[u8]) -> bool {
    let Some((cut, sealed)) = data.split_first() else {
        return false;
    };
    let attached = Attached {
        token: TOKEN,
        path: "documents.care-plan",
        digest: Digest::of(FILE),
        size: FILE.len() as u64,
    };
    let mut written = Bounded(Vec::new());
    let mut reader = Reader::new(attached, keys(), &mut written).expect("a file of that size");
    let pieces = sealed.chunks(usize::from(*cut).max(1));
    let taken = pieces
        .map(|piece| reader.take(piece))
        .all(|taken| taken.is_ok());
    let opened = taken && reader.finish().is_ok();
    assert!(!opened || written.0 == FILE);
    opened
}

/// A file that may not grow past what was promised.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        assert!(self.0.len() <= FILE.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Offers: what stands is signed by the agency that it names, now, and not for ever.
pub(crate) fn offer(data: &[u8]) -> bool {
    let key: SigningKey = agency();
    let Some(text) = forge::compact(data, OFFER_TYP, &key) else {
        return false;
    };
    let registry: Registry = registry();
    let Ok(offer) = Offer::verify(&text, &registry, NOW) else {
        return false;
    };
    let nobody = Registry {
        agencies: Vec::new(),
        ..registry.clone()
    };
    assert!(Offer::verify(&text, &nobody, NOW).is_err());
    assert!(
        Offer::verify(
            &text,
            &registry,
            NOW.plus(protocol::offer::MAX_SECONDS + 120)
        )
        .is_err()
    );
    rule_holds(&offer.rule);
    true
}

/// Rules of whom an offer is for: what is read writes back, and says yes or no about anybody.
pub(crate) fn rule(data: &[u8]) -> bool {
    let Ok(value) = consent_token::json::from_slice::<Value>(data) else {
        return false;
    };
    let Ok(rule) = Rule::parse(&value) else {
        return false;
    };
    rule_holds(&rule);
    true
}

fn rule_holds(rule: &Rule) {
    assert_eq!(Rule::parse(&rule.to_json()).as_ref(), Ok(rule));
    for day in ["0001-01-01", "2027-02-28", "2028-02-29", "9999-12-31"] {
        let _ = rule.fits(&Profile::default(), day.parse().expect("a day"));
    }
}
