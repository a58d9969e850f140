//! Published test vectors: BIP-39 (24 words), RFC 5869, RFC 9106, and Wycheproof's for
//! XChaCha20-Poly1305 and HKDF-SHA256.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use data_encoding::HEXLOWER;
use wycheproof::{TestResult, aead, hkdf};

use crate::row::{decrypt, encrypt};
use crate::seed::hkdf_sha256;
use crate::{Nonce, NotAuthentic, RecoveryPhrase, WalletSeed};

/// The 24-word cases of the vectors that BIP-39 names (trezor/python-mnemonic, vectors.json).
const BIP39_24_WORDS: &[(&str, &str)] = &[
    (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
    ),
    (
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
        "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title",
    ),
    (
        "8080808080808080808080808080808080808080808080808080808080808080",
        "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless",
    ),
    (
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
    ),
    (
        "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
        "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length",
    ),
    (
        "9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863",
        "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash devote level hobby quick inner drive ghost inside",
    ),
    (
        "066dca1a2bb7e8a1db2832148ce9933eea0f3ac9548d793112d9a95c9407efad",
        "all hour make first leader extend hole alien behind guard gospel lava path output census museum junior mass reopen famous sing advance salt reform",
    ),
    (
        "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
        "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold",
    ),
];

fn hex<const N: usize>(text: &str) -> [u8; N] {
    HEXLOWER
        .decode(text.as_bytes())
        .unwrap()
        .try_into()
        .unwrap()
}

#[test]
fn bip39_vectors() {
    for (entropy, words) in BIP39_24_WORDS {
        let seed = WalletSeed::from_bytes(hex(entropy));
        assert_eq!(
            seed.to_phrase()
                .expose_words()
                .collect::<Vec<_>>()
                .join(" "),
            *words
        );
        assert_eq!(RecoveryPhrase::parse(words).unwrap().wallet_seed(), seed);
    }
}

/// RFC 5869 appendix A.1 and A.3; the first 32 bytes of the output do not depend on its length.
#[test]
fn rfc_5869_vectors() {
    let ikm = [0x0b; 22];
    let salt: Vec<u8> = (0..13).collect();
    let info: Vec<u8> = (0xf0..=0xf9).collect();
    let okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
    assert_eq!(hkdf_sha256(&ikm, &salt, &[&info]), hex(okm));
    assert_eq!(
        hkdf_sha256(&ikm, &salt, &[&info[..4], &info[4..]]),
        hex(okm),
        "info in parts"
    );
    let okm = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d";
    assert_eq!(hkdf_sha256(&ikm, &[], &[]), hex(okm));
}

/// RFC 9106 section 5.3.
#[test]
fn rfc_9106_argon2id_vector() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let secret = [3; 8];
    let argon = Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, params);
    let mut tag = [0; 32];
    argon
        .unwrap()
        .hash_password_into(&[1; 32], &[2; 16], &mut tag)
        .unwrap();
    assert_eq!(
        tag,
        hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")
    );
}

#[test]
fn wycheproof_xchacha20_poly1305() {
    let set = aead::TestSet::load(aead::TestName::XChaCha20Poly1305).unwrap();
    let mut run = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let (Ok(key), Ok(nonce)) = (
            <[u8; 32]>::try_from(&test.key[..]),
            Nonce::try_from(&test.nonce[..]),
        ) else {
            assert_eq!(test.result, TestResult::Invalid, "case {}", test.tc_id);
            continue;
        };
        let sealed = [&test.ct[..], &test.tag[..]].concat();
        let opened = decrypt(&key, &test.aad, &nonce, sealed.clone());
        if test.result == TestResult::Invalid {
            assert_eq!(opened, Err(NotAuthentic), "case {}", test.tc_id);
        } else {
            assert_eq!(&*opened.unwrap(), &test.pt[..], "case {}", test.tc_id);
            assert_eq!(encrypt(&key, &test.aad, &nonce, test.pt.to_vec()), sealed);
        }
        run += 1;
    }
    assert!(run > 250, "only {run} cases were run");
}

#[test]
fn wycheproof_hkdf_sha256() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha256).unwrap();
    let mut run = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if test.result == TestResult::Invalid {
            continue; // outputs longer than HKDF can give; here the output is always 32 bytes
        }
        let okm = hkdf_sha256(&test.ikm, &test.salt, &[&test.info]);
        let known = test.okm.len().min(32);
        assert_eq!(okm[..known], test.okm[..known], "case {}", test.tc_id);
        run += 1;
    }
    assert!(run > 70, "only {run} cases were run");
}
