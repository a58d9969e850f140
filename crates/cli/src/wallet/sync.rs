//! `sync`: sends what waits, fetches who looked, checks every proof.

use ::wallet::{Step, Summary, seconds_of};
use serde_json::json;

use super::{
    decline,
    desk::{Desk, busy},
    failure, looks, words,
};
use crate::outcome::{Answer, Exit, Failure, Outcome};

/// One round with the verifier.
pub(crate) async fn run(desk: &mut Desk) -> Outcome {
    let line = desk.line()?;
    let busy = busy("Talking to the verifier …");
    let summary = desk.wallet.sync(&line).await;
    busy.finish_and_clear();
    let summary = summary?;
    let (exit, words) = (exit(&summary), in_words(&summary, desk)?);
    desk.wallet.mark_shown(&summary.looked)?;
    desk.wallet.mark_key_changes_told()?;
    Ok(Answer {
        exit,
        words,
        json: json!(summary),
    })
}

/// A finding against the verifier is a clear no, read before or not; a part that failed leaves something open.
fn exit(summary: &Summary) -> Exit {
    let clean = summary.evidence.is_empty() && summary.found_again.is_empty();
    match (clean, summary.troubles.is_empty()) {
        (false, _) => Exit::No,
        (true, false) => Exit::Unknown,
        (true, true) => Exit::Yes,
    }
}

/// Who looked comes first.
fn in_words(summary: &Summary, desk: &Desk) -> Result<String, Failure> {
    let mut text = words::found_again(&summary.found_again);
    text.push_str(&looks::new(&summary.looked, desk.lang, &desk.zone));
    text.push_str(&looks::overdue(&summary.overdue, desk.lang));
    text.push_str(&looks::key_changes(&summary.key_changes, desk.lang));
    for sent in &summary.sent {
        text.push_str(&format!("{}\n", words::sent(sent)));
    }
    for shared in &summary.shared {
        text.push_str(&format!("{}\n", words::shared(shared)));
    }
    for declined in &summary.declined {
        text.push_str(&decline::in_words(declined, desk.lang));
    }
    let told = |act: &str| matches!(act, "open" | "access");
    for news in summary.news.iter().filter(|news| !told(&news.event.act)) {
        let when = words::moment(seconds_of(news.event.at), &desk.zone, desk.lang);
        text.push_str(&format!(
            "{when}  {}: {}\n",
            news.agency,
            words::event(&news.event.act)
        ));
    }
    for id in &summary.unpublished {
        text.push_str(&format!(
            "{}: recorded, but agencies are not told yet; look again in a minute.\n",
            words::short(&id.to_string())
        ));
    }
    for id in &summary.forgotten {
        text.push_str(&format!(
            "{}: the verifier had confirmed this consent, and now does not know it.\n",
            words::short(&id.to_string())
        ));
    }
    for trouble in &summary.troubles {
        let failure = failure::wallet(&trouble.error);
        text.push_str(&format!(
            "{}: {} {}\n",
            step(trouble.step),
            failure.what,
            failure.advice
        ));
    }
    if let Some(size) = summary.log_size.filter(|_| exit(summary) == Exit::Yes) {
        text.push_str(&format!(
            "Every proof holds; the public record has {size} entries.\n"
        ));
    }
    let unsent = desk.grants_of(&summary.shares_waiting)?;
    text.push_str(&words::shares_waiting(&unsent));
    Ok(text + &words::waiting(&summary.waiting, &desk.zone, desk.lang))
}

const fn step(step: Step) -> &'static str {
    match step {
        Step::Connect => "Reaching the verifier",
        Step::Registry => "The list of agencies",
        Step::Send => "Sending",
        Step::Shares => "Sharing what you wrote down",
        Step::Offers => "What agencies offer",
        Step::Slots => "Preparing for offline use",
        Step::History => "Who looked",
        Step::Status => "What agencies are told",
        Step::Log => "The public record",
    }
}
