//! `review`: a request in plain words, from wherever it comes.

use std::{io::Read as _, path::Path as FilePath};

use ::wallet::{Review, Warning, Widening, words as dates};
use clap::Args;
use consent_token::{
    id::UnixSeconds,
    term::{Action, Release},
};
use profile::Lang;
use serde_json::json;

use super::{desk::Desk, table, words};
use crate::outcome::{Answer, Failure, Outcome};

#[derive(Args)]
pub(crate) struct ReviewArgs {
    /// A link, an address, a file, the request itself, or - for standard input.
    request: String,
}

/// Shows a request; nothing is signed.
pub(crate) async fn run(desk: &mut Desk, args: &ReviewArgs) -> Outcome {
    let review = read(desk, &args.request).await?;
    let named = as_typed(&args.request);
    let text = format!(
        "{}{}\nTo agree: assent wallet grant {named}   To say no: assent wallet decline {named}",
        in_words(&review, desk),
        desk.staleness()
    );
    Ok(Answer::yes(text, json!({ "review": review })))
}

/// The argument where it can be typed again as it stands: a name that no shell reads otherwise.
fn as_typed(request: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || "./_-".contains(c);
    let is_short = request.len() <= 80 && request != "-";
    if is_short && request.chars().all(plain) {
        request
    } else {
        "REQUEST"
    }
}

/// Gets a request from wherever it is, and puts it into words.
pub(crate) async fn read(desk: &mut Desk, request: &str) -> Result<Review, Failure> {
    let pasted = pasted(request)?;
    desk.refresh_registry().await?;
    let line = desk.line()?;
    let compact = desk.wallet.fetch_request(&line, &pasted).await?;
    Ok(desk.wallet.review(&compact, desk.lang)?)
}

/// What the argument stands for: standard input, the content of a file, or itself.
fn pasted(request: &str) -> Result<String, Failure> {
    let mut text = String::new();
    if request == "-" {
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Failure::file(FilePath::new("-"), &error))?;
        return Ok(text);
    }
    let file = FilePath::new(request);
    if !request.contains("://") && file.exists() {
        return std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error));
    }
    if !request.contains("://") && request.matches('.').count() != 2 {
        return Err(Failure::usage(
            format!("There is no file {request}, and it is no link or request."),
            "Check the name, or paste the whole link.",
        ));
    }
    Ok(request.to_owned())
}

/// Who asks, why, what, how long, and what speaks against it; in this order.
pub(crate) fn in_words(review: &Review, desk: &Desk) -> String {
    let mut facts = vec![(
        "Who asks",
        format!("{} ({})", review.agency.name, review.agency.id),
    )];
    for purpose in &review.purposes {
        facts.push((
            "What for",
            format!("{}. {}", purpose.label, purpose.explanation),
        ));
    }
    facts.push(("When", when(review.release).to_owned()));
    facts.push(("Until", latest(review.ends_at, desk.lang)));
    facts.push(("Kept for", review.retention.clone()));
    facts.push(("They may", actions(&review.actions)));
    if !review.recipients.is_empty() {
        let names: Vec<&str> = review
            .recipients
            .iter()
            .map(|party| party.name.as_str())
            .collect();
        facts.push(("Passed on to", names.join(", ")));
    }
    if let Some(answer_by) = review.answer_by {
        facts.push(("Answer by", words::moment(answer_by, &desk.zone, desk.lang)));
    }
    let rows: Vec<_> = review
        .items
        .iter()
        .map(|item| {
            let value = item
                .value
                .as_ref()
                .map_or("(nothing written down)".to_owned(), words::value);
            [
                item.label.clone(),
                value,
                if item.required { "needed" } else { "optional" }.to_owned(),
                item.path.to_string(),
            ]
        })
        .collect();
    let mut text = format!(
        "{}\n{}",
        table::pairs(&facts),
        table::table(["What", "You wrote", "", "Item"], &rows)
    );
    if let Some(circle) = &review.circle {
        text.push_str(&format!(
            "\nOne yes goes to each of these ({}):\n",
            circle.name
        ));
        let rows: Vec<_> = circle
            .members
            .iter()
            .map(|member| {
                let items = dates::labels(&member.datatypes, desk.lang);
                [member.agency.name.clone(), items]
            })
            .collect();
        text.push_str(&table::table(["Agency", "Would see"], &rows));
    }
    text.push_str(&format!("\n{}", table::quoted(review.notice.trim())));
    text + &warnings(&review.warnings, desk.lang)
}

/// What speaks against it, one line each, with the option that takes an item out.
pub(crate) fn warnings(warnings: &[Warning], lang: Lang) -> String {
    let lines: String = warnings
        .iter()
        .map(|warning| format!("! {}{}\n", dates::warning(warning, lang), option(warning)))
        .collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\n{lines}")
    }
}

fn option(warning: &Warning) -> String {
    match warning {
        Warning::MoreThanNeeded { path } | Warning::MoreThanLastTime { path } => {
            format!(" (--without {path})")
        }
        Warning::RunsLong
        | Warning::WiderThanLastTime {
            what: Widening::RunsLonger,
        } => " (--until DATE)".to_owned(),
        Warning::Answered { grant } => format!(" ({})", words::short(&grant.to_string())),
        _ => String::new(),
    }
}

fn latest(end: UnixSeconds, lang: Lang) -> String {
    let day = dates::day(end, lang);
    match lang {
        Lang::En => format!("{day} at the latest"),
        Lang::Cy => format!("{day} fan hwyraf"),
    }
}

const fn when(release: Release) -> &'static str {
    match release {
        Release::OnGrant => "as soon as you agree",
        Release::OnIncident => "only when an emergency is declared; you see each opening",
    }
}

fn actions(actions: &[Action]) -> String {
    let word = |action: &Action| match action {
        Action::Read => "read it",
        Action::Store => "keep a copy",
        Action::Forward => "pass it on",
    };
    actions.iter().map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_it_was_typed_and_a_link_is_not() {
        assert_eq!(as_typed("papers/visit-1.jws"), "papers/visit-1.jws");
        for request in [
            "-",
            "my visit.jws",
            "assent://authorize?request=x",
            &"e".repeat(81),
        ] {
            assert_eq!(as_typed(request), "REQUEST");
        }
    }
}
