//! `offers`: help that agencies offer and that fits; whether it does is decided on this device.

use ::wallet::words as dates;
use clap::{Args, Subcommand};
use serde_json::json;

use super::{desk::Desk, review, words};
use crate::outcome::{Answer, Outcome};

#[derive(Args)]
pub(crate) struct OfferName {
    /// The offer's id, or its first letters.
    offer: String,
}

#[derive(Subcommand)]
pub(crate) enum OfferCommand {
    /// What an offer asks for, in plain words; nothing is sent.
    Show(OfferName),
    /// Do not show an offer again; nobody is told.
    Dismiss(OfferName),
}

/// `offer …`.
pub(crate) fn run(desk: &mut Desk, command: &OfferCommand) -> Outcome {
    match command {
        OfferCommand::Show(name) => {
            let reviewed = desk.wallet.review_offer(&name.offer, desk.lang)?;
            let text = format!(
                "{}\nTo accept: assent wallet grant --offer {}",
                review::in_words(&reviewed, desk),
                name.offer
            );
            Ok(Answer::yes(text, json!({ "review": reviewed })))
        }
        OfferCommand::Dismiss(name) => {
            let offer = desk.wallet.dismiss_offer(&name.offer)?;
            let text = "It is not shown again. Nobody was told.";
            Ok(Answer::yes(text, json!({ "dismissed": offer })))
        }
    }
}

/// Fetches all offers if the verifier can be reached, and shows those that fit.
pub(crate) async fn list(desk: &mut Desk) -> Outcome {
    desk.refresh_offers().await?;
    let offers = desk.wallet.offers(desk.lang)?;
    if offers.is_empty() {
        let text = "No offer fits what you wrote down. Nobody was told that you looked.";
        let text = format!("{text}{}", desk.staleness());
        return Ok(Answer::yes(text, json!({ "offers": [] })));
    }
    let mut text = String::new();
    for offer in &offers {
        let accepted = if offer.accepted { " (accepted)" } else { "" };
        text.push_str(&format!(
            "{}  {}: {}{accepted}\n  {}\n  For people who {}.\n  Until {}.\n",
            words::short(&offer.id.to_string()),
            offer.agency.name,
            offer.title,
            offer.text,
            offer.because,
            dates::day(offer.until, desk.lang),
        ));
    }
    text.push_str(
        "To accept: assent wallet grant --offer ID. Until you do, nobody knows that it fits you.",
    );
    text.push_str(&desk.staleness());
    Ok(Answer::yes(text, json!({ "offers": offers })))
}
