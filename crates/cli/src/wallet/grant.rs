//! `grant`: agreeing to a request, or letting an agency read something on one's own account.

use ::wallet::{
    Choice, Direct, Grant, Review, Sent, Shared, State, WalletError, Warning, Wish, words as dates,
};
use clap::Args;
use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    request::AnswerError,
    term::Release,
};
use serde_json::json;

use super::{
    data,
    desk::{Desk, busy},
    failure, review, words,
};
use crate::outcome::{Answer, Exit, Failure, Outcome};

#[derive(Args)]
pub(crate) struct GrantArgs {
    /// A link, an address, a file, the request itself, or - for standard input.
    #[arg(conflicts_with_all = ["agency", "purpose", "data", "on_incident"], required_unless_present_any = ["agency", "offer"])]
    request: Option<String>,
    /// Accept an offer that `assent wallet offers` shows.
    #[arg(long, value_name = "ID", conflicts_with_all = ["request", "agency"])]
    offer: Option<String>,
    /// Leave an item out that is not needed; can be given several times.
    #[arg(long, value_name = "PATH")]
    without: Vec<String>,
    /// The last day, as 2027-12-31, or a moment, as 2027-12-31T18:00:00Z.
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Without a request: to which agency.
    #[arg(long, value_name = "ID", requires_all = ["purpose", "data", "until"])]
    agency: Option<String>,
    /// Without a request: what for.
    #[arg(long, value_name = "CODE", requires = "agency")]
    purpose: Option<String>,
    /// Without a request: which items.
    #[arg(
        long,
        value_name = "PATH,…",
        value_delimiter = ',',
        requires = "agency"
    )]
    data: Vec<String>,
    /// Without a request: to be opened only in an emergency.
    #[arg(long, requires = "agency")]
    on_incident: bool,
    /// Agree although you agreed to the same request before; that makes a second consent.
    #[arg(long)]
    again: bool,
}

/// Reviews, signs, and sends if the verifier can be reached.
pub(crate) async fn run(desk: &mut Desk, args: GrantArgs) -> Outcome {
    let ends_at = args.until.as_deref().map(until).transpose()?;
    let without = args
        .without
        .iter()
        .map(|path| data::parse(path))
        .collect::<Result<Vec<_>, _>>()?;
    let reviewed = match (&args.request, &args.offer) {
        (Some(request), _) => review::read(desk, request).await?,
        (None, Some(offer)) => desk.wallet.review_offer(offer, desk.lang)?,
        (None, None) => direct(desk, &args, ends_at).await?,
    };
    if !args.again {
        refuse_second(desk, &reviewed)?;
    }
    let line = desk.line()?;
    let choice = Choice { without, ends_at };
    let signed = desk.wallet.sign_online(&line, &reviewed, &choice).await;
    let mut grants = signed.map_err(|error| sealed_for_ever(&reviewed, &error))?;
    grants.sort_by_key(|grant| grant.agency != reviewed.agency.id);
    let busy = busy("Registering the consent …");
    let summary = desk.wallet.send(&line).await;
    busy.finish_and_clear();
    let summary = summary?;
    let own = |id: &Jti| grants.iter().any(|grant| grant.id == *id);
    let (mut sent, mut shared) = (summary.sent, summary.shared);
    sent.retain(|sent| own(&sent.grant));
    shared.retain(|shared| own(&shared.grant));
    answer(desk, &reviewed.warnings, &grants, (&sent, &shared))
}

/// A second consent to the same request is almost always a mistake: the first one goes on beside it.
fn refuse_second(desk: &mut Desk, reviewed: &Review) -> Result<(), Failure> {
    let answered = reviewed.warnings.iter().find_map(|warning| match warning {
        Warning::Answered { grant } => Some(grant),
        _ => None,
    });
    let Some(answered) = answered else {
        return Ok(());
    };
    let (now, all) = (desk.wallet.now(), desk.wallet.grants()?);
    let request = all.iter().find(|grant| grant.id == *answered);
    let request = request.and_then(|grant| grant.answers);
    let open = all.iter().find(|grant| {
        let state = grant.state(now);
        grant.answers == request
            && grant.wish != Wish::Ended
            && matches!(state, State::Waiting | State::Valid | State::Suspended)
    });
    let Some(open) = open else {
        return Ok(());
    };
    let (id, state) = (words::short(&open.id.to_string()), words::state(open, now));
    Err(Failure::new(
        Exit::Usage,
        "answered_already",
        format!("You have agreed to this request already: consent {id} is {state}."),
        format!("`assent wallet show {id}` shows it. For a second consent beside it, say --again."),
    ))
}

/// Where nothing is left because no item opens in an emergency, that is what has to be said.
fn sealed_for_ever(reviewed: &Review, error: &WalletError) -> Failure {
    let never = reviewed
        .warnings
        .iter()
        .filter_map(|warning| match warning {
            Warning::NeverOnIncident { path } => Some(path.to_string()),
            _ => None,
        });
    let never: Vec<String> = never.collect();
    match error {
        WalletError::Answer(AnswerError::NothingChosen) if !never.is_empty() => Failure::new(
            Exit::Usage,
            "answer",
            format!(
                "{} never opens in an emergency, and nothing else is left.",
                never.join(", ")
            ),
            "Share it with a consent of its own, without --on-incident.",
        ),
        error => failure::wallet(error),
    }
}

