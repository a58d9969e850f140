//! From a request and the citizen's choices to the consent that is signed: never more than was
//! asked, never less than is required.

use super::{RequestedCircle, VerifiedRequest};
use crate::id::{Jti, UnixSeconds};
use crate::term::{Jurisdiction, Language};
use crate::token::{Circle, Consent, Notice, are_distinct};

/// What the citizen chose.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    /// The data paths to give; all the required ones among them.
    pub datatypes: &'a [&'a str],
    /// The language in which the notice was read.
    pub lang: &'a Language,
    /// Whose law applies when the request does not say.
    pub jurisdiction: Option<&'a Jurisdiction>,
    /// The random id of a grant to a circle; where the request has one, that one counts.
    pub case: Option<Jti>,
}

/// Why no consent can be made of these choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// Nothing is given; the citizen can decline instead.
    #[error("no data was chosen")]
    NothingChosen,
    /// A path that was not asked for; the wallet must leave it out.
    #[error("`{0}` was not asked for")]
    NotRequested(String),
    /// A path twice; the wallet must leave one out.
    #[error("a data path was chosen twice")]
    ChosenTwice,
    /// The request is pointless without this path; the citizen can give it or decline.
    #[error("`{0}` is required")]
    RequiredMissing(String),
    /// The request has no notice in this language; the citizen must read another.
    #[error("there is no notice in `{0}`")]
    NoNotice(Language),
    /// Neither the request nor the choices say whose law applies; the wallet must.
    #[error("no jurisdiction was given")]
    NoJurisdiction,
    /// The request is to a circle; the wallet must give the grant a random id.
    #[error("no case was given for the circle")]
    NoCase,
}

impl VerifiedRequest {
    /// Makes the consent of a token that answers this request.
    ///
    /// # Errors
    /// [`AnswerError`].
    pub fn answer(&self, choices: &Choices<'_>) -> Result<Consent, AnswerError> {
        let asked = &self.request().consent;
        Ok(Consent {
            kind: asked.kind,
            purposes: asked.purposes.clone(),
            datatypes: self.chosen(choices.datatypes)?,
            actions: asked.actions.clone(),
            release: asked.release,
            retention: asked.retention.clone(),
            recipients: asked.recipients.clone(),
            uses: asked.uses,
            circle: asked
                .circle
                .as_ref()
                .map(|circle| place(circle, choices.case))
                .transpose()?,
            notice: self.notice(choices.lang)?,
            basis: asked.basis.clone().unwrap_or_default(),
            jurisdiction: asked
                .jurisdiction
                .as_ref()
                .or(choices.jurisdiction)
                .cloned()
                .ok_or(AnswerError::NoJurisdiction)?,
        })
    }

    /// The latest `exp` that `max_duration` leaves to a token good from `nbf`.
    #[must_use]
    pub fn latest_exp(&self, nbf: UnixSeconds) -> UnixSeconds {
        let latest = self.request().consent.max_duration.after(nbf);
        latest
            .unwrap_or(UnixSeconds::MAX)
            .min(crate::token::latest_exp(nbf))
    }

    /// The chosen paths in the order of the request.
    fn chosen(&self, chosen: &[&str]) -> Result<Vec<String>, AnswerError> {
        let asked = &self.request().consent;
        if chosen.is_empty() {
            return Err(AnswerError::NothingChosen);
        }
        if !are_distinct(chosen) {
            return Err(AnswerError::ChosenTwice);
        }
        if let Some(path) = chosen
            .iter()
            .find(|path| !asked.datatypes.iter().any(|asked| asked == *path))
        {
            return Err(AnswerError::NotRequested((*path).into()));
        }
        if let Some(path) = asked
            .required
            .iter()
            .find(|path| !chosen.contains(&path.as_str()))
        {
            return Err(AnswerError::RequiredMissing(path.clone()));
        }
        let kept = asked
            .datatypes
            .iter()
            .filter(|path| chosen.contains(&path.as_str()));
        Ok(kept.cloned().collect())
    }

    fn notice(&self, lang: &Language) -> Result<Notice, AnswerError> {
        let notice = &self.request().consent.notice;
        let digest = notice
            .digest(lang)
            .ok_or_else(|| AnswerError::NoNotice(lang.clone()))?;
        Ok(Notice {
            digest,
            lang: lang.clone(),
            version: notice.version.clone(),
        })
    }
}

fn place(circle: &RequestedCircle, case: Option<Jti>) -> Result<Circle, AnswerError> {
    let case = circle.case.or(case).ok_or(AnswerError::NoCase)?;
    Ok(Circle {
        id: circle.id.clone(),
        tier: circle.tier,
        case,
    })
}
