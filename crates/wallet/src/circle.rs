//! A consent to a circle: one decision, one token for each member, and in each no more than the member's
//! tiers open.

use std::collections::BTreeSet;

use consent_token::{request::RequestedConsent, term::Release};
use profile::{Lang, Path};
use protocol::{
    Registry,
    registry::{Agency, Circle, Member, Tier},
};

use crate::{CircleReview, MemberReview, OpenTier, Party, WalletError, warning::never_opens};

/// What one member gets of the chosen data.
pub(crate) struct Share<'r> {
    /// Who.
    pub(crate) agency: &'r Agency,
    /// The highest tier that opens something of it.
    pub(crate) tier: u8,
    /// Every tier that opens something of it.
    pub(crate) tiers: Vec<&'r Tier>,
    /// What, in the order of the request.
    pub(crate) datatypes: Vec<String>,
}

/// The circle of that id, if `agency` belongs to it.
pub(crate) fn find<'r>(
    registry: &'r Registry,
    agency: &Agency,
    id: &str,
) -> Result<&'r Circle, WalletError> {
    let circle = registry.circle(id).filter(|circle| {
        circle
            .members
            .iter()
            .any(|member| member.agency == agency.id)
    });
    circle.ok_or_else(|| WalletError::UnknownCircle(id.to_owned()))
}

/// Divides what was chosen among the members that may act now; who gets nothing is left out.
pub(crate) fn divide<'r>(
    registry: &'r Registry,
    circle: &'r Circle,
    chosen: &[String],
    release: Release,
) -> Vec<Share<'r>> {
    let opens = |path: &String| {
        path.parse::<Path>()
            .is_ok_and(|path| !never_opens(&path, release))
    };
    let chosen: Vec<&String> = chosen.iter().filter(|path| opens(path)).collect();
    circle
        .members
        .iter()
        .filter_map(|member| share(registry, circle, member, &chosen))
        .collect()
}

fn share<'r>(
    registry: &'r Registry,
    circle: &'r Circle,
    member: &Member,
    chosen: &[&String],
) -> Option<Share<'r>> {
    let agency = registry
        .agency(&member.agency)
        .filter(|agency| agency.is_active())?;
    let (mut open, mut highest, mut tiers) = (BTreeSet::new(), None, Vec::new());
    for tier in circle
        .tiers
        .iter()
        .filter(|tier| member.tiers.contains(&tier.tier))
    {
        let here: Vec<&String> = chosen
            .iter()
            .copied()
            .filter(|path| tier.datatypes.contains(*path))
            .collect();
        if !here.is_empty() {
            highest = highest.max(Some(tier.tier));
            tiers.push(tier);
            open.extend(here);
        }
    }
    let datatypes = chosen
        .iter()
        .filter(|path| open.contains(**path))
        .map(|path| (*path).clone())
        .collect();
    Some(Share {
        agency,
        tier: highest?,
        tiers,
        datatypes,
    })
}

/// The circle as it is shown before signing.
pub(crate) fn review(
    registry: &Registry,
    agency: &Agency,
    id: &str,
    asked: &RequestedConsent,
    lang: Lang,
) -> Result<CircleReview, WalletError> {
    let circle = find(registry, agency, id)?;
    let shares = divide(registry, circle, &asked.datatypes, asked.release);
    let members = shares
        .into_iter()
        .map(|share| MemberReview {
            agency: Party::new(share.agency, lang),
            tiers: share
                .tiers
                .into_iter()
                .map(|tier| named(tier, lang))
                .collect(),
            datatypes: share.datatypes,
        })
        .collect();
    let name = circle.names.get(lang.tag()).unwrap_or(&circle.name).clone();
    Ok(CircleReview {
        id: id.to_owned(),
        name,
        members,
    })
}

fn named(tier: &Tier, lang: Lang) -> OpenTier {
    let name = tier
        .names
        .get(lang.tag())
        .or_else(|| tier.names.get(Lang::En.tag()));
    OpenTier {
        tier: tier.tier,
        name: name.cloned().unwrap_or_default(),
    }
}
