//! What is asked, in plain words and before anything is signed: who, why, what, for how long, and what
//! speaks against it. A request of somebody who may not ask is refused before anything of it is shown.

use consent_token::{
    id::{AgencyId, Jti, UnixSeconds},
    request::{Lifetime, Link, RequestObject, UnverifiedRequest, VerifiedRequest},
    term::{Action, Language, LegalBasis, Release},
    token::{Consent, Standing},
};
use profile::{Lang, Path, Profile, purpose};
use protocol::{Registry, Transport, Version1, registry::Agency};
use serde::Serialize;
use serde_json::Value;

use crate::{
    Line, Party, Wallet, WalletError, Warning, circle, notice,
    warning::{warnings, widened},
    words,
};

/// A request, or a consent that the citizen words on their own, ready to be read and signed.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    /// Who asks.
    pub agency: Party,
    /// Which agencies answer together, where a circle is asked for.
    pub circle: Option<CircleReview>,
    /// What for.
    pub purposes: Vec<PurposeReview>,
    /// What.
    pub items: Vec<Item>,
    /// What the agency would do with it.
    pub actions: Vec<Action>,
    /// When it may be read.
    pub release: Release,
    /// How long the agency may keep it, in words.
    pub retention: String,
    /// To whom it may be passed on.
    pub recipients: Vec<Party>,
    /// How many times it may be fetched.
    pub uses: Option<u32>,
    /// When it would end, unless the citizen says sooner.
    pub ends_at: UnixSeconds,
    /// Until when the request can be answered.
    pub answer_by: Option<UnixSeconds>,
    /// The text to read.
    pub notice: String,
    /// The language of the text.
    pub notice_lang: String,
    /// What speaks against it, or needs to be known first.
    pub warnings: Vec<Warning>,
    #[serde(skip)]
    pub(crate) asked: Asked,
}

/// A purpose in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PurposeReview {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: &'static str,
    /// What it means.
    pub explanation: &'static str,
}

/// One item of data that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// Its path.
    pub path: Path,
    /// Its name.
    pub label: String,
    /// What the citizen wrote down there.
    pub value: Option<Value>,
    /// Whether the request is pointless without it.
    pub required: bool,
    /// Whether the law protects it especially.
    pub special: bool,
}

/// A circle of agencies, and who of them would see what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CircleReview {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its members that would see something.
    pub members: Vec<MemberReview>,
}

/// What one member of a circle would see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberReview {
    /// Who.
    pub agency: Party,
    /// Which of the circle's tiers open something of it to them.
    pub tiers: Vec<OpenTier>,
    /// What.
    pub datatypes: Vec<String>,
}

/// A tier of a circle, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenTier {
    /// Its number; 0 tells least.
    pub tier: u8,
    /// What it tells, in words.
    pub name: String,
}

/// What is signed if the citizen agrees.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    /// A request.
    Request(Box<VerifiedRequest>, Language),
    /// The citizen's own wording.
    Direct(Box<Consent>),
}

impl Review {
    /// On which legal basis the agency would act: a DPV IRI.
    #[must_use]
    pub fn basis(&self) -> LegalBasis {
        match &self.asked {
            Asked::Request(asked, _) => asked.request().consent.basis.clone().unwrap_or_default(),
            Asked::Direct(consent) => consent.basis.clone(),
        }
    }

    /// Whose law applies: an ISO 3166 code.
    #[must_use]
    pub fn jurisdiction(&self) -> String {
        let named = match &self.asked {
            Asked::Request(asked, _) => asked.request().consent.jurisdiction.as_ref(),
            Asked::Direct(consent) => Some(&consent.jurisdiction),
        };
        named.map_or_else(|| JURISDICTION.to_owned(), ToString::to_string)
    }

    /// The id of the request; none for the citizen's own wording.
    #[must_use]
    pub fn request(&self) -> Option<Jti> {
        match &self.asked {
            Asked::Request(asked, _) => Some(asked.request().jti),
            Asked::Direct(_) => None,
        }
    }
}

/// Whose law applies where the request does not say.
pub(crate) const JURISDICTION: &str = "GB";

