//! The console's state: what is in the agency's folder, who is signed in, and what the verifier said. Every
//! lock is held for a few lines and never while a network is waited for.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, RwLock},
};

use agency::{AgencyError, Cache, Identity, Locators, Record};
use consent_token::{
    id::{Jti, UnixSeconds},
    term::IsoDuration,
};
use protocol::{Registry, api::AgencyEvent, registry::Agency};
use tokio::sync::{broadcast, watch};

use crate::{
    ApiError, Clock, Code, Config, StartError,
    api::{DemoUser, Live},
    asks::{Asks, Templates},
    consents::{Consents, Owing},
    incidents::Incidents,
    journal::Journal,
    line::Line,
    oidc::SignIns,
    passkeys::Passkeys,
    people::People,
    place::Place,
    secret,
    sessions::{Lifetimes, Sessions},
    tries::Tries,
};

/// Every event of the verifier, as it came; the index is made from it at every start.
pub(crate) const EVENTS: &str = "desk/events.jsonl";
/// Changes that a slow page may be behind before its stream is cut.
const BEHIND_AT_MOST: usize = 1024;
/// Characters of the set-up code, 5 bits each.
const CODE_LENGTH: usize = 16;

/// The agency's own books.
#[derive(Debug)]
pub(crate) struct Books {
    pub(crate) record: Record,
    pub(crate) locators: Locators,
}

/// The console.
pub(crate) struct Desk {
    pub(crate) agency: Arc<Identity>,
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) place: Place,
    pub(crate) line: Option<Line>,
    pub(crate) journal: Journal,
    pub(crate) passkeys: Passkeys,
    pub(crate) oidc: SignIns,
    pub(crate) live: broadcast::Sender<Live>,
    pub(crate) connected: watch::Sender<bool>,
    pub(crate) demo: Vec<DemoUser>,
    /// Makes the first administrator, as long as nobody is known.
    pub(crate) set_up_code: Option<String>,
    pub(crate) erase_within: IsoDuration,
    /// The log index of the last event that was acted on and written down.
    pub(crate) dealt_with: Mutex<Option<u64>>,
    sessions: Mutex<Sessions>,
    people: Mutex<People>,
    tries: Mutex<Tries>,
    asks: Mutex<Asks>,
    templates: Mutex<Templates>,
    incidents: Mutex<Incidents>,
    books: Mutex<Books>,
    consents: RwLock<Consents>,
}

/// What a console is opened with.
pub(crate) struct Opening {
    pub(crate) agency: Arc<Identity>,
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) place: Place,
    /// The verifier's address; the one from before unless given.
    pub(crate) verifier: Option<String>,
    pub(crate) demo: Vec<DemoUser>,
}

/// A lock that a fault in another thread broke is a fault of this program.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Result<MutexGuard<'_, T>, ApiError> {
    mutex.lock().map_err(|_| Code::Internal.into())
}

impl Desk {
    /// Reads the agency's folder; nothing is sent.
    pub(crate) fn open(opening: Opening) -> Result<Self, StartError> {
        let Opening {
            agency,
            config,
            clock,
            place,
            verifier,
            demo,
        } = opening;
        let cache = Cache::open(&agency)?;
        let url = verifier.or_else(|| cache.pins().map(|pins| pins.url.clone()));
        let line = url
            .map(|url| Line::new(agency.clone(), cache, &url, clock.now()))
            .transpose()?;
        let people = People::read(&agency)?;
        let nobody = people.is_empty() && config.oidc.is_none();
        let set_up_code = nobody
            .then(|| secret::generate_plain(CODE_LENGTH))
            .transpose();
        let lifetimes = Lifetimes {
            idle: i64::from(config.idle_minutes) * 60,
            longest: i64::from(config.longest_hours) * 3600,
        };
        let mut consents = Consents::default();
        for event in agency.lines_of::<AgencyEvent>(EVENTS)? {
            consents.apply(&event);
        }
        Ok(Desk {
            set_up_code: set_up_code.map_err(|_| AgencyError::Randomness)?,
            erase_within: erase_within(&agency.entry().agency)?,
            sessions: Mutex::new(Sessions::new(lifetimes)),
            people: Mutex::new(people),
            tries: Mutex::default(),
            asks: Mutex::new(Asks::read(&agency)?),
            templates: Mutex::new(Templates::read(&agency)?),
            incidents: Mutex::new(Incidents::read(&agency)?),
            books: Mutex::new(Books {
                record: Record::open(&agency)?,
                locators: Locators::open(&agency)?,
            }),
            dealt_with: Mutex::new(consents.last()),
            consents: RwLock::new(consents),
            journal: Journal::open(agency.clone())?,
            passkeys: Passkeys::new(&place),
            oidc: SignIns::new(config.oidc.as_ref(), &place, agency.dir())?,
            live: broadcast::channel(BEHIND_AT_MOST).0,
            connected: watch::channel(false).0,
            agency,
            config,
            clock,
            place,
            line,
            demo,
        })
    }

