use super::*;

const TOKEN: &str = "header.payload.signature";
const ISSUED: UnixSeconds = UnixSeconds::new(1_790_000_000).unwrap();

fn keys() -> [KemSecret; 2] {
    [
        KemSecret::derive_x25519(&Zeroizing::new([1; 32])),
        KemSecret::derive_xwing(&Zeroizing::new([2; 32])),
    ]
}

fn share() -> Share {
    let fields =
        serde_json::json!({"identity.name": {"formatted": "Mared Llwyd"}, "home.key_safe": null});
    Share::new(3, fields.as_object().cloned().unwrap(), ISSUED)
}

fn sealed(key: &KemSecret) -> Envelope {
    share().seal(TOKEN, key.public(), &[7; 64]).unwrap()
}

#[test]
fn what_is_sealed_opens_for_its_key_and_token_alone() {
    for key in keys() {
        let envelope = Envelope::parse(&sealed(&key).to_bytes()).unwrap();
        let others = keys().into_iter().filter(|other| other.kem() != key.kem());
        let others: Vec<KemSecret> = others.collect();
        assert_eq!(
            envelope.open(TOKEN, &others).unwrap_err(),
            ShareError::OtherRecipient
        );
        let stranger = match key.kem() {
            32 => KemSecret::derive_x25519(&Zeroizing::new([9; 32])),
            _ => KemSecret::derive_xwing(&Zeroizing::new([9; 32])),
        };
        let claimed = Envelope {
            kid: stranger.thumbprint().to_string(),
            ..envelope.clone()
        };
        assert_eq!(
            claimed.open(TOKEN, &[stranger]).unwrap_err(),
            ShareError::Forged
        );
        let key = [key];
        assert_eq!(envelope.open(TOKEN, &key).unwrap(), share());
        assert_eq!(
            envelope.open("another.token.x", &key).unwrap_err(),
            ShareError::Forged
        );
    }
}

#[test]
fn a_changed_or_cut_envelope_is_refused() {
    for key in keys() {
        let envelope = sealed(&key);
        let key = [key];
        for part in ["enc", "ct"] {
            let mut json = serde_json::to_value(&envelope).unwrap();
            let text = json[part].as_str().unwrap().to_owned();
            let flipped = if text.starts_with('A') { "B" } else { "A" };
            json[part] = format!("{flipped}{}", &text[1..]).into();
            let forged = Envelope::parse(&serde_json::to_vec(&json).unwrap());
            assert!(
                forged.and_then(|forged| forged.open(TOKEN, &key)).is_err(),
                "{part} changed"
            );
            json[part] = text[..text.len() / 2].into();
            let cut = Envelope::parse(&serde_json::to_vec(&json).unwrap());
            assert!(
                cut.and_then(|cut| cut.open(TOKEN, &key)).is_err(),
                "{part} cut"
            );
        }
        let bytes = envelope.to_bytes();
        for end in 0..bytes.len() {
            assert!(Envelope::parse(&bytes[..end]).is_err());
        }
        let swapped = Envelope {
            ct: sealed(&key[0]).enc,
            ..envelope
        };
        assert!(
            Envelope::parse(&swapped.to_bytes())
                .and_then(|e| e.open(TOKEN, &key))
                .is_err()
        );
    }
}

#[test]
fn an_envelope_of_another_kind_is_refused() {
    let good = serde_json::to_value(sealed(&keys()[0])).unwrap();
    for (member, value) in [
        ("v", 2.into()),
        ("kem", 16.into()),
        ("kem", 25722.into()),
        ("kid", "short".into()),
        ("note", "unknown".into()),
    ] {
        let mut json = good.clone();
        json[member] = value;
        let bytes = serde_json::to_vec(&json).unwrap();
        assert_eq!(
            Envelope::parse(&bytes).unwrap_err(),
            ShareError::Malformed,
            "{member}"
        );
    }
    assert_eq!(
        Envelope::parse(&vec![b' '; MAX_BYTES + 1]).unwrap_err(),
        ShareError::TooLarge
    );
}

