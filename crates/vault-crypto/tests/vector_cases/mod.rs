//! One operation of the vault format on one JSON input: what the test vectors are made with by
//! `examples/vault_vectors.rs` and checked with by `tests/vectors.rs`.
//! Binary values are lower-case hexadecimal.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use vault_crypto::{
    Argon2Params, CostError, DeviceKey, Manifest, ManifestError, Passphrase, PassphraseError,
    PhraseError, Place, Plaintext, Record, RecordError, RecoveryPhrase, RowId, RowSet, Slot,
    SlotError, SlotId, SlotRandom, Stamp, Table, VaultId, VaultKey, WalletSeed,
    derive_holder_kem_ikm, derive_holder_signing_seed, open, seal, slots_digest,
};

/// What an operation answers: its outputs, or the code of its refusal.
type Answer = Result<Value, &'static str>;

/// Runs `operation`; the answer has the form of a vector's `expect` member.
pub(crate) fn run(operation: &str, input: &Value) -> Value {
    let answer = match operation {
        "derive_holder_keys" => derive_holder_keys(input),
        "read_phrase" => read_phrase(input),
        "prepare_passphrase" => prepare_passphrase(input),
        "seal_record" => seal_record(input),
        "open_record" => open_record(input),
        "seal_manifest" => seal_manifest(input),
        "open_manifest" => open_manifest(input),
        "wrap_slot" => wrap_slot(input),
        "open_slot" => open_slot(input),
        "digest_rows" => Ok(digest_rows(input)),
        "digest_slots" => Ok(digest_slots(input)),
        other => panic!("no such operation: {other}"),
    };
    answer.unwrap_or_else(|refusal| json!({ "refusal": refusal }))
}

fn derive_holder_keys(input: &Value) -> Answer {
    let (seed, scope) = (
        WalletSeed::from_bytes(fixed(input, "seed")),
        text(input, "scope"),
    );
    Ok(json!({
        "signing_seed": hex(derive_holder_signing_seed(&seed, scope).expose_secret()),
        "kem_ikm": hex(derive_holder_kem_ikm(&seed, scope).expose_secret()),
    }))
}

fn read_phrase(input: &Value) -> Answer {
    let phrase = RecoveryPhrase::parse(text(input, "typed")).map_err(|error| match error {
        PhraseError::WordCount { .. } => "word_count",
        PhraseError::UnknownWord { .. } => "unknown_word",
        PhraseError::Checksum => "checksum",
        _ => "other",
    })?;
    Ok(json!({ "seed": hex(phrase.wallet_seed().expose_secret()) }))
}

fn prepare_passphrase(input: &Value) -> Answer {
    let passphrase = Passphrase::new(text(input, "typed")).map_err(|error| match error {
        PassphraseError::Empty => "empty",
        PassphraseError::ControlCharacter => "control_character",
        PassphraseError::TooLong => "too_long",
        _ => "other",
    })?;
    Ok(json!({ "utf8": hex(passphrase.expose_secret().as_bytes()) }))
}

fn seal_record(input: &Value) -> Answer {
    let value = bytes(input, "value");
    let content =
        Record::encode(text(input, "kind"), text(input, "key"), &value).map_err(record_refusal)?;
    let place = place(input);
    let sealed = seal(
        &vault_key(input),
        &place,
        &fixed(input, "nonce"),
        content.clone(),
    );
    Ok(json!({
        "content": hex(&content),
        "associated_data": hex(&place.associated_data()),
        "sealed": hex(&sealed),
    }))
}

fn open_record(input: &Value) -> Answer {
    let sealed = bytes(input, "sealed");
    let content = open(
        &vault_key(input),
        &place(input),
        &fixed(input, "nonce"),
        sealed,
    )
    .map_err(|_| "not_authentic")?;
    let record = Record::decode(Plaintext::new(content.to_vec())).map_err(record_refusal)?;
    let (kind, key) = (record.kind().to_owned(), record.key().to_owned());
    Ok(json!({ "kind": kind, "key": key, "value": hex(&record.into_value()) }))
}

const fn record_refusal(error: RecordError) -> &'static str {
    match error {
        RecordError::Malformed => "malformed",
        _ => "length",
    }
}

fn seal_manifest(input: &Value) -> Answer {
    let manifest = Manifest {
        commit: number(input, "commit"),
        rows: number(input, "rows"),
        next_row: number(input, "next_row"),
        row_digest: fixed(input, "row_digest"),
        slots_digest: fixed(input, "slots_digest"),
    };
    let sealed = manifest.seal(&vault_key(input), vault(input), &fixed(input, "nonce"));
    Ok(json!({ "sealed": hex(&sealed) }))
}

