//! From a draft to what is signed, and to what a citizen would see of it. What a wallet would refuse or warn of
//! is said here first.

use std::collections::BTreeMap;

use agency::{AgencyError, Terms, circle_tier};
use consent_token::{
    id::{AgencyId, UnixSeconds},
    term::{Action, IsoDuration, LegalBasis, Release},
};
use profile::{Lang, Path, Tier, purpose};
use protocol::Registry;

use crate::{
    ApiError, Code,
    api::{CirclePreview, Concern, Draft, Language, MemberPreview, Preview, PreviewItem},
    words,
};

/// Minutes that a request may wait at most (PROTOCOL section 8).
pub(crate) const ANSWER_WITHIN: u32 = 24 * 60;
/// Seconds from which on a wallet warns that a consent runs long.
const RUNS_LONG: i64 = 2 * 365 * 86_400;

/// The terms of a draft.
pub(crate) fn terms(
    draft: &Draft,
    agency: &AgencyId,
    registry: Option<&Registry>,
    now: UnixSeconds,
) -> Result<Terms, ApiError> {
    check_items(draft)?;
    let mut actions = vec![Action::Read];
    actions.extend(draft.stores.then_some(Action::Store));
    actions.extend((!draft.recipients.is_empty()).then_some(Action::Forward));
    Ok(Terms {
        purposes: draft.purposes.clone(),
        datatypes: draft.items.clone(),
        required: draft.required.clone(),
        actions,
        release: if draft.on_incident {
            Release::OnIncident
        } else {
            Release::OnGrant
        },
        retention: duration(&draft.retention, "retention", now)?,
        max_duration: duration(&draft.max_duration, "max_duration", now)?,
        recipients: recipients(draft, registry)?,
        circle: circle(draft, agency, registry)?,
        notice: notice(draft)?,
        notice_version: notice_version(draft, now),
        basis: draft.basis.as_deref().map(basis).transpose()?,
        jurisdiction: jurisdiction(draft)?,
        response_uri: None,
    })
}

/// The version that a notice has: the agency's own name for it, else the day.
pub(crate) fn notice_version(draft: &Draft, now: UnixSeconds) -> String {
    match draft.notice_version.trim() {
        "" => words::day(now),
        own => own.to_owned(),
    }
}

fn check_items(draft: &Draft) -> Result<(), ApiError> {
    let known_purpose = |code: &String| purpose(code).is_some();
    if draft.purposes.is_empty()
        || !draft.purposes.iter().all(known_purpose)
        || repeats(&draft.purposes)
    {
        return Err(Code::Purpose.at("purposes"));
    }
    let known_item = |text: &String| text.parse::<Path>().is_ok();
    if draft.items.is_empty() || !draft.items.iter().all(known_item) || repeats(&draft.items) {
        return Err(Code::Item.at("items"));
    }
    if draft
        .required
        .iter()
        .any(|item| !draft.items.contains(item))
        || repeats(&draft.required)
    {
        return Err(Code::RequiredNotAsked.at("required"));
    }
    if draft.answer_within == 0 || draft.answer_within > ANSWER_WITHIN {
        return Err(Code::Duration.at("answer_within"));
    }
    if draft.note.chars().count() > 200 {
        return Err(Code::TooLarge.at("note"));
    }
    Ok(())
}

fn repeats(all: &[String]) -> bool {
    let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
    distinct.len() != all.len()
}

fn duration(text: &str, field: &'static str, now: UnixSeconds) -> Result<IsoDuration, ApiError> {
    let parsed: IsoDuration = text.parse().map_err(|_| Code::Duration.at(field))?;
    let passes = parsed.after(now).is_some_and(|end| end > now);
    if passes {
        Ok(parsed)
    } else {
        Err(Code::Duration.at(field))
    }
}

fn notice(draft: &Draft) -> Result<BTreeMap<consent_token::term::Language, String>, ApiError> {
    let texts = [
        ("en", draft.notice.en.trim()),
        ("cy", draft.notice.cy.trim()),
    ];
    if texts.iter().any(|(_, text)| text.is_empty()) {
        return Err(Code::NoticeMissing.at("notice"));
    }
    let texts = texts.map(|(lang, text)| Some((lang.parse().ok()?, text.to_owned())));
    texts
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(|| Code::Internal.into())
}

fn recipients(draft: &Draft, registry: Option<&Registry>) -> Result<Vec<AgencyId>, ApiError> {
    let known = |text: &String| {
        let id: AgencyId = text.parse().ok()?;
        registry?.agency(&id).map(|agency| agency.id.clone())
    };
    let all: Option<Vec<AgencyId>> = draft.recipients.iter().map(known).collect();
    all.filter(|_| !repeats(&draft.recipients))
        .ok_or_else(|| Code::UnknownAgency.at("recipients"))
}

fn circle(
    draft: &Draft,
    agency: &AgencyId,
    registry: Option<&Registry>,
) -> Result<Option<(String, u8)>, ApiError> {
    let Some(circle) = draft.circle.as_ref().filter(|id| !id.is_empty()) else {
        return Ok(None);
    };
    let tier = registry.and_then(|registry| circle_tier(registry, circle, agency));
    Ok(Some((
        circle.clone(),
        tier.ok_or_else(|| Code::NotInCircle.at("circle"))?,
    )))
}

