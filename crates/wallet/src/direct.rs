//! A consent that nobody asked for: the citizen lets an agency read something on their own account.

use consent_token::{
    id::{AgencyId, UnixSeconds},
    request::notice_digest,
    term::{Action, ConsentType, LegalBasis, Release},
    token::{self, Consent, Notice},
};
use profile::{Lang, Path, purpose};
use protocol::registry::Agency;

use crate::{
    Party, Review, Wallet, WalletError, notice,
    review::{Asked, JURISDICTION, active, check_end, items, purposes},
    warning::warnings,
    words,
};

/// A consent that the citizen words on their own.
#[derive(Clone, Debug)]
pub struct Direct {
    /// To whom.
    pub agency: AgencyId,
    /// What for: a purpose's code.
    pub purpose: String,
    /// What.
    pub datatypes: Vec<Path>,
    /// Until when.
    pub ends_at: UnixSeconds,
    /// When it may be read.
    pub release: Release,
}

/// How long an agency may keep what it read where the citizen grants on their own.
const DIRECT_RETENTION: &str = "P30D";

impl Wallet {
    /// Puts a consent into words that the citizen gives on their own.
    ///
    /// # Errors
    /// [`WalletError::UnknownAgency`], [`WalletError::AgencySuspended`], [`WalletError::UnknownPurpose`],
    /// [`WalletError::EndsInPast`], [`WalletError::EndsTooLate`] or [`WalletError::NoRegistry`].
    pub fn review_direct(&mut self, direct: &Direct, lang: Lang) -> Result<Review, WalletError> {
        let (registry, now) = (self.registry()?, self.device.now());
        let agency = active(&registry, &direct.agency)?;
        let consent = worded(direct, agency, now, lang)?;
        let party = Party::new(agency, lang);
        let mut review = Review {
            circle: None,
            purposes: purposes(&consent.0.purposes, lang),
            items: items(&self.profile()?, &direct.datatypes, &[], lang),
            actions: consent.0.actions.clone(),
            release: direct.release,
            retention: words::duration(&consent.0.retention, lang),
            recipients: Vec::new(),
            uses: None,
            ends_at: direct.ends_at,
            answer_by: None,
            notice: consent.1,
            notice_lang: lang.tag().to_owned(),
            warnings: Vec::new(),
            asked: Asked::Direct(Box::new(consent.0)),
            agency: party,
        };
        review.warnings = warnings(&review, now, None);
        Ok(review)
    }
}

/// The consent of the citizen's own wording, and its text.
fn worded(
    direct: &Direct,
    agency: &Agency,
    now: UnixSeconds,
    lang: Lang,
) -> Result<(Consent, String), WalletError> {
    let purpose = purpose(&direct.purpose)
        .ok_or_else(|| WalletError::UnknownPurpose(direct.purpose.clone()))?;
    check_end(direct.ends_at, now, token::latest_exp(now))?;
    let retention = DIRECT_RETENTION
        .parse()
        .expect("the constant is a duration");
    let name = Party::new(agency, lang).name;
    let terms = notice::Terms {
        agency: &name,
        purpose,
        paths: &direct.datatypes,
        ends_at: direct.ends_at,
        retention: &retention,
        release: direct.release,
    };
    let text = notice::text(&terms, lang);
    let consent = Consent {
        kind: ConsentType::V1,
        purposes: vec![direct.purpose.clone()],
        datatypes: direct.datatypes.iter().map(Path::to_string).collect(),
        actions: vec![Action::Read],
        release: direct.release,
        retention,
        recipients: None,
        uses: None,
        circle: None,
        notice: Notice {
            digest: notice_digest(&text),
            lang: lang.tag().parse().expect("the language tags are BCP 47"),
            version: notice::VERSION.to_owned(),
        },
        basis: LegalBasis::default(),
        jurisdiction: JURISDICTION
            .parse()
            .expect("the constant is an ISO 3166 code"),
    };
    Ok((consent, text))
}