fn open_manifest(input: &Value) -> Answer {
    let (key, commit, nonce) = (
        vault_key(input),
        number(input, "commit"),
        fixed(input, "nonce"),
    );
    let manifest = Manifest::open(&key, vault(input), commit, &nonce, bytes(input, "sealed"))
        .map_err(|error| match error {
            ManifestError::NotAuthentic => "not_authentic",
            _ => "malformed",
        })?;
    Ok(json!({
        "commit": manifest.commit,
        "rows": manifest.rows,
        "next_row": manifest.next_row,
        "row_digest": hex(&manifest.row_digest),
        "slots_digest": hex(&manifest.slots_digest),
    }))
}

fn wrap_slot(input: &Value) -> Answer {
    let (vault, id, key) = (
        vault(input),
        SlotId(number(input, "slot")),
        vault_key(input),
    );
    let random = SlotRandom {
        salt: fixed(input, "salt"),
        nonce: fixed(input, "nonce"),
    };
    let slot = match text(input, "opened_by") {
        "passphrase" => {
            let passphrase = Passphrase::new(text(input, "secret")).map_err(|_| "passphrase")?;
            let cost = |name| u32::try_from(number(input, name)).unwrap();
            let costs = Argon2Params::new(cost("memory_kib"), cost("passes"), cost("lanes"))
                .map_err(cost_refusal)?;
            Slot::for_passphrase(vault, id, &key, &passphrase, costs, &random)
                .map_err(cost_refusal)?
        }
        "recovery" => Slot::for_seed(
            vault,
            id,
            &key,
            &WalletSeed::from_bytes(fixed(input, "secret")),
            &random,
        ),
        _ => Slot::for_device(
            vault,
            id,
            &key,
            &DeviceKey::from_bytes(fixed(input, "secret")),
            &random,
        ),
    };
    Ok(json!({ "bytes": hex(&slot.to_bytes()) }))
}

fn open_slot(input: &Value) -> Answer {
    let slot = Slot::from_bytes(SlotId(number(input, "slot")), &bytes(input, "bytes"))
        .map_err(slot_refusal)?;
    let vault = vault(input);
    let opened = match text(input, "opened_by") {
        "passphrase" => {
            let passphrase = Passphrase::new(text(input, "secret")).map_err(|_| "passphrase")?;
            slot.open_with_passphrase(vault, &passphrase)
        }
        "recovery" => slot.open_with_seed(vault, &WalletSeed::from_bytes(fixed(input, "secret"))),
        _ => slot.open_with_device(vault, &DeviceKey::from_bytes(fixed(input, "secret"))),
    };
    let key = opened.map_err(slot_refusal)?;
    Ok(json!({ "vault_key": hex(key.expose_secret()) }))
}

const fn slot_refusal(error: SlotError) -> &'static str {
    match error {
        SlotError::Damaged => "damaged",
        SlotError::NewerVersion { .. } => "newer_version",
        SlotError::UnknownKind { .. } => "unknown_kind",
        SlotError::Cost(cost) => cost_refusal(cost),
        SlotError::WrongSecret => "wrong_secret",
        SlotError::OtherKind => "other_kind",
        _ => "other",
    }
}

const fn cost_refusal(error: CostError) -> &'static str {
    match error {
        CostError::TooCostly { .. } => "too_costly",
        CostError::TooWeak { .. } => "too_weak",
        _ => "other",
    }
}

fn digest_rows(input: &Value) -> Value {
    let rows = input["rows"].as_array().unwrap().iter().map(|row| {
        let stamp = Stamp {
            revision: number(row, "revision"),
            nonce: fixed(row, "nonce"),
        };
        (table(row), RowId(number(row, "row")), stamp)
    });
    json!({ "digest": hex(&RowSet::from_rows(rows).digest()) })
}

fn digest_slots(input: &Value) -> Value {
    let slots: BTreeMap<SlotId, Vec<u8>> = input["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| (SlotId(number(slot, "slot")), bytes(slot, "bytes")))
        .collect();
    let digest = slots_digest(slots.iter().map(|(id, bytes)| (*id, bytes.as_slice())));
    json!({ "digest": hex(&digest) })
}

fn place(input: &Value) -> Place {
    let (row, revision) = (RowId(number(input, "row")), number(input, "revision"));
    Place {
        vault: vault(input),
        table: table(input),
        row,
        revision,
    }
}

fn table(input: &Value) -> Table {
    match text(input, "table") {
        "record" => Table::Record,
        _ => Table::Chunk,
    }
}

fn vault(input: &Value) -> VaultId {
    VaultId(fixed(input, "vault_id"))
}

fn vault_key(input: &Value) -> VaultKey {
    VaultKey::from_bytes(fixed(input, "vault_key"))
}

fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} is no text"))
}

fn number(input: &Value, name: &str) -> u64 {
    input[name]
        .as_u64()
        .unwrap_or_else(|| panic!("{name} is no number"))
}

pub(crate) fn bytes(input: &Value, name: &str) -> Vec<u8> {
    HEXLOWER.decode(text(input, name).as_bytes()).unwrap()
}

fn fixed<const N: usize>(input: &Value, name: &str) -> [u8; N] {
    bytes(input, name)
        .try_into()
        .unwrap_or_else(|_| panic!("{name} is not {N} bytes"))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}
