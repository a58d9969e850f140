//! `assent agency request`: a signed request for consent, as a link, a file or a QR code.

use std::path::PathBuf;

use ::agency::{Cache, Identity, QrError, SignedRequest, Terms, circle_tier};
use consent_token::{
    id::{AgencyId, UnixSeconds, WebAddress},
    term::{Action, Jurisdiction, LegalBasis, Release},
};
use serde_json::json;

use super::{Common, failure, inputs};
use crate::{
    clock,
    file::{self, Readers},
    outcome::{Answer, Failure, Outcome},
    print,
};

/// Ask for consent.
#[derive(clap::Args)]
pub struct Args {
    /// What for: purpose codes.
    #[arg(long, value_name = "CODE", required = true, value_delimiter = ',')]
    purpose: Vec<String>,
    /// Which data: paths.
    #[arg(long, value_name = "PATH", required = true, value_delimiter = ',')]
    data: Vec<String>,
    /// The paths without which the request is pointless; the person may leave out all others.
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    required: Vec<String>,
    /// The text that the person reads: LANG=FILE, or a file such as notice.cy.txt.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    notice: Vec<String>,
    /// Your name for this version of the text; today's date where none is given.
    #[arg(long, value_name = "NAME")]
    notice_version: Option<String>,
    /// How long the consent should run at most: a date (its end in UTC), or a duration such as P1Y.
    #[arg(long, value_name = "DATE")]
    until: String,
    /// How long you would keep what you read.
    #[arg(long, value_name = "DURATION", default_value = "P30D")]
    retention: String,
    /// What you would do with it: read, store, forward.
    #[arg(
        long,
        value_name = "ACTION",
        value_delimiter = ',',
        default_value = "read"
    )]
    action: Vec<String>,
    /// Agencies that you would forward it to.
    #[arg(long, value_name = "URL", value_delimiter = ',')]
    recipient: Vec<AgencyId>,
    /// Sealed until you declare an incident.
    #[arg(long)]
    on_incident: bool,
    /// Ask for the whole circle of agencies.
    #[arg(long, value_name = "ID")]
    circle: Option<String>,
    /// Your tier in the circle; the highest that is open to you where none is given.
    #[arg(long, value_name = "N", requires = "circle")]
    tier: Option<u8>,
    /// The legal basis (a DPV IRI), where it is not explicit consent.
    #[arg(long, value_name = "IRI")]
    basis: Option<String>,
    /// Whose law applies, such as GB-WLS.
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    /// Where the wallet sends the answer too.
    #[arg(long, value_name = "URL")]
    response_uri: Option<String>,
    /// The address that you will put the request at; the link then names it instead of holding the request.
    #[arg(long, value_name = "URL")]
    request_uri: Option<String>,
    /// For how many minutes the request can be answered; 24 hours at most.
    #[arg(long, value_name = "MINUTES", default_value_t = 24 * 60, value_parser = clap::value_parser!(i64).range(1..=24 * 60))]
    answer_within: i64,
    /// Write the link as a QR code: a PNG file, or - for the terminal.
    #[arg(long, value_name = "PNG")]
    qr: Option<PathBuf>,
    /// Write the signed request to a file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Runs the command.
pub fn run(args: Args, json: bool) -> Outcome {
    let (agency, cache) = super::open(&args.common)?;
    let now = clock::now();
    let terms = args.terms(&agency, &cache, now)?;
    let signed = terms
        .sign(&agency, now, args.answer_within * 60)
        .map_err(failure)?;
    let link = match &args.request_uri {
        Some(uri) => signed.link_to(inputs::term::<WebAddress>(
            uri,
            "--request-uri",
            "https://fire.example/requests/1",
        )?),
        None => signed.link(),
    };
    if let Some(path) = &args.out {
        file::replace(path, signed.compact.as_bytes(), Readers::All)?;
    }
    let mut words = format!("{link}\n");
    if let Some(path) = &args.qr {
        words.push_str(&draw(path, &link, json)?);
    }
    words.push_str(&format!(
        "\nGood until {}. Give the link to the person's wallet.",
        moment(signed.object.exp)
    ));
    Ok(Answer::yes(words, for_scripts(&signed, &link)))
}

fn for_scripts(signed: &SignedRequest, link: &str) -> serde_json::Value {
    json!({
        "request": signed.compact,
        "link": link,
        "jti": signed.object.jti.to_string(),
        "exp": signed.object.exp.as_i64(),
    })
}

/// Writes the code; answers what to say of it.
fn draw(path: &std::path::Path, link: &str, json: bool) -> Result<String, Failure> {
    let refused = |error: QrError| {
        let advice = "Write the request to a file with --out, put it at an address, and name that with --request-uri.";
        Failure::usage(format!("There is no QR code: {error}."), advice)
    };
    if path.as_os_str() == "-" {
        let code = ::agency::qr_terminal(link).map_err(refused)?;
        if !json {
            print::drawing(&code)?;
        }
        return Ok(String::new());
    }
    let png = ::agency::qr_png(link).map_err(refused)?;
    file::replace(path, &png, Readers::All)?;
    Ok(format!("\nThe QR code is in {}.\n", path.display()))
}

fn moment(at: UnixSeconds) -> String {
    jiff::Timestamp::from_second(at.as_i64())
        .map_or_else(|_| at.to_string(), |time| time.to_string())
}

impl Args {
    pub(super) fn terms(
        &self,
        agency: &Identity,
        cache: &Cache,
        now: UnixSeconds,
    ) -> Result<Terms, Failure> {
        let action = |action: &String| inputs::term::<Action>(action, "--action", "read");
        let basis =
            |iri: &String| inputs::term::<LegalBasis>(iri, "--basis", LegalBasis::EXPLICIT_CONSENT);
        let place = |code: &String| inputs::term::<Jurisdiction>(code, "--jurisdiction", "GB-WLS");
        let address = |uri: &String| {
            inputs::term::<WebAddress>(uri, "--response-uri", "https://fire.example/answers")
        };
        Ok(Terms {
            purposes: self.purpose.clone(),
            datatypes: self.data.clone(),
            required: self.required.clone(),
            actions: self.action.iter().map(action).collect::<Result<_, _>>()?,
            release: if self.on_incident {
                Release::OnIncident
            } else {
                Release::OnGrant
            },
            retention: inputs::term(&self.retention, "--retention", "P30D")?,
            max_duration: inputs::until(&self.until, now)?,
            recipients: self.recipient.clone(),
            circle: self.circle(agency, cache)?,
            notice: inputs::notices(&self.notice)?,
            notice_version: self
                .notice_version
                .clone()
                .unwrap_or_else(|| moment(now).chars().take(10).collect()),
            basis: self.basis.as_ref().map(basis).transpose()?,
            jurisdiction: self.jurisdiction.as_ref().map(place).transpose()?,
            response_uri: self.response_uri.as_ref().map(address).transpose()?,
        })
    }

    fn circle(&self, agency: &Identity, cache: &Cache) -> Result<Option<(String, u8)>, Failure> {
        let Some(circle) = &self.circle else {
            return Ok(None);
        };
        let known = || circle_tier(cache.registry()?, circle, agency.id());
        let unknown = || {
            let what = format!("The agency's tier in the circle {circle} is not known here.");
            Failure::usage(
                what,
                "Name it with --tier, or run `assent agency grants` once to fetch the registry.",
            )
        };
        Ok(Some((
            circle.clone(),
            self.tier.or_else(known).ok_or_else(unknown)?,
        )))
    }
}