impl Wallet {
    /// Gets the request behind what a person pasted: an `assent://` link, an address or a compact JWS.
    ///
    /// # Errors
    /// [`WalletError::Link`], [`WalletError::Client`], [`WalletError::Request`], or
    /// [`WalletError::OtherAgency`] where link and request disagree.
    pub async fn fetch_request<T: Transport>(
        &mut self,
        line: &Line<T>,
        pasted: &str,
    ) -> Result<String, WalletError> {
        let pasted = pasted.trim();
        if let Ok(address) = pasted.parse() {
            return Ok(line.request_object(&address).await?);
        }
        if !pasted.starts_with("assent:") {
            return Ok(pasted.to_owned());
        }
        let (named, compact) = match pasted.parse()? {
            Link::Inline { client_id, request } => (client_id, request),
            Link::ByReference {
                client_id,
                request_uri,
            } => (client_id, line.request_object(&request_uri).await?),
        };
        let asking = UnverifiedRequest::parse(&compact, &Version1)?
            .client_id()
            .clone();
        if asking == named {
            Ok(compact)
        } else {
            Err(WalletError::OtherAgency {
                link: named,
                request: asking,
            })
        }
    }

    /// Puts a request into words. Nothing is signed or sent.
    ///
    /// # Errors
    /// [`WalletError::Request`] for a request that is not in known terms, of an unknown or suspended agency,
    /// of another key, or too late; [`WalletError::NoRegistry`]; [`WalletError::UnknownCircle`].
    pub fn review(&mut self, compact: &str, lang: Lang) -> Result<Review, WalletError> {
        self.review_lasting(compact, lang, Lifetime::Day)
    }

    /// As [`Wallet::review`], for a request that may stand longer than a day.
    pub(crate) fn review_lasting(
        &mut self,
        compact: &str,
        lang: Lang,
        lifetime: Lifetime,
    ) -> Result<Review, WalletError> {
        let (registry, now) = (self.registry()?, self.device.now());
        let request = verified(&registry, compact, lifetime, now)?;
        let asked = &request.request().consent;
        let agency = registry.agency(&request.request().client_id);
        let agency = agency
            .ok_or_else(|| WalletError::UnknownAgency(request.request().client_id.clone()))?;
        let notice_lang = language(&asked.notice.texts, lang);
        let circle = asked
            .circle
            .as_ref()
            .map(|circle| circle::review(&registry, agency, &circle.id, asked, lang))
            .transpose()?;
        let ends_at = request.latest_exp(now);
        let paths = paths(&asked.datatypes);
        let mut review = Review {
            agency: Party::new(agency, lang),
            circle,
            purposes: purposes(&asked.purposes, lang),
            items: items(&self.profile()?, &paths, &asked.required, lang),
            actions: asked.actions.clone(),
            release: asked.release,
            retention: words::duration(&asked.retention, lang),
            recipients: recipients(&registry, asked.recipients.as_deref(), lang),
            uses: asked.uses.map(std::num::NonZero::get),
            ends_at,
            answer_by: Some(request.request().exp),
            notice: asked
                .notice
                .texts
                .get(&notice_lang)
                .cloned()
                .unwrap_or_default(),
            notice_lang: notice_lang.to_string(),
            warnings: Vec::new(),
            asked: Asked::Request(Box::new(request.clone()), notice_lang),
        };
        review.warnings = warnings(&review, now, asked.basis.as_ref());
        review
            .warnings
            .extend(self.answered_already(request.request().jti)?);
        if let Some(before) = self.asked_before(&registry, request.request())? {
            let more = widened(asked, &before.consent, now);
            review.warnings.extend(more);
        }
        Ok(review)
    }

    fn answered_already(&self, request: Jti) -> Result<Option<Warning>, WalletError> {
        let answer = self
            .grants()?
            .into_iter()
            .find(|grant| grant.answers == Some(request));
        let declined = self.declined_request(&request)?;
        let declined = declined.map(|no| Warning::Declined { at: no.at });
        Ok(answer
            .map(|grant| Warning::Answered { grant: grant.id })
            .or(declined))
    }

    /// The last other request of the same agency that the citizen said yes or no to.
    fn asked_before(
        &self,
        registry: &Registry,
        request: &RequestObject,
    ) -> Result<Option<RequestObject>, WalletError> {
        let yes = self.grants()?.into_iter();
        let yes = yes.filter_map(|grant| Some((grant.signed_at, grant.request?)));
        let no = self.declined()?.into_iter().map(|no| (no.at, no.asked));
        let mut answered: Vec<(UnixSeconds, String)> = yes.chain(no).collect();
        answered.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let same = |asked: &RequestObject| {
            asked.client_id == request.client_id && asked.jti != request.jti
        };
        Ok(answered
            .into_iter()
            .filter_map(|(at, compact)| kept_request(registry, &compact, at))
            .find(same))
    }
}

