//! `status` and `agencies`: how things stand.

use ::wallet::State;
use clap::Args;
use serde_json::json;

use super::{desk::Desk, table, words};
use crate::outcome::{Answer, Outcome};

#[derive(Args)]
pub(crate) struct StatusArgs {
    /// I have read the warnings about the verifier; do not repeat them.
    #[arg(long)]
    seen: bool,
}

/// What the wallet holds, what waits, and how things stand with the verifier.
pub(crate) fn status(desk: &mut Desk, args: &StatusArgs) -> Outcome {
    if args.seen {
        desk.wallet.mark_evidence_seen()?;
    }
    let wallet = &mut desk.wallet;
    let (now, grants, waiting) = (wallet.now(), wallet.grants()?, wallet.waiting()?);
    let count = |state| {
        grants
            .iter()
            .filter(|grant| grant.state(now) == state)
            .count()
    };
    let (verifier, checkpoint) = (wallet.verifier()?, wallet.newest_checkpoint()?);
    let (fetched, items, slots) = (
        wallet.registry_fetched_at()?,
        wallet.profile()?.len(),
        wallet.slots_in_stock()?,
    );
    let place = wallet.vault().path().display().to_string();
    let found = desk.wallet.evidence()?;
    let mut facts = vec![
        ("Vault", place.clone()),
        ("Your data", words::count(items, "item")),
        (
            "Consents",
            format!(
                "{} in force, {} paused, {} in all",
                count(State::Valid),
                count(State::Suspended),
                grants.len()
            ),
        ),
        (
            "Verifier",
            verifier
                .as_ref()
                .map_or("none yet".to_owned(), |verifier| verifier.url.clone()),
        ),
        (
            "Agencies known",
            fetched.map_or("not fetched yet".to_owned(), |at| {
                format!("as of {}", words::moment(at, &desk.zone, desk.lang))
            }),
        ),
        (
            "Public record",
            checkpoint
                .as_ref()
                .map_or("not seen yet".to_owned(), |seen| {
                    format!("{} entries, checked", seen.size)
                }),
        ),
        (
            "Ready for offline",
            format!("{slots} consents can be given without a connection"),
        ),
    ];
    facts.extend(words::findings(&found, &desk.zone, desk.lang).map(|found| ("Findings", found)));
    let shown = table::pairs(&facts);
    let unsent = desk.wallet.shares_waiting()?;
    let text = format!(
        "{shown}\n{}{}",
        words::shares_waiting(&desk.grants_of(&unsent)?),
        words::waiting(&waiting, &desk.zone, desk.lang)
    );
    Ok(Answer::yes(
        text,
        json!({
            "vault": place,
            "items": items,
            "grants": grants.len(),
            "valid": count(State::Valid),
            "suspended": count(State::Suspended),
            "verifier": verifier.map(|verifier| verifier.url),
            "registry_fetched_at": fetched,
            "log_size": checkpoint.map(|seen| seen.size),
            "slots": slots,
            "waiting": waiting,
            "shares_waiting": unsent,
            "findings": found.len(),
        }),
    ))
}

/// Who may ask for data.
pub(crate) async fn agencies(desk: &mut Desk) -> Outcome {
    desk.refresh_registry().await?;
    let agencies = desk.wallet.agencies(desk.lang)?;
    let rows: Vec<_> = agencies
        .iter()
        .map(|agency| {
            let state = if agency.active { "" } else { "suspended" };
            let contact = agency.contact.clone().unwrap_or_default();
            [
                agency.name.clone(),
                agency.id.to_string(),
                contact,
                state.to_owned(),
            ]
        })
        .collect();
    let text = if rows.is_empty() {
        "No agency is registered yet.".to_owned()
    } else {
        table::table(["Name", "Address", "Contact", ""], &rows)
    };
    let fetched_at = desk.wallet.registry_fetched_at()?;
    Ok(Answer::yes(
        text + &desk.staleness(),
        json!({ "agencies": agencies, "fetched_at": fetched_at }),
    ))
}
