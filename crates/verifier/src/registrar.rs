//! The registrar's acts: each makes the next registry, signs it and logs it, through the running verifier
//! where there is one, else straight into the database.

use std::path::Path;

use consent_token::id::{AgencyId, UnixSeconds};
use protocol::{
    Registry, UnixMillis,
    registry::{Agency, AgencyStatus, Auditor, Circle, RegistryError},
};
use serde::{Deserialize, Serialize};
use store_sqlite::{OpenError, SqliteStore};
use verifier_store::{AppendError, Ledger, Staging, Store, Submission};

use crate::{
    boot::{self, BootError},
    control,
    folder::{FolderError, Held},
    keys::{Keys, KeysError},
    sequencer,
};

/// The database's name in the data folder.
pub const DATABASE: &str = "verifier.db";

/// One act on the registry.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Admits an agency, or takes its changed entry.
    AddAgency(Box<Agency>),
    /// Suspends an agency: its tokens are refused at once.
    SuspendAgency(AgencyId),
    /// Admits an auditor.
    AddAuditor(Box<Auditor>),
    /// Adds a circle, or takes its changed form.
    AddCircle(Box<Circle>),
}

/// Why an act was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistrarError {
    /// The next registry would not hold.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// No agency has that id.
    #[error("no agency is registered as {0}")]
    UnknownAgency(AgencyId),
    /// The running verifier refused.
    #[error("the running verifier refused: {0}")]
    Refused(String),
    /// The running verifier could not be asked.
    #[error("the running verifier could not be asked: {0}")]
    Running(String),
    /// A process that does not answer holds the folder: it starts or stops, or does another act. Try again.
    #[error("{0}, and does not answer")]
    Busy(FolderError),
    /// The folder cannot be held.
    #[error(transparent)]
    Folder(FolderError),
    /// The keys cannot be read.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database cannot be read.
    #[error(transparent)]
    Boot(#[from] BootError),
    /// The database cannot be written, or somebody else wrote first: try again.
    #[error(transparent)]
    Append(#[from] AppendError),
}

impl Act {
    /// The registry after this act.
    ///
    /// # Errors
    /// [`RegistrarError`] where the next registry would not hold.
    pub fn apply(
        &self,
        current: Option<&Registry>,
        issuer: &str,
        now: UnixSeconds,
    ) -> Result<Registry, RegistrarError> {
        let mut next = successor(current, issuer, now);
        self.change(&mut next)?;
        next.check()?;
        if let Some(current) = current {
            next.follows(current)?;
        }
        Ok(next)
    }

    fn change(&self, registry: &mut Registry) -> Result<(), RegistrarError> {
        match self {
            Act::AddAgency(agency) => {
                agency.check_admission()?;
                let same = |a: &Agency, b: &Agency| a.id == b.id;
                put(&mut registry.agencies, (**agency).clone(), same);
            }
            Act::AddAuditor(auditor) => {
                auditor.check_admission()?;
                let same = |a: &Auditor, b: &Auditor| a.id == b.id;
                put(&mut registry.auditors, (**auditor).clone(), same);
            }
            Act::AddCircle(circle) => {
                circle.check_admission()?;
                let same = |a: &Circle, b: &Circle| a.id == b.id;
                put(&mut registry.circles, (**circle).clone(), same);
            }
            Act::SuspendAgency(id) => {
                let agency = registry.agencies.iter_mut().find(|agency| agency.id == *id);
                agency
                    .ok_or_else(|| RegistrarError::UnknownAgency(id.clone()))?
                    .status = AgencyStatus::Suspended;
            }
        }
        Ok(())
    }
}

/// The registry that may follow, with nothing changed but who publishes it, and when.
fn successor(current: Option<&Registry>, issuer: &str, now: UnixSeconds) -> Registry {
    let current = current.cloned();
    let mut next = current.unwrap_or_else(|| Registry {
        iss: String::new(),
        iat: now,
        serial: 0,
        agencies: Vec::new(),
        circles: Vec::new(),
        auditors: Vec::new(),
    });
    next.iss = issuer.to_owned();
    next.iat = now;
    next.serial += 1;
    next
}

fn put<T>(list: &mut Vec<T>, new: T, same: impl Fn(&T, &T) -> bool) {
    match list.iter_mut().find(|old| same(old, &new)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

/// Does one act on the verifier in `data`, running or not, and gives the registry's new serial. Whoever holds the
/// folder does it: written past a verifier that serves, it would not be in force there.
///
/// # Errors
/// [`RegistrarError`]; nothing was changed.
pub async fn act(data: &Path, act: &Act) -> Result<u64, RegistrarError> {
    let keys = Keys::read(data)?;
    let _held = match Held::hold(data) {
        Ok(held) => held,
        Err(busy @ FolderError::Held(_)) => {
            let answer = control::ask_running(data, act).await?;
            return answer.ok_or(RegistrarError::Busy(busy));
        }
        Err(error) => return Err(RegistrarError::Folder(error)),
    };
    let store = SqliteStore::open(&data.join(DATABASE))?;
    let mut ledger = Ledger::default();
    boot::catch_up(&store, &mut ledger).await?;
    let now: UnixMillis = sequencer::now();
    let current = ledger.registry().map(|state| &state.registry);
    let issuer = current
        .map(|registry| registry.iss.clone())
        .or_else(|| keys.issuer.clone())
        .unwrap_or_default();
    let next = act.apply(current, &issuer, now.as_seconds())?;
    let serial = next.serial;
    append(&store, &ledger, &keys, next, now).await?;
    Ok(serial)
}

/// Signs a registry and logs it; the ledger that holds it.
async fn append<S: Store>(
    store: &S,
    ledger: &Ledger,
    keys: &Keys,
    next: Registry,
    now: UnixMillis,
) -> Result<Ledger, RegistrarError> {
    let mut staging = Staging::new(ledger, now);
    let submission = Submission::Registry(next.sign(&keys.registrar), Box::new(next));
    staging
        .submit(&submission)
        .map_err(|code| RegistrarError::Refused(code.as_str().to_owned()))?;
    let (ledger, batch) = staging.finish();
    store.append(batch).await?;
    Ok(ledger)
}

/// The ledger with a registry in the name of `issuer`. One from before the verifier knew its address, or from an
/// earlier address, is signed once more and logged like every change of it: wallets believe no other name.
pub(crate) async fn in_the_name_of<S: Store>(
    issuer: &str,
    store: &S,
    ledger: Ledger,
    keys: &Keys,
) -> Result<Ledger, RegistrarError> {
    let other = ledger
        .registry()
        .filter(|state| state.registry.iss != issuer);
    let Some(other) = other else {
        return Ok(ledger);
    };
    let now = sequencer::now();
    let next = successor(Some(&other.registry), issuer, now.as_seconds());
    append(store, &ledger, keys, next, now).await
}

/// The registry in force.
///
/// # Errors
/// [`RegistrarError`].
pub async fn registry(data: &Path) -> Result<Option<Registry>, RegistrarError> {
    Keys::read(data)?;
    let store = SqliteStore::open(&data.join(DATABASE))?;
    let mut ledger = Ledger::default();
    boot::catch_up(&store, &mut ledger).await?;
    Ok(ledger.registry().map(|state| state.registry.clone()))
}
