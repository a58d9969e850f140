//! Seeds that are made: receipts and tiles of a small log, a signed registry, API bodies, proofs of who calls.

use std::{fs, path::Path};

use consent_token::{
    id::{Digest, Jti},
    request::Link,
};
use protocol::{
    Entry, Problem, Registry, Slot, UnixMillis,
    api::{GrantRequest, Receipt, SlotTicket, SlotsRequest, SlotsResponse, Uploaded},
    problem::Code,
    registry::{Agency, AgencyKind, AgencyStatus, JwkSet, RegistryKey},
};
use serde_json::{Value, json};
use status_list::{Bits, Encoded, StatusList, StatusListClaims};
use transparency_log::{
    Checkpoint, HashTree, SignedNote, TileId, TlogProof, TreeHead, leaf_hash, note::Cosigner,
    prove_inclusion, tiles_for_root, witness,
};
use vault_crypto::Record;

use crate::{
    forge::{NOW, agency, holder},
    log::log_signer,
    status,
};

/// The seeds of a target that no vector is for.
pub(super) fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "entry" => entries().iter().map(Entry::to_canonical).collect(),
        "receipt" => proofs(),
        "registry" => registries(),
        "bodies" => bodies(),
        "dpop" => vec![text(&dpop())],
        "client_assertion" => vec![text(&assertion())],
        "status_token" => lists(),
        "tiles" => vec![edge(5), edge(300)],
        "witness_answer" => answers(),
        _ => Vec::new(),
    }
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn json_of(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain JSON")
}

/// The witness of the seeds.
///
/// # Panics
/// Never: its name is a key name.
#[must_use]
pub fn witness() -> Cosigner {
    Cosigner::from_seed("witness.example/w1", &[8; 32]).expect("a key name")
}

fn entries() -> Vec<Entry> {
    let (at, digest) = (UnixMillis(NOW.as_i64() * 1000), Digest::of(b"a token"));
    let status = |exp, status| Entry::Status {
        at,
        digest,
        exp,
        slot: Slot(0, 4711),
        status,
        v: 1,
    };
    vec![
        status(Some(NOW.plus(86_400).as_i64()), 0),
        status(None, 1),
        Entry::Act {
            at,
            digest: Digest::of(b"an act"),
            v: 1,
        },
    ]
}

/// The log of the three entries, and some more after them.
fn log(size: usize) -> (HashTree, Vec<Vec<u8>>, SignedNote) {
    let leaves: Vec<Vec<u8>> = entries()
        .iter()
        .map(Entry::to_canonical)
        .cycle()
        .take(size)
        .collect();
    let mut tree = HashTree::new();
    leaves.iter().for_each(|leaf| tree.push(leaf_hash(leaf)));
    let signer = log_signer();
    let note =
        Checkpoint::new(signer.name(), tree.head()).and_then(|checkpoint| checkpoint.sign(&signer));
    (tree, leaves, note.expect("the signer's name is the origin"))
}

/// Receipts of a small log.
pub(super) fn proofs() -> Vec<Vec<u8>> {
    let (tree, leaves, note) = log(7);
    let proof = |(index, leaf): (u64, &Vec<u8>)| {
        let hashes = prove_inclusion(&tree, tree.size(), index).expect("it is in the tree");
        TlogProof::with_extra(leaf.clone(), index, hashes, note.clone())
            .expect("a proof")
            .to_string()
            .into_bytes()
    };
    (0..).zip(&leaves).map(proof).collect()
}

/// Size, root and right edge of a tree.
fn edge(size: u16) -> Vec<u8> {
    let (tree, ..) = log(usize::from(size));
    let tile = |tile: TileId| tile.data(&tree).expect("it is in the tree");
    let tiles = tiles_for_root(size.into()).into_iter().flat_map(tile);
    size.to_be_bytes()
        .into_iter()
        .chain(tree.root())
        .chain(tiles)
        .collect()
}

