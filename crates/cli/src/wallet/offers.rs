//! `offers`: help that agencies offer and that fits; whether it does is decided on this device.

use ::wallet::words as dates;
use serde_json::json;

use super::{desk::Desk, words};
use crate::outcome::{Answer, Outcome};

/// Fetches all offers if the verifier can be reached, and shows those that fit.
pub(crate) async fn list(desk: &mut Desk) -> Outcome {
    desk.refresh_offers().await?;
    let offers = desk.wallet.offers(desk.lang)?;
    if offers.is_empty() {
        let text = "No offer fits what you wrote down. Nobody was told that you looked.";
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
    Ok(Answer::yes(text, json!({ "offers": offers })))
}
