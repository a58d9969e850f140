//! Our signature verdict against `verify_strict` and the official edge cases: C2SP/CCTV,
//! ed25519-speccheck, Wycheproof, RFC 8032, and mutations of good signatures.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test that panics has failed"
)]

use std::fs;
use std::path::Path;

use consent_token::key::{PublicKey, SigningKey};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;

/// Mutations tried; `ASSENT_MUTATIONS=1000000` for the long run.
const MUTATIONS: u64 = 20_000;

fn ours(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    PublicKey::from_bytes(key).is_ok_and(|key| key.verify(message, signature).is_ok())
}

fn strict(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

/// Our verdict, after it was found to be the strict one.
fn verdict(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let verdict = ours(key, message, signature);
    assert_eq!(
        verdict,
        strict(key, message, signature),
        "key {key:02x?} signature {signature:02x?}"
    );
    verdict
}

fn unhex<const N: usize>(value: &Value) -> [u8; N] {
    bytes(value.as_str().unwrap()).try_into().unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Official vectors that are not part of the repository; without them the test says so and skips.
fn shared(name: &str) -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/vectors/ed25519")
        .join(name);
    if path.exists() {
        return Some(serde_json::from_slice(&fs::read(path).unwrap()).unwrap());
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "{} is absent",
        path.display()
    );
    eprintln!("skipped: {} is absent", path.display());
    None
}

#[test]
fn cctv_accepts_43_of_914() {
    let Some(cases) = shared("cctv.json") else {
        return;
    };
    let verdicts = cases.iter().filter(|case| {
        let message = case["msg"].as_str().unwrap().as_bytes();
        verdict(&unhex(&case["key"]), message, &unhex(&case["sig"]))
    });
    let accepted: Vec<u64> = verdicts
        .map(|case| case["number"].as_u64().unwrap())
        .collect();
    assert_eq!((cases.len(), accepted.len()), (914, 43));
    assert_eq!(accepted, CCTV_ACCEPTED);
}

#[test]
fn speccheck_verdicts() {
    let Some(cases) = shared("speccheck.json") else {
        return;
    };
    let verdicts = cases.iter().map(|case| {
        let message = bytes(case["message"].as_str().unwrap());
        verdict(
            &unhex(&case["pub_key"]),
            &message,
            &unhex(&case["signature"]),
        )
    });
    // Number 3 alone holds without the cofactor, and has no point of small order.
    let expected: Vec<bool> = (0..12).map(|number| number == 3).collect();
    assert_eq!(verdicts.collect::<Vec<_>>(), expected);
}

#[test]
fn wycheproof_verdicts() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let mut tried = 0;
    for group in set.test_groups {
        let key: [u8; 32] = group.key.pk.as_ref().try_into().unwrap();
        for test in group.tests {
            let signature: Result<[u8; 64], _> = test.sig.as_ref().try_into();
            let accepted = signature.is_ok_and(|signature| verdict(&key, &test.msg, &signature));
            assert_eq!(
                accepted,
                !test.result.must_fail(),
                "case {}: {}",
                test.tc_id,
                test.comment
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 151);
}

/// A small generator of numbers (SplitMix64), so that a failure can be had again.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }
}

#[test]
fn mutations_get_the_strict_verdict() {
    let count = std::env::var("ASSENT_MUTATIONS").map_or(MUTATIONS, |count| count.parse().unwrap());
    let odd = odd_encodings();
    let (mut numbers, mut accepted) = (Numbers(8032), 0);
    for round in 0..count {
        let signer = SigningKey::from_seed([u8::try_from(round % 7).unwrap(); 32]);
        let (mut key, message) = (*signer.public().as_bytes(), round.to_le_bytes());
        let mut signature = signer.sign(&message);
        match numbers.below(6) {
            0 => {}
            1 => key = odd[numbers.below(odd.len())],
            2 => signature[..32].copy_from_slice(&odd[numbers.below(odd.len())]),
            3 => {
                key = odd[numbers.below(odd.len())];
                signature[..32].copy_from_slice(&odd[numbers.below(odd.len())]);
                signature[32..].fill(0);
            }
            4 => key[numbers.below(32)] ^= 1 << numbers.below(8),
            _ => signature[numbers.below(64)] ^= 1 << numbers.below(8),
        }
        accepted += u64::from(verdict(&key, &message, &signature));
    }
    assert!(
        accepted > count / 8,
        "the untouched ones are good: {accepted} of {count}"
    );
}

/// Encodings of small order, canonical and not, with either sign, and those next to the prime.
fn odd_encodings() -> Vec<[u8; 32]> {
    let order_8 = [
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    ];
    let mut encodings: Vec<[u8; 32]> = order_8.map(|text| bytes(text).try_into().unwrap()).into();
    encodings
        .extend((0..=2).map(|lowest| std::array::from_fn(|n| if n == 0 { lowest } else { 0 })));
    encodings.extend((0xea..=0xff).map(|lowest| {
        std::array::from_fn(|n| match n {
            0 => lowest,
            31 => 0x7f,
            _ => 0xff,
        })
    }));
    let negative = encodings.clone().into_iter().map(|mut encoding| {
        encoding[31] |= 0x80;
        encoding
    });
    encodings.extend(negative.collect::<Vec<_>>());
    encodings
}

/// RFC 8032 section 7.1: seed, public key, message, signature.
const RFC_8032: [[&str; 4]; 4] = [
    [
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
    [
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ],
    [
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ],
];

#[test]
fn rfc_8032_examples() {
    for [seed, public, message, signature] in RFC_8032 {
        let key = SigningKey::from_seed(bytes(seed).try_into().unwrap());
        assert_eq!(key.public().as_bytes().as_slice(), bytes(public));
        assert_eq!(key.sign(&bytes(message)).as_slice(), bytes(signature));
        assert!(verdict(
            key.public().as_bytes(),
            &bytes(message),
            &bytes(signature).try_into().unwrap()
        ));
    }
}

/// The numbers of the CCTV cases that are good; all others are refused.
const CCTV_ACCEPTED: [u64; 43] = [
    7, 29, 50, 117, 139, 161, 182, 249, 305, 411, 425, 438, 465, 473, 481, 489, 497, 511, 525, 538,
    565, 573, 581, 589, 597, 611, 625, 638, 665, 673, 681, 689, 697, 711, 725, 738, 765, 773, 781,
    789, 797, 832, 899,
];