/// Checkpoints as they are, or as a witness is sent them.
pub(super) fn requests_or(target: &str, notes: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let (_, _, own) = log(7);
    let own = own.to_string();
    if target == "checkpoint" {
        return notes.into_iter().chain([own.into_bytes()]).collect();
    }
    let note: SignedNote = own.parse().expect("a note");
    let sent = |old, proof: &[_]| {
        witness::add_checkpoint_request(old, proof, &note)
            .expect("a request")
            .into_bytes()
    };
    vec![sent(0, &[]), sent(3, &[[1; 32], [2; 32]])]
}

fn answers() -> Vec<Vec<u8>> {
    let signer = log_signer();
    let empty = Checkpoint::new(signer.name(), TreeHead::EMPTY)
        .and_then(|checkpoint| checkpoint.sign(&signer));
    let line = witness()
        .cosign(
            &empty.expect("the signer's name is the origin"),
            1_800_000_000,
        )
        .expect("a checkpoint");
    let line = format!("{line}\n");
    let answer = |choice: u8, body: &str| [&[choice], body.as_bytes()].concat();
    vec![answer(0, &line), answer(1, "17\n"), answer(2, "")]
}

/// Both kinds of link.
pub(super) fn links(requests: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let client_id = || {
        "https://fire.riverton.example"
            .parse()
            .expect("an agency id")
    };
    let uri = "https://fire.riverton.example/requests/1"
        .parse()
        .expect("an address");
    let inline = requests.iter().take(3).map(|request| {
        let request = String::from_utf8_lossy(request).into_owned();
        Link::Inline {
            client_id: client_id(),
            request,
        }
    });
    let all = inline.chain([Link::ByReference {
        client_id: client_id(),
        request_uri: uri,
    }]);
    all.map(|link| link.to_string().into_bytes()).collect()
}

fn registries() -> Vec<Vec<u8>> {
    let fire = Agency {
        id: "https://fire.riverton.example"
            .parse()
            .expect("an agency id"),
        name: "Riverton Fire".into(),
        names: [("cy".to_owned(), "Tân Riverton".to_owned())].into(),
        kind: AgencyKind::Fire,
        status: AgencyStatus::Active,
        jwks: JwkSet {
            keys: vec![RegistryKey::signing(&agency().public())],
        },
        contact: None,
        privacy_url: None,
        obligations: None,
    };
    let mut registry = Registry {
        iss: "https://verifier.example".into(),
        iat: NOW,
        serial: 3,
        agencies: vec![fire.clone()],
        circles: Vec::new(),
        auditors: Vec::new(),
    };
    let plain = json_of(&registry);
    registry.agencies = vec![fire.with_successor(&agency(), &holder())];
    let mut full = serde_json::to_value(&registry).expect("plain JSON");
    full["circles"] = json!([{"id": "circle:river", "name": "River", "tiers": [{"tier": 0, "datatypes": ["home.address"]}],
        "members": [{"agency": "https://fire.riverton.example", "tiers": [0]}]}]);
    full["auditors"] =
        json!([{"id": "https://audit.example", "name": "Audit", "jwks": {"keys": []}}]);
    vec![plain, text(&full)]
}