    pub(crate) fn now(&self) -> UnixSeconds {
        self.clock.now()
    }

    pub(crate) fn sessions(&self) -> Result<MutexGuard<'_, Sessions>, ApiError> {
        lock(&self.sessions)
    }

    pub(crate) fn people(&self) -> Result<MutexGuard<'_, People>, ApiError> {
        lock(&self.people)
    }

    pub(crate) fn tries(&self) -> Result<MutexGuard<'_, Tries>, ApiError> {
        lock(&self.tries)
    }

    pub(crate) fn asks(&self) -> Result<MutexGuard<'_, Asks>, ApiError> {
        lock(&self.asks)
    }

    pub(crate) fn templates(&self) -> Result<MutexGuard<'_, Templates>, ApiError> {
        lock(&self.templates)
    }

    pub(crate) fn incidents(&self) -> Result<MutexGuard<'_, Incidents>, ApiError> {
        lock(&self.incidents)
    }

    pub(crate) fn books(&self) -> Result<MutexGuard<'_, Books>, ApiError> {
        lock(&self.books)
    }

    pub(crate) fn consents(&self) -> Result<std::sync::RwLockReadGuard<'_, Consents>, ApiError> {
        self.consents.read().map_err(|_| Code::Internal.into())
    }

    pub(crate) fn consents_mut(
        &self,
    ) -> Result<std::sync::RwLockWriteGuard<'_, Consents>, ApiError> {
        self.consents.write().map_err(|_| Code::Internal.into())
    }

    /// The line to the verifier.
    pub(crate) fn line(&self) -> Result<&Line, ApiError> {
        self.line.as_ref().ok_or_else(|| Code::NoVerifier.into())
    }

    /// The registry that was fetched last.
    pub(crate) fn registry(&self) -> Option<Arc<Registry>> {
        self.line.as_ref()?.registry()
    }

    /// The agency's own entry, as it would hand it to the registrar.
    pub(crate) fn own(&self) -> &Agency {
        &self.agency.entry().agency
    }

    /// What is owed, by the books.
    pub(crate) fn owing<'a>(&'a self, books: &'a Books) -> Owing<'a> {
        Owing {
            record: &books.record,
            erase_within: &self.erase_within,
        }
    }

    /// Tells every page.
    pub(crate) fn tell(&self, live: Live) {
        // With nobody listening there is nobody to tell.
        let _ = self.live.send(live);
    }

    /// Names of agencies by id, for pages that only know ids.
    pub(crate) fn agency_names(
        &self,
        lang: profile::Lang,
    ) -> BTreeMap<String, crate::api::AgencyWords> {
        let registry = self.registry();
        let all = registry
            .iter()
            .flat_map(|registry| registry.agencies.iter());
        all.map(|agency| (agency.id.to_string(), crate::words::agency(agency, lang)))
            .collect()
    }
}

/// A grant's id as a page sends it.
pub(crate) fn grant_id(text: &str) -> Result<Jti, ApiError> {
    text.parse().map_err(|_| Code::UnknownGrant.at("grant"))
}

fn erase_within(agency: &Agency) -> Result<IsoDuration, AgencyError> {
    let promised = agency.obligations.as_ref();
    let within = promised.map_or("P30D", |promised| promised.erase_within.as_str());
    within
        .parse()
        .map_err(|_| AgencyError::Damaged("registry-entry.json".into()))
}
