//! One audit from the first request to the last: documents first and the checkpoint after them, so that
//! the log that is read covers everything that was said meanwhile.

use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use protocol::{
    Transport, UnixMillis,
    api::{AuditStatements, Metadata},
};
use transparency_log::{Checkpoint, SignedNote, TreeHead};

use crate::{
    AuditError, Identity,
    conduct::{Body, Conduct},
    finding::{Code, Findings},
    growth,
    lists::{self, Judge, Served},
    log::{self, From, Reading},
    registry,
    replay::Replay,
    source::{Document, Source},
    state::{ListSeen, State, VisitRecord},
    visit::{Step, Visit},
};

/// Lists that are also asked for as they were in the past.
const PAST_LISTS: usize = 4;

/// An auditor of one verifier, with its state folder.
#[derive(Debug)]
pub struct Auditor<T> {
    source: Source<T>,
    state: State,
}

/// What the verifier said before its log was read.
struct Said {
    metadata: Metadata,
    registry: Option<Document>,
    lists: Vec<Served>,
}

/// What one audit is about.
struct Scene<'a> {
    now: UnixMillis,
    said: Said,
    note: String,
    head: TreeHead,
    last: Option<TreeHead>,
    step: &'a (dyn Fn(Step) + Send + Sync),
}

impl<T: Transport> Auditor<T> {
    /// Opens the state folder in `dir`, or makes it: then `verifier` and `log_vkey` are needed, and pinned.
    ///
    /// # Errors
    /// [`AuditError::NoKey`] on a first visit without a key; a key is never taken from the verifier itself.
    /// [`AuditError::OtherVerifier`], [`AuditError::OtherKey`], [`AuditError::InUse`], [`AuditError::File`].
    pub fn open(
        dir: &Path,
        verifier: Option<&str>,
        log_vkey: Option<&str>,
        transport: T,
    ) -> Result<Self, AuditError> {
        let state = State::open(dir, verifier, log_vkey)?;
        Ok(Auditor {
            source: Source::new(&state.pin.verifier, transport),
            state,
        })
    }

    /// Does one audit at `now`; `step` hears how far it is.
    ///
    /// # Errors
    /// [`AuditError`] where it could not be told whether the verifier keeps its word.
    pub async fn visit(
        &mut self,
        now: UnixMillis,
        step: &(dyn Fn(Step) + Send + Sync),
    ) -> Result<Visit, AuditError> {
        let mut findings = Findings::default();
        let said = self.said().await?;
        self.check_keys(&said.metadata, &mut findings)?;
        let last = self.last_head()?;
        let Some((note, head)) = self.checkpoint(&mut findings).await? else {
            return self.done(now, last, None, findings, Replay::new());
        };
        let scene = Scene {
            now,
            said,
            note,
            head,
            last,
            step,
        };
        let reading = self.read(&scene).await?;
        let replay = self.judge(&scene, reading, &mut findings).await?;
        self.done(now, last, Some(head), findings, replay)
    }

    /// What agencies did, by the statements behind the log that `visit` read.
    ///
    /// # Errors
    /// [`AuditError::NotAdmitted`], and as [`Auditor::visit`].
    pub async fn conduct(&self, visit: &Visit, auditor: &Identity) -> Result<Conduct, AuditError> {
        let strange = || AuditError::NotAVerifier(self.state.pin.verifier.clone());
        let issuer = self.source.metadata().await?.issuer;
        let url = format!("{issuer}/v1/audit/statements");
        let (mut bodies, mut from, to) = (Vec::new(), 0, visit.replay.size());
        while from < to {
            let proof = auditor.proof(&url, visit.at.as_seconds())?;
            let path = format!("/v1/audit/statements?from={from}&to={to}");
            let page = self
                .source
                .find_as(&path, Some(&proof))
                .await?
                .ok_or_else(strange)?;
            let page: AuditStatements =
                serde_json::from_slice(&page.body).map_err(|_| strange())?;
            bodies.extend(page.statements.into_iter().map(|one| Body {
                index: one.index,
                jws: one.jws,
            }));
            match page.next {
                Some(next) if next > from => from = next,
                _ => break,
            }
        }
        let registry = self.state.registry()?;
        let registry = registry.and_then(|compact| registry::parse(&compact));
        Ok(Conduct::of(
            &bodies,
            &visit.replay,
            registry.as_ref(),
            visit.at,
        ))
    }

    async fn said(&self) -> Result<Said, AuditError> {
        let known = self
            .state
            .visits()?
            .last()
            .and_then(|visit| visit.lists.last())
            .map_or(0, |seen| seen.list + 1);
        Ok(Said {
            metadata: self.source.metadata().await?,
            registry: registry::fetch(&self.source).await?,
            lists: lists::fetch(&self.source, known).await?,
        })
    }