fn bodies() -> Vec<Vec<u8>> {
    let (grant, proof) = (
        Jti::from_bytes([1; 16]),
        String::from_utf8(proofs().remove(0)).expect("a text"),
    );
    let replaced = Box::new(Receipt {
        grant,
        status: 1,
        index: 4,
        proof: proof.clone(),
        replaced: None,
    });
    let slot = SlotTicket {
        uri: status::URI.into(),
        idx: 7,
        ticket: "AAAA".into(),
        exp: NOW,
    };
    vec![
        json_of(&SlotsRequest { count: 8 }),
        json_of(&SlotsResponse { slots: vec![slot] }),
        json_of(&GrantRequest {
            token: "a.b.c".into(),
            ticket: "t".into(),
            replaces: Some("d.e.f".into()),
        }),
        json_of(&Receipt {
            grant,
            status: 0,
            index: 5,
            proof: proof.clone(),
            replaced: Some(replaced),
        }),
        json_of(&Problem::new(
            Code::StaleStatement,
            Some("seq 3 is not above 3".into()),
        )),
        text(&json!({"statement": "a.b.c"})),
        text(&json!({"grant": grant, "status": 2, "state": "suspended",
            "history": [{"jws": "a.b.c", "at": 1_800_000_000_000_i64, "index": 1, "proof": proof}]})),
        text(
            &json!({"grants": [{"grant": grant, "token": "a.b.c", "status": 0, "index": 1}], "next": 1}),
        ),
        text(&json!({"statements": [{"index": 1, "jws": "a.b.c"}]})),
        text(
            &json!({"active": true, "aud": "https://fire.riverton.example", "authorization_details": [{}]}),
        ),
        text(&json!({"access_token": "a.b", "token_type": "Bearer", "expires_in": 600})),
        text(&json!({"offers": ["a.b.c"]})),
        text(&json!({"index": 3, "at": 1_800_000_000_000_i64, "grant": grant, "act": "revoke", "status": 1, "jws": "a.b.c"})),
        json_of(&Uploaded {
            digest: Digest::of(b"x"),
            size: 300,
        }),
    ]
}

fn dpop() -> Value {
    json!({"jti": "AAAA", "htm": "GET", "htu": "https://verifier.example/v1/grants/x", "iat": NOW.as_i64()})
}

fn assertion() -> Value {
    json!({"iss": "https://fire.riverton.example", "sub": "https://fire.riverton.example", "aud": ["https://verifier.example"],
        "jti": "AAAA", "iat": NOW.as_i64(), "exp": NOW.as_i64() + 60})
}

fn lists() -> Vec<Vec<u8>> {
    let list = |len| StatusList::new(Bits::Two, len, 3).expect("3 fits in two bits");
    let claims = |list: &StatusList| StatusListClaims {
        iss: Some("https://verifier.example".into()),
        sub: status::URI.into(),
        iat: NOW.as_i64() - 30,
        exp: NOW.as_i64() + 86_400,
        ttl: Some(60),
        status_list: Encoded::new(list),
    };
    vec![
        json_of(&claims(&list(1 << 20))),
        json_of(&claims(&list(1 << 10))),
    ]
}

/// A file of the sample county.
pub(super) fn resident(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/county/residents");
    fs::read(folder.join(name)).unwrap_or_default()
}

/// Profiles and paths.
pub(super) fn profiles() -> Vec<Vec<u8>> {
    let profile = json!({
        "identity.name": {"text": "Mared Llwyd"},
        "contact.phone": [{"number": "+44 7700 900481", "uses": ["mobile"], "preferred": true}],
        "health.allergies": [{"text": "No known allergies", "absent": "none-known"}],
        "home.geo": {"lat": 51.5, "lon": -3.2},
        "needs.power_dependent": [{"code": "04"}]
    });
    let paths = ["home.address", "documents.care-plan", "needs.mobility"]
        .map(|path| path.as_bytes().to_vec());
    [text(&profile)].into_iter().chain(paths).collect()
}

/// Laid-out records.
pub(super) fn records() -> Vec<Vec<u8>> {
    let record =
        |kind, key, value: &[u8]| Record::encode(kind, key, value).expect("within the limits");
    vec![
        record("profile", "contact.phone", b"\"555-0100\""),
        record("k", "", b""),
        record("grant", "x", &[7; 300]),
    ]
}

/// The bytes of a manifest (docs/spec/vault-format.md, section 7): rows, next row, two digests, the commit.
pub(super) fn manifests() -> Vec<Vec<u8>> {
    let number = |number: u64| number.to_be_bytes().to_vec();
    let all = [number(3), number(259), vec![0x55; 64], number(5)].concat();
    vec![
        all.clone(),
        all.get(8..).unwrap_or_default().to_vec(),
        vec![1; 65],
    ]
}
