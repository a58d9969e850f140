//! A wallet with one consent and many looks under it, come by in the usual way: signed and registered by the wallet,
//! looked at by the agency, fetched with every proof checked.

use std::path::{Path, PathBuf};

use consent_token::{
    id::{Jti, UnixSeconds},
    statement::{self, AgencyAct, AgencyStatement},
    term::Release,
};
use profile::Lang;
use protocol::{HttpTransport, VerifierClient};
use tokio::runtime::Runtime;
use verifier_store::fixture;
use wallet::{Choice, Device, Direct, Line, NoRandomness, Wallet};

use crate::{
    Failure,
    machine::Place,
    service::{Batch, Service, fresh_id, now},
};

use super::stage;

/// Statements that are on their way at the same time.
const AT_ONCE: usize = 64;
const PURPOSE: &str = "fire-safety-visit";
const DATATYPES: [&str; 3] = ["home.address", "contact.phone", "needs.mobility"];
const REASONS: [&str; 3] = [
    "planning the visit",
    "asking whether Tuesday suits, and who opens the door",
    "writing the report",
];
/// How long the consent lasts, in seconds.
const LASTS: i64 = 90 * 86_400;

/// The home of that wallet, and the verifier behind it.
pub(crate) struct LookedAt {
    home: PathBuf,
    service: Service,
    runtime: Runtime,
}

/// This machine's clock and randomness.
struct Machine;

impl Device for Machine {
    fn now(&mut self) -> UnixSeconds {
        UnixSeconds::MIN.plus(jiff::Timestamp::now().as_second())
    }

    fn fill_random(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

impl LookedAt {
    /// Lays the wallet with so many looks.
    pub(crate) fn lay(place: &Place, count: usize) -> Result<Self, Failure> {
        let home = place.subfolder("looked-at")?;
        let mut wallet = Wallet::new(stage::lay_wallet(&home)?, Box::new(Machine));
        let runtime = Runtime::new()?;
        let service = runtime.block_on(async {
            let service = Service::start(place, "looks", Batch::Grouped).await?;
            fill(&mut wallet, &service, count).await?;
            Ok::<_, Failure>(service)
        })?;
        Ok(Self {
            home,
            service,
            runtime,
        })
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Stops the verifier, once no window speaks to it any more.
    pub(crate) fn stop(self) -> Result<(), Failure> {
        self.runtime.block_on(self.service.stop())
    }
}

async fn fill(wallet: &mut Wallet, service: &Service, count: usize) -> Result<(), Failure> {
    let line = Line::new(&service.url, HttpTransport::new()?);
    wallet.refresh_registry(&line).await?;
    let review = wallet.review_direct(&direct()?, Lang::En)?;
    let choice = Choice::default();
    let signed = wallet.sign_online(&line, &review, &choice).await?;
    let grant = signed.first().ok_or("nothing was signed")?.id;
    wallet.send(&line).await?;
    look(service, grant, count).await?;
    let looked = wallet.sync(&line).await?.looked;
    if looked.len() != count {
        return Err(format!("the wallet tells {} looks of {count}", looked.len()).into());
    }
    Ok(wallet.mark_shown(&looked)?)
}

fn direct() -> Result<Direct, Failure> {
    let datatypes = DATATYPES.iter().map(|path| path.parse());
    Ok(Direct {
        agency: fixture::agency_id(),
        purpose: PURPOSE.to_owned(),
        datatypes: datatypes.collect::<Result<_, _>>()?,
        ends_at: now()?.plus(LASTS),
        release: Release::OnGrant,
    })
}

/// The agency puts its looks on record.
async fn look(service: &Service, grant: Jti, count: usize) -> Result<(), Failure> {
    let numbers = (0..count).collect::<Vec<_>>();
    for together in numbers.chunks(AT_ONCE) {
        let mut posts = Vec::new();
        for number in together {
            let statement = access(grant, *number)?;
            let client = VerifierClient::new(&service.url, service.transport.clone());
            posts.push(tokio::spawn(async move {
                client.state(&statement).await.map(drop)
            }));
        }
        for post in posts {
            post.await??;
        }
    }
    Ok(())
}

fn access(grant: Jti, number: usize) -> Result<String, Failure> {
    let reason = REASONS.iter().cycle().nth(number % REASONS.len());
    let named = 1 + number % DATATYPES.len();
    let statement = AgencyStatement {
        iss: fixture::agency_id(),
        jti: fresh_id()?,
        iat: now()?,
        grant,
        act: AgencyAct::Access {
            actor: format!("officer-{}", number % 40),
            reason: reason.copied().unwrap_or_default().to_owned(),
            datatypes: DATATYPES
                .iter()
                .take(named)
                .map(ToString::to_string)
                .collect(),
        },
    };
    let signed = statement::sign_agency(&statement, &fixture::agency_key());
    Ok(signed.map_err(|refusal| refusal.code())?)
}