/// The agency, if it may act now.
pub(crate) fn active<'r>(registry: &'r Registry, id: &AgencyId) -> Result<&'r Agency, WalletError> {
    let agency = registry
        .agency(id)
        .ok_or_else(|| WalletError::UnknownAgency(id.clone()))?;
    if agency.is_active() {
        Ok(agency)
    } else {
        Err(WalletError::AgencySuspended(id.clone()))
    }
}

/// Holds a request to the registry: who asks must be admitted, and must have signed with the key in force.
fn verified(
    registry: &Registry,
    compact: &str,
    lifetime: Lifetime,
    now: UnixSeconds,
) -> Result<VerifiedRequest, WalletError> {
    let unverified = UnverifiedRequest::parse_lasting(compact, &Version1, lifetime)?;
    let agency = registry.agency(unverified.client_id());
    let standing = match agency {
        None => Standing::Unknown,
        Some(agency) if agency.is_active() => Standing::Active,
        Some(_) => Standing::Suspended,
    };
    let keys: Vec<_> = agency.and_then(Agency::current_key).into_iter().collect();
    Ok(unverified.verify(standing, &keys, now)?)
}

/// A request that was verified at `at` and kept since, read again.
pub(crate) fn kept_request(
    registry: &Registry,
    compact: &str,
    at: UnixSeconds,
) -> Option<RequestObject> {
    let unverified = UnverifiedRequest::parse_lasting(compact, &Version1, Lifetime::Offer).ok()?;
    let agency = registry.agency(unverified.client_id())?;
    let keys: Vec<_> = agency.jwks.signing_keys().collect();
    let verified = unverified.verify(Standing::Active, &keys, at).ok()?;
    Some(verified.request().clone())
}

/// Holds an end to now and to the latest that is allowed.
pub(crate) fn check_end(
    ends_at: UnixSeconds,
    now: UnixSeconds,
    latest: UnixSeconds,
) -> Result<(), WalletError> {
    if ends_at <= now {
        return Err(WalletError::EndsInPast);
    }
    if ends_at > latest {
        Err(WalletError::EndsTooLate { latest })
    } else {
        Ok(())
    }
}

/// The language of the notice: the citizen's, else English, else the first there is.
fn language(texts: &std::collections::BTreeMap<Language, String>, lang: Lang) -> Language {
    let tagged = |wanted: Lang| {
        texts
            .keys()
            .find(|tag| tag.as_str().parse::<Lang>() == Ok(wanted))
            .cloned()
    };
    let first = || texts.keys().next().cloned();
    tagged(lang)
        .or_else(|| tagged(Lang::En))
        .or_else(first)
        .unwrap_or_else(|| "en".parse().expect("`en` is a language tag"))
}

/// Paths of a request in known terms.
pub(crate) fn paths(datatypes: &[String]) -> Vec<Path> {
    datatypes
        .iter()
        .filter_map(|path| path.parse().ok())
        .collect()
}

pub(crate) fn purposes(codes: &[String], lang: Lang) -> Vec<PurposeReview> {
    let known = codes.iter().filter_map(|code| purpose(code));
    known
        .map(|purpose| PurposeReview {
            code: purpose.code.to_owned(),
            label: purpose.label(lang),
            explanation: purpose.explanation(lang),
        })
        .collect()
}

pub(crate) fn items(
    profile: &Profile,
    paths: &[Path],
    required: &[String],
    lang: Lang,
) -> Vec<Item> {
    let item = |path: &Path| Item {
        label: notice::label(path, lang),
        value: profile.value(path),
        required: required.contains(&path.to_string()),
        special: path.entry().special_category,
        path: path.clone(),
    };
    paths.iter().map(item).collect()
}

fn recipients(registry: &Registry, ids: Option<&[AgencyId]>, lang: Lang) -> Vec<Party> {
    let unknown = |id: &AgencyId| Party {
        id: id.clone(),
        name: id.to_string(),
        kind: protocol::registry::AgencyKind::Other,
        contact: None,
        privacy_url: None,
        active: false,
    };
    let party = |id: &AgencyId| {
        registry
            .agency(id)
            .map_or_else(|| unknown(id), |agency| Party::new(agency, lang))
    };
    ids.unwrap_or_default().iter().map(party).collect()
}