    /// The first visit pins the keys that lists and registry are signed with; later ones compare.
    fn check_keys(
        &mut self,
        metadata: &Metadata,
        findings: &mut Findings,
    ) -> Result<(), AuditError> {
        if metadata.log_vkey != self.state.pin.log_vkey {
            let what = format!(
                "The verifier tells its users another log key than the pinned one: {}.",
                metadata.log_vkey
            );
            findings.add(Code::VerifierKeyChanged, what);
        }
        let Some(pinned) = &self.state.pin.jwks else {
            return self.state.pin_keys(&metadata.jwks);
        };
        for purpose in ["status", "registry"] {
            if registry::keys_for(pinned, purpose) != registry::keys_for(&metadata.jwks, purpose) {
                let what =
                    format!("The verifier's keys for {purpose} are not those of the first visit.");
                findings.add(Code::VerifierKeyChanged, what);
            }
        }
        Ok(())
    }

    fn last_head(&self) -> Result<Option<TreeHead>, AuditError> {
        let Some(note) = self.state.checkpoint()? else {
            return Ok(None);
        };
        let damaged = || AuditError::Damaged("the last checkpoint in the state folder".into());
        let note: SignedNote = note.parse().map_err(|_| damaged())?;
        let checkpoint = Checkpoint::open(&note, &self.state.log, &[]).map_err(|_| damaged())?;
        Ok(Some(checkpoint.head()))
    }

    async fn checkpoint(
        &self,
        findings: &mut Findings,
    ) -> Result<Option<(String, TreeHead)>, AuditError> {
        let Some(served) = self.source.find("/log/checkpoint").await? else {
            findings.add(Code::CheckpointUnsigned, "There is no checkpoint.");
            return Ok(None);
        };
        let note = served
            .text()
            .parse::<SignedNote>()
            .map_err(|e| e.to_string());
        let opened = note.and_then(|note| {
            Checkpoint::open(&note, &self.state.log, &[]).map_err(|e| e.to_string())
        });
        match opened {
            Ok(checkpoint) => Ok(Some((served.text().to_owned(), checkpoint.head()))),
            Err(fault) => {
                self.state
                    .keep_evidence("checkpoint-unsigned", &served.body)?;
                findings.add(
                    Code::CheckpointUnsigned,
                    format!("The checkpoint does not hold: {fault}."),
                );
                Ok(None)
            }
        }
    }

    /// Reads the log. Where what is kept does not lead to the checkpoint, the folder may be what is
    /// damaged: then everything is fetched again before anybody is accused.
    async fn read(&self, scene: &Scene<'_>) -> Result<Reading, AuditError> {
        let reading = log::read(
            &self.source,
            &self.state,
            &scene.head,
            From::Kept,
            scene.step,
        )
        .await?;
        let leads = log::begins_with(&reading.replay, &scene.head)
            && scene
                .last
                .is_none_or(|last| log::begins_with(&reading.replay, &last));
        if reading.kept.entries == 0 || leads {
            return Ok(reading);
        }
        log::read(
            &self.source,
            &self.state,
            &scene.head,
            From::Nothing,
            scene.step,
        )
        .await
    }

    async fn judge(
        &self,
        scene: &Scene<'_>,
        reading: Reading,
        findings: &mut Findings,
    ) -> Result<Replay, AuditError> {
        let Reading {
            replay,
            findings: faults,
            kept,
            fresh,
            complete,
        } = reading;
        findings.append(faults);
        let holds = complete && log::begins_with(&replay, &scene.head);
        if complete && !holds {
            self.state.keep_evidence(
                &format!("checkpoint-{}-root", scene.head.size),
                scene.note.as_bytes(),
            )?;
            let what = format!(
                "The {} entries do not hash to the root of the checkpoint.",
                scene.head.size
            );
            findings.add(Code::RootMismatch, what);
        }
        let grew = self.check_growth(scene, &replay, holds, findings).await?;
        // Tiles seen at the last visit are not asked for again, save where there is doubt.
        let seen = scene
            .last
            .filter(|_| holds && grew)
            .map_or(0, |last| last.size);
        log::compare_tiles(&self.source, &replay, seen, findings, scene.step).await?;
        // What was not read whole says nothing about what else is served.
        let registry = self.check_registry(&scene.said, holds.then_some(&replay), findings)?;
        let lists = if complete {
            self.check_lists(scene, &replay, findings).await?
        } else {
            Vec::new()
        };
        if holds && grew {
            self.state.append(kept, &fresh)?;
            self.state.keep_checkpoint(&scene.note)?;
            registry.map_or(Ok(()), |registry| self.state.keep_registry(&registry))?;
            self.keep_visit(scene, lists, findings)?;
        }
        Ok(replay)
    }