#[test]
fn a_share_that_is_too_large_is_not_sealed() {
    let fields = serde_json::json!({"home.access": "x".repeat(MAX_BYTES)});
    let share = Share::new(1, fields.as_object().cloned().unwrap(), ISSUED);
    let key = &keys()[0];
    assert_eq!(
        share.seal(TOKEN, key.public(), &[0; 64]).unwrap_err(),
        ShareError::TooLarge
    );
}

#[test]
fn the_largest_share_that_is_sealed_fits_to_the_byte() {
    for key in &keys() {
        let share = |size: usize| {
            let fields = serde_json::json!({"home.access": "x".repeat(size)});
            Share::new(1, fields.as_object().cloned().unwrap(), ISSUED)
        };
        let sizes: Vec<usize> = (0..MAX_BYTES).step_by(1 << 12).collect();
        let fits = sizes.partition_point(|size| !share(*size).is_too_large(key.public()));
        let sealed = share(sizes[fits - 1]).seal(TOKEN, key.public(), &[0; 64]);
        let bytes = sealed.unwrap().to_bytes().len();
        // Sizes are padded in steps: a step more would be over.
        assert!(
            (MAX_BYTES - (1 << 15) * 4 / 3..=MAX_BYTES).contains(&bytes),
            "{bytes}"
        );
    }
}

#[test]
fn sizes_tell_little() {
    let key = &keys()[0];
    let sizes = (0..50).map(|extra| {
        let fields = serde_json::json!({"home.access": "x".repeat(2000 + extra)});
        let share = Share::new(1, fields.as_object().cloned().unwrap(), ISSUED);
        share.seal(TOKEN, key.public(), &[0; 64]).unwrap().ct.len()
    });
    assert!(sizes.collect::<std::collections::BTreeSet<_>>().len() <= 2);
}

#[test]
fn more_or_fewer_fields_are_refused() {
    let share = share();
    assert!(
        share
            .expect_fields(["home.key_safe", "identity.name"])
            .is_ok()
    );
    for paths in [
        &["identity.name"][..],
        &["identity.name", "home.key_safe", "home.pets"],
    ] {
        let refused = share.expect_fields(paths.iter().copied());
        assert_eq!(refused.unwrap_err(), ShareError::OtherFields);
    }
}

#[test]
fn a_key_reads_back_from_the_registry_and_the_hybrid_one_is_preferred() {
    let jwks = JwkSet {
        keys: keys().iter().map(|key| key.public().to_jwk()).collect(),
    };
    assert_eq!(KemKey::preferred(&jwks).unwrap().unwrap().kem(), 25722);
    for (key, jwk) in keys().iter().zip(&jwks.keys) {
        assert_eq!(KemKey::from_jwk(jwk).unwrap().as_ref(), Some(key.public()));
        let mut broken = jwk.clone();
        broken
            .parameters
            .insert("kid".into(), "someone else".into());
        assert_eq!(KemKey::from_jwk(&broken), Err(KeyError));
    }
    assert_eq!(KemKey::preferred(&JwkSet::default()), Ok(None));
}

/// RFC 7638's rules on the X25519 key of RFC 8037 appendix A.6.
#[test]
fn the_thumbprint_hashes_the_required_members_in_order() {
    let jwk = serde_json::json!({"kty": "OKP", "crv": "X25519", "x": "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08", "kid": "Bob"});
    let mut jwk: RegistryKey = serde_json::from_value(jwk).unwrap();
    assert_eq!(KemKey::from_jwk(&jwk), Err(KeyError));
    jwk.parameters.remove("kid");
    let key = KemKey::from_jwk(&jwk).unwrap().unwrap();
    let hashed =
        br#"{"crv":"X25519","kty":"OKP","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"}"#;
    assert_eq!(key.thumbprint().as_bytes(), Digest::of(hashed).as_bytes());
}