fn basis(iri: &str) -> Result<LegalBasis, ApiError> {
    let known = words::BASES.contains(&iri);
    iri.parse()
        .ok()
        .filter(|_| known)
        .ok_or_else(|| Code::Basis.at("basis"))
}

fn jurisdiction(draft: &Draft) -> Result<Option<consent_token::term::Jurisdiction>, ApiError> {
    let given = draft
        .jurisdiction
        .as_deref()
        .map(str::trim)
        .filter(|code| !code.is_empty());
    given
        .map(|code| {
            code.parse()
                .map_err(|_| Code::Jurisdiction.at("jurisdiction"))
        })
        .transpose()
}

impl From<AgencyError> for ApiError {
    fn from(error: AgencyError) -> Self {
        crate::failure::of(&error)
    }
}

/// What a citizen would see of a draft that can be signed.
pub(crate) fn preview(
    draft: &Draft,
    own: &protocol::registry::Agency,
    registry: Option<&Registry>,
    lang: Language,
    now: UnixSeconds,
) -> Result<Preview, ApiError> {
    let terms = terms(draft, &own.id, registry, now)?;
    let in_lang: Lang = lang.into();
    let paths: Vec<Path> = draft
        .items
        .iter()
        .filter_map(|item| item.parse().ok())
        .collect();
    let agency = |id: &AgencyId| {
        registry
            .and_then(|registry| registry.agency(id))
            .map(|one| words::agency(one, in_lang))
    };
    let circle = terms
        .circle
        .as_ref()
        .and_then(|(id, _)| circle_preview(id, &paths, registry?, in_lang));
    Ok(Preview {
        agency: words::agency(own, in_lang),
        circle,
        purposes: words::purposes(&draft.purposes, in_lang),
        items: paths
            .iter()
            .map(|path| item(path, draft, in_lang))
            .collect(),
        stores: draft.stores,
        recipients: terms.recipients.iter().filter_map(agency).collect(),
        on_incident: draft.on_incident,
        retention: words::duration(&terms.retention, in_lang),
        ends_at: terms.max_duration.after(now).unwrap_or(now).as_i64(),
        answer_by: now.plus(i64::from(draft.answer_within) * 60).as_i64(),
        notice: if lang == Language::Cy {
            draft.notice.cy.clone()
        } else {
            draft.notice.en.clone()
        },
        notice_lang: lang,
        concerns: concerns(draft, &terms, &paths, now),
    })
}

fn item(path: &Path, draft: &Draft, lang: Lang) -> PreviewItem {
    let text = path.to_string();
    PreviewItem {
        label: words::label(path, lang),
        required: draft.required.contains(&text),
        special: path.entry().special_category,
        path: text,
    }
}

/// The members whose tiers open some of it. What has no tier in the circle nobody else sees.
fn circle_preview(
    id: &str,
    paths: &[Path],
    registry: &Registry,
    lang: Lang,
) -> Option<CirclePreview> {
    let circle = registry.circle(id)?;
    let members = circle.members.iter().filter_map(|member| {
        let open: Vec<&String> = circle
            .tiers
            .iter()
            .filter(|tier| member.tiers.contains(&tier.tier))
            .flat_map(|tier| &tier.datatypes)
            .collect();
        let seen: Vec<String> = paths
            .iter()
            .map(Path::to_string)
            .filter(|path| open.contains(&path))
            .collect();
        let agency = registry.agency(&member.agency)?;
        (!seen.is_empty()).then(|| MemberPreview {
            agency: words::agency(agency, lang),
            paths: seen,
        })
    });
    Some(CirclePreview {
        name: words::named(&circle.name, &circle.names, lang),
        members: members.collect(),
    })
}

/// As the wallet warns.
fn concerns(draft: &Draft, terms: &Terms, paths: &[Path], now: UnixSeconds) -> Vec<Concern> {
    let needed = |path: &Path| {
        let known = draft.purposes.iter().filter_map(|code| purpose(code));
        known.into_iter().any(|purpose| purpose.can_need(path))
    };
    let mut all: Vec<Concern> = Vec::new();
    for path in paths {
        if draft.on_incident && path.entry().tier == Tier::T4 {
            all.push(Concern::NeverOnIncident {
                path: path.to_string(),
            });
        } else if !needed(path) {
            all.push(Concern::MoreThanNeeded {
                path: path.to_string(),
            });
        }
    }
    all.extend((!draft.recipients.is_empty()).then_some(Concern::PassedOn));
    let other = terms
        .basis
        .as_ref()
        .is_some_and(|basis| basis.as_str() != LegalBasis::EXPLICIT_CONSENT);
    all.extend(other.then_some(Concern::OtherBasis));
    let long = terms
        .max_duration
        .after(now)
        .is_some_and(|end| end.since(now) > RUNS_LONG);
    all.extend(long.then_some(Concern::RunsLong));
    all
}