    /// The log only ever grows: what was seen last must be what it begins with. Both checkpoints are kept
    /// where it is not: together they are the proof.
    async fn check_growth(
        &self,
        scene: &Scene<'_>,
        replay: &Replay,
        holds: bool,
        findings: &mut Findings,
    ) -> Result<bool, AuditError> {
        let Some(last) = &scene.last else {
            return Ok(true);
        };
        let head = &scene.head;
        let fault = if head.size < last.size {
            Some((
                Code::LogRolledBack,
                format!(
                    "The log has {} entries; at the last visit it had {}.",
                    head.size, last.size
                ),
            ))
        } else {
            let grew = if holds {
                growth::by_entries(replay, last, head)
            } else {
                growth::by_tiles(&self.source, last, head).await?
            };
            let what = format!(
                "The log no longer begins with the {} entries of the last visit.",
                last.size
            );
            (!grew).then_some((Code::LogForked, what))
        };
        let Some((code, what)) = fault else {
            return Ok(true);
        };
        findings.add(code, what);
        let seen = self.state.checkpoint()?.unwrap_or_default();
        self.state
            .keep_evidence(&format!("checkpoint-{}-seen", last.size), seen.as_bytes())?;
        self.state.keep_evidence(
            &format!("checkpoint-{}-now", head.size),
            scene.note.as_bytes(),
        )?;
        Ok(false)
    }

    fn check_registry(
        &self,
        said: &Said,
        replay: Option<&Replay>,
        findings: &mut Findings,
    ) -> Result<Option<String>, AuditError> {
        let seen = self.state.registry()?;
        let Some(served) = &said.registry else {
            if seen.is_some() {
                findings.add(
                    Code::RegistryRolledBack,
                    "There was a registry, and now there is none.",
                );
            }
            return Ok(None);
        };
        let keys = self.keys(said, "registry");
        Ok(registry::check(
            served,
            &keys,
            &self.state.log,
            replay,
            seen.as_deref(),
            findings,
        ))
    }

    async fn check_lists(
        &self,
        scene: &Scene<'_>,
        replay: &Replay,
        findings: &mut Findings,
    ) -> Result<Vec<ListSeen>, AuditError> {
        let served = &scene.said.lists;
        let keys = self.keys(&scene.said, "status");
        let issuer = scene.said.metadata.issuer.trim_end_matches('/');
        let judge = Judge {
            issuer,
            keys: &keys,
            replay,
            now: scene.now,
        };
        let mut seen = Vec::new();
        for (done, list) in (1..).zip(served) {
            seen.extend(judge.check(list, findings));
            (scene.step)(Step::Lists {
                done,
                of: served.len() as u64,
            });
        }
        for number in replay
            .list_numbers()
            .filter(|number| served.iter().all(|list| list.number != *number))
        {
            findings.add(
                Code::ListMissing,
                format!("The log speaks of status list {number}, but it is not to be had."),
            );
        }
        for number in replay.list_numbers().take(PAST_LISTS) {
            judge.check_past(&self.source, number, findings).await?;
        }
        Ok(seen)
    }

    /// The pinned keys for a purpose.
    fn keys(&self, said: &Said, purpose: &str) -> Vec<consent_token::key::PublicKey> {
        registry::keys_for(
            self.state.pin.jwks.as_ref().unwrap_or(&said.metadata.jwks),
            purpose,
        )
    }

    fn keep_visit(
        &self,
        scene: &Scene<'_>,
        lists: Vec<ListSeen>,
        findings: &Findings,
    ) -> Result<(), AuditError> {
        self.state.keep_visit(&VisitRecord {
            at: scene.now,
            size: scene.head.size,
            root: BASE64_STANDARD.encode(scene.head.root),
            lists,
            findings: findings.counts().values().sum(),
        })
    }

    fn done(
        &self,
        at: UnixMillis,
        last: Option<TreeHead>,
        head: Option<TreeHead>,
        findings: Findings,
        replay: Replay,
    ) -> Result<Visit, AuditError> {
        let (pin, log, visits) = (
            self.state.pin.clone(),
            self.state.log.clone(),
            self.state.visits()?,
        );
        Ok(Visit {
            at,
            pin,
            head,
            last,
            findings,
            replay,
            visits,
            log,
        })
    }
}
