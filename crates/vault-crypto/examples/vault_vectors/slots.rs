//! Key slots: good ones of every kind, and each way in which one is refused.

use std::io;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{PASSPHRASE, SEED, Writer, flipped, with};
use crate::vector_cases::{bytes, hex};

pub(super) fn slots(writer: &Writer) -> io::Result<()> {
    let base = json!({
        "vault_key": hex(&[0x22; 32]), "vault_id": hex(&[0x11; 16]),
        "salt": hex(&[0x77; 16]), "nonce": hex(&[0x88; 24]),
    });
    let passphrase = with(
        &base,
        &[
            ("slot", json!(1)),
            ("opened_by", json!("passphrase")),
            ("secret", json!(PASSPHRASE)),
            ("memory_kib", json!(65_536)),
            ("passes", json!(3)),
            ("lanes", json!(4)),
        ],
    );
    let recovery = with(
        &base,
        &[
            ("slot", json!(2)),
            ("opened_by", json!("recovery")),
            ("secret", json!(SEED)),
        ],
    );
    let device = with(
        &base,
        &[
            ("slot", json!(3)),
            ("opened_by", json!("device")),
            ("secret", json!(hex(&[0x99; 32]))),
        ],
    );
    let mut opening = Vec::new();
    for (name, input) in [
        ("passphrase", passphrase),
        ("recovery", recovery),
        ("device", device),
    ] {
        let output = writer.good(
            &format!("slot-wrap-{name}"),
            "The vault key wrapped.",
            "wrap_slot",
            &input,
        )?;
        let mut slot = json!({ "bytes": output["bytes"] });
        for member in ["vault_id", "slot", "opened_by", "secret"] {
            slot[member] = input[member].clone();
        }
        writer.good(
            &format!("slot-open-{name}"),
            "The vault key unwrapped.",
            "open_slot",
            &slot,
        )?;
        opening.push(slot);
    }
    for slot in &opening {
        refused_slots(writer, slot)?;
    }
    forged_slots(writer, &opening[1])
}

fn refused_slots(writer: &Writer, slot: &Value) -> io::Result<()> {
    let kind = slot["opened_by"].as_str().unwrap_or_default();
    let wrong = if kind == "passphrase" {
        json!("a quiet rivet")
    } else {
        json!(hex(&[0xaa; 32]))
    };
    let wrong = with(slot, &[("secret", wrong)]);
    let operation = "open_slot";
    writer.bad(
        &format!("slot-wrong-{kind}"),
        "Another secret.",
        operation,
        &wrong,
        "wrong_secret",
    )?;
    if kind == "recovery" {
        let moved = with(slot, &[("slot", json!(9))]);
        writer.bad(
            "slot-moved",
            "Moved to another number.",
            operation,
            &moved,
            "wrong_secret",
        )?;
        let other = with(slot, &[("vault_id", json!(hex(&[0x12; 16])))]);
        writer.bad(
            "slot-other-vault",
            "Of another vault.",
            operation,
            &other,
            "wrong_secret",
        )?;
        let recast = with(slot, &[("opened_by", json!("device"))]);
        writer.bad(
            "slot-other-kind",
            "A device's secret for the recovery slot.",
            operation,
            &recast,
            "other_kind",
        )?;
        let bad = flipped(slot, "bytes", 60);
        writer.bad(
            "slot-flipped-bit",
            "A flipped bit is damage, not a wrong secret.",
            operation,
            &bad,
            "damaged",
        )?;
        let short = with(slot, &[("bytes", json!(hex(&bytes(slot, "bytes")[..117])))]);
        writer.bad(
            "slot-cut-short",
            "A byte is missing.",
            operation,
            &short,
            "damaged",
        )?;
    }
    Ok(())
}

/// Slots with a right check around a head that must be refused.
fn forged_slots(writer: &Writer, slot: &Value) -> io::Result<()> {
    let costs = |memory: u32, passes: u32, lanes: u32| {
        let mut head = vec![1, 1];
        for cost in [memory, passes, lanes] {
            head.extend_from_slice(&cost.to_be_bytes());
        }
        head
    };
    let cases = [
        (
            "slot-newer-version",
            "A version of the future.",
            vec![2],
            "newer_version",
        ),
        (
            "slot-unknown-kind",
            "A kind of the future.",
            vec![1, 4],
            "unknown_kind",
        ),
        (
            "slot-costs-without-passphrase",
            "Costs where nothing is derived.",
            vec![1, 2, 0, 0, 0, 1],
            "damaged",
        ),
        (
            "slot-memory-too-large",
            "1 GiB and 1 KiB.",
            costs(1_048_577, 3, 4),
            "too_costly",
        ),
        (
            "slot-memory-huge",
            "4 TiB.",
            costs(u32::MAX, 3, 4),
            "too_costly",
        ),
        (
            "slot-too-many-passes",
            "17 passes.",
            costs(65_536, 17, 4),
            "too_costly",
        ),
        (
            "slot-too-many-lanes",
            "17 lanes.",
            costs(65_536, 3, 17),
            "too_costly",
        ),
        (
            "slot-memory-too-small",
            "8 KiB.",
            costs(8, 3, 1),
            "too_weak",
        ),
        (
            "slot-one-pass",
            "One pass.",
            costs(65_536, 1, 4),
            "too_weak",
        ),
        (
            "slot-no-lanes",
            "No lanes.",
            costs(65_536, 3, 0),
            "too_weak",
        ),
    ];
    for (name, about, head, refusal) in cases {
        let mut forged = bytes(slot, "bytes");
        forged[..head.len()].copy_from_slice(&head);
        let check = Sha256::digest(&forged[..102]);
        forged[102..].copy_from_slice(&check[..16]);
        let input = with(slot, &[("bytes", json!(hex(&forged)))]);
        writer.bad(name, about, "open_slot", &input, refusal)?;
    }
    Ok(())
}