use crate::registry::{JwkSet, RegistryKey};

/// RFC 9180 appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode, sequence number 0.
#[test]
fn the_rfcs_own_example_comes_out_byte_for_byte() {
    let hex = |text: &str| -> Vec<u8> {
        let pairs = text.as_bytes().chunks(2);
        pairs
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    };
    let ikm = hex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df");
    let key = KemSecret::derive_x25519(&Zeroizing::new(ikm.try_into().unwrap()));
    let mut randomness = [0; 64];
    randomness[..32].copy_from_slice(&hex(
        "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b",
    ));
    let (info, aad) = (
        hex("4f6465206f6e2061204772656369616e2055726e"),
        hex("436f756e742d30"),
    );
    let plain = hex("4265617574792069732074727574682c20747275746820626561757479");
    let (enc, ct) = key.public().seal(&info, &aad, &plain, &randomness).unwrap();
    assert_eq!(
        enc,
        hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    );
    assert_eq!(
        ct,
        hex(
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
        )
    );
    assert_eq!(*key.open(&info, &aad, &enc, &ct).unwrap(), plain);
}

fn hex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// RFC 9180 appendix A.2.1.1: messages that follow each other in one context, as an attachment's chunks do.
#[test]
fn the_rfcs_own_sequence_comes_out_byte_for_byte_and_opens_in_order_only() {
    let ikm = hex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df");
    let key = KemSecret::derive_x25519(&Zeroizing::new(ikm.try_into().unwrap()));
    let mut randomness = [0; 64];
    randomness[..32].copy_from_slice(&hex(
        "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b",
    ));
    let info = hex("4f6465206f6e2061204772656369616e2055726e");
    let plain = hex("4265617574792069732074727574682c20747275746820626561757479");
    let sealed = [
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
        "6b53c051e4199c518de79594e1c4ab18b96f081549d45ce015be002090bb119e85285337cc95ba5f59992dc98c",
        "71146bd6795ccc9c49ce25dda112a48f202ad220559502cef1f34271e0cb4b02b4f10ecac6f48c32f878fae86b",
    ];
    let (enc, mut context) = key.public().start_sealing(&info, &randomness).unwrap();
    for (nr, expected) in sealed.iter().enumerate() {
        let aad = format!("Count-{nr}");
        assert_eq!(context.seal(&plain, aad.as_bytes()).unwrap(), hex(expected));
    }
    let mut context = key.start_opening(&info, &enc).unwrap();
    assert_eq!(
        context.open(&hex(sealed[1]), b"Count-1").unwrap_err(),
        ShareError::Forged
    );
    for (nr, sealed) in sealed.iter().enumerate() {
        let aad = format!("Count-{nr}");
        assert_eq!(*context.open(&hex(sealed), aad.as_bytes()).unwrap(), plain);
    }
}

/// The X-Wing draft's own vectors (appendix C): keys and decapsulation of the KEM that shares use.
#[test]
fn the_x_wing_drafts_vectors_hold() {
    use hpke::{Deserializable, Kem, Serializable, kem::XWing};
    let file = include_str!("../../../../tests/vectors/hpke/x-wing.json");
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    for vector in file["vectors"].as_array().unwrap() {
        let bytes = |name: &str| hex(vector[name].as_str().unwrap());
        let secret = <XWing as Kem>::PrivateKey::from_bytes(&bytes("sk")).unwrap();
        let public = XWing::sk_to_pk(&secret);
        assert_eq!(public.to_bytes().to_vec(), bytes("pk"));
        let enc = <XWing as Kem>::EncappedKey::from_bytes(&bytes("ct")).unwrap();
        let shared = XWing::decap(&secret, None, &enc).unwrap();
        assert_eq!(shared.0.to_vec(), bytes("ss"));
    }
}