async fn direct(
    desk: &mut Desk,
    args: &GrantArgs,
    ends_at: Option<UnixSeconds>,
) -> Result<Review, Failure> {
    let (Some(agency), Some(purpose), Some(ends_at)) = (&args.agency, &args.purpose, ends_at)
    else {
        return Err(Failure::usage(
            "Without a request, --agency, --purpose, --data and --until are needed.",
            "See `assent wallet grant --help`.",
        ));
    };
    let id: AgencyId = agency
        .parse()
        .map_err(|error: consent_token::id::FormError| {
            Failure::usage(
                format!("{agency}: {error}."),
                "`assent wallet agencies` lists who is registered.",
            )
        })?;
    let mut datatypes = Vec::new();
    for path in &args.data {
        let path = data::parse(path)?;
        // Named twice is shared once.
        if !datatypes.contains(&path) {
            datatypes.push(path);
        }
    }
    let release = if args.on_incident {
        Release::OnIncident
    } else {
        Release::OnGrant
    };
    desk.refresh_registry().await?;
    let direct = Direct {
        agency: id,
        purpose: purpose.clone(),
        datatypes,
        ends_at,
        release,
    };
    Ok(desk.wallet.review_direct(&direct, desk.lang)?)
}

/// What was signed and what became of it; the first consent is the one that was asked for.
pub(crate) fn answer(
    desk: &mut Desk,
    warnings: &[Warning],
    grants: &[Grant],
    (sent, shared): (&[Sent], &[Shared]),
) -> Outcome {
    let now = desk.wallet.now();
    let mut signed = Vec::new();
    for grant in grants {
        signed.push(desk.wallet.grant_called(&grant.id.to_string())?);
    }
    let mut text = String::new();
    for grant in &signed {
        text.push_str(&format!(
            "{}: {} may read {} until {}: {}.\n",
            words::short(&grant.id.to_string()),
            grant.agency_name,
            dates::labels(&grant.consent.datatypes, desk.lang),
            dates::day(grant.ends_at, desk.lang),
            words::state(grant, now),
        ));
    }
    for shared in shared {
        text.push_str(&format!("{}\n", words::shared(shared)));
    }
    let waiting: Vec<_> = desk
        .wallet
        .waiting()?
        .into_iter()
        .filter(|item| signed.iter().any(|grant| grant.id == item.grant))
        .collect();
    if !waiting.is_empty() {
        text.push_str(
            "It is signed and kept, and will be sent with the next `assent wallet sync`.\n",
        );
    }
    text.push_str(&review::warnings(warnings, desk.lang));
    let refused = signed.iter().find_map(|grant| grant.refusals.last());
    if let Some(refused) = refused {
        text.push_str(&format!("Refused: {}.\n", words::refusal(&refused.code)));
    }
    let asked = signed.first();
    let states: Vec<_> = signed
        .iter()
        .map(
            |grant| json!({ "grant": grant.id, "agency": grant.agency, "case": grant.consent.circle.as_ref().map(|circle| circle.case), "state": grant.state(now) }),
        )
        .collect();
    let json = json!({
        "grant": asked.map(|grant| grant.id),
        "grants": states,
        "state": asked.map(|grant| grant.state(now)),
        "sent": sent,
        "shared": shared,
        "waiting": waiting,
        "warnings": warnings,
    });
    let exit = if refused.is_some() {
        Exit::No
    } else {
        Exit::Yes
    };
    Ok(Answer {
        exit,
        words: text,
        json,
    })
}

/// The end of a day in UTC, or a moment.
pub(crate) fn until(text: &str) -> Result<UnixSeconds, Failure> {
    let end_of_day = |date: jiff::civil::Date| {
        jiff::tz::TimeZone::UTC
            .to_timestamp(date.at(23, 59, 59, 0))
            .ok()
    };
    let moment = match text.parse::<jiff::Timestamp>() {
        Ok(moment) => Some(moment),
        Err(_) => text.parse::<jiff::civil::Date>().ok().and_then(end_of_day),
    };
    moment
        .and_then(|moment| UnixSeconds::new(moment.as_second()))
        .ok_or_else(|| {
            Failure::usage(
                format!("{text} is not a date."),
                "Write it as 2027-12-31, or with a time as 2027-12-31T18:00:00Z.",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_last_second_in_utc() {
        assert_eq!(until("2027-12-31").unwrap().as_i64(), 1_830_297_599);
        assert_eq!(
            until("2027-12-31T18:00:00Z").unwrap().as_i64(),
            1_830_276_000
        );
        for bad in ["", "tomorrow", "31.12.2027", "2027-02-30", "1969-12-31"] {
            assert!(until(bad).is_err(), "{bad}");
        }
    }
}
