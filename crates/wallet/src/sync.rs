//! One round with the verifier: send what waits, fetch who looked, check every proof. A part that fails
//! does not keep the others from being done; what failed is told.

use consent_token::id::Jti;
use protocol::{ClientError, Code, Problem, Transport};
use serde::Serialize;

use crate::{
    Declined, Evidence, KeyChange, Line, Looked, News, Overdue, Sent, Shared, Verifier, Waiting,
    Wallet, WalletError, heads::Seen,
};

/// A part of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Reaching the verifier and comparing its keys with those pinned.
    Connect,
    /// Fetching the registry of agencies.
    Registry,
    /// Sending what waits.
    Send,
    /// Sealing and sending the data behind the consents.
    Shares,
    /// Fetching what agencies offer.
    Offers,
    /// Filling the stock of slots.
    Slots,
    /// Fetching who looked.
    History,
    /// Looking up the published status.
    Status,
    /// Checking that the log continues what it was.
    Log,
}

/// A part that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// Which.
    pub step: Step,
    /// The code of the error.
    pub code: &'static str,
    /// Why.
    #[serde(serialize_with = "in_words")]
    pub error: WalletError,
}

fn in_words<S: serde::Serializer>(error: &WalletError, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(error)
}

/// What a round came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The verifier's address.
    pub verifier: String,
    /// What was sent, and what became of it.
    pub sent: Vec<Sent>,
    /// What agencies were given, or why not.
    pub shared: Vec<Shared>,
    /// Declined requests that waited to be answered, and whether the agency has the answer now.
    pub declined: Vec<Declined>,
    /// What still waits.
    pub waiting: Vec<Waiting>,
    /// What happened that the wallet did not know.
    pub news: Vec<News>,
    /// Openings and accesses that the citizen has not been shown yet, openings first.
    pub looked: Vec<Looked>,
    /// What agencies should have done by now.
    pub overdue: Vec<Overdue>,
    /// Agencies that receive under another encryption key, of which the citizen was not told yet.
    pub key_changes: Vec<KeyChange>,
    /// Consents whose data have not reached the agency as they are written down now.
    pub shares_waiting: Vec<Jti>,
    /// Consents whose acknowledged status is not published yet.
    pub unpublished: Vec<Jti>,
    /// Consents that the verifier had confirmed and now says it does not know.
    pub forgotten: Vec<Jti>,
    /// How many consents can be signed while offline.
    pub slots: usize,
    /// How many entries the log has.
    pub log_size: Option<u64>,
    /// What failed.
    pub troubles: Vec<Trouble>,
    /// Evidence that the citizen has not read yet.
    pub evidence: Vec<Evidence>,
    /// Evidence that the citizen has read, found once more in this round.
    pub found_again: Vec<Evidence>,
}

impl Summary {
    fn new(verifier: &str) -> Self {
        Summary {
            verifier: verifier.to_owned(),
            sent: Vec::new(),
            shared: Vec::new(),
            declined: Vec::new(),
            waiting: Vec::new(),
            news: Vec::new(),
            looked: Vec::new(),
            overdue: Vec::new(),
            key_changes: Vec::new(),
            shares_waiting: Vec::new(),
            unpublished: Vec::new(),
            forgotten: Vec::new(),
            slots: 0,
            log_size: None,
            troubles: Vec::new(),
            evidence: Vec::new(),
            found_again: Vec::new(),
        }
    }

    /// Keeps what a part gave, or why it failed; the same failure of many consents is one.
    fn part<V>(&mut self, step: Step, result: Result<V, WalletError>) -> Option<V> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let code = error.code();
                let trouble = Trouble { step, code, error };
                if !self.troubles.contains(&trouble) {
                    self.troubles.push(trouble);
                }
                None
            }
        }
    }
}

impl Wallet {
    /// Sends what waits, fetches who looked, checks every proof and fills the stock.
    ///
    /// # Errors
    /// [`WalletError::VerifierChanged`] and [`WalletError::OtherVerifier`], after which nothing is sent or believed; [`WalletError::Vault`] and
    /// [`WalletError::Record`]. Whatever else fails is in [`Summary::troubles`].
    pub async fn sync<T: Transport>(&mut self, line: &Line<T>) -> Result<Summary, WalletError> {
        let mut summary = self.begin(line);
        match self.connect(line).await {
            Ok(verifier) => self.rounds(line, &verifier, &mut summary).await?,
            Err(error) if is_fatal(&error) => return Err(error),
            Err(error) => drop(summary.part::<()>(Step::Connect, Err(error))),
        }
        self.finish(summary)
    }

    /// Sends what waits and nothing more: after a grant or a revocation.
    ///
    /// # Errors
    /// As [`Wallet::sync`].
    pub async fn send<T: Transport>(&mut self, line: &Line<T>) -> Result<Summary, WalletError> {
        let mut summary = self.begin(line);
        match self.connect(line).await {
            Ok(verifier) => {
                let sent = keep_fatal(self.flush(line, &verifier).await)?;
                summary.sent = summary.part(Step::Send, sent).unwrap_or_default();
                let shared = keep_fatal(self.send_shares(line, &verifier).await)?;
                summary.shared = summary.part(Step::Shares, shared).unwrap_or_default();
                summary.declined = self.deliver_declined(line).await?;
                let compared = keep_fatal(self.compare_heads(line).await)?;
                summary.part(Step::Log, compared);
            }
            Err(error) if is_fatal(&error) => return Err(error),
            Err(error) => drop(summary.part::<()>(Step::Connect, Err(error))),
        }
        self.finish(summary)
    }

    fn begin<T: Transport>(&mut self, line: &Line<T>) -> Summary {
        self.found_again.clear();
        Summary::new(line.url())
    }

    async fn rounds<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        summary: &mut Summary,
    ) -> Result<(), WalletError> {
        let registry = keep_fatal(self.update_registry(line, verifier).await)?;
        summary.part(Step::Registry, registry);
        let sent = keep_fatal(self.flush(line, verifier).await)?;
        summary.sent = summary.part(Step::Send, sent).unwrap_or_default();
        let shared = keep_fatal(self.send_shares(line, verifier).await)?;
        summary.shared = summary.part(Step::Shares, shared).unwrap_or_default();
        summary.declined = self.deliver_declined(line).await?;
        let offers = keep_fatal(self.refresh_offers(line).await)?;
        summary.part(Step::Offers, offers);
        let refilled = keep_fatal(self.refill(line, verifier, 0).await)?;
        summary.part(Step::Slots, refilled);
        self.fetch_histories(line, verifier, summary).await?;
        let mut unpublished = Vec::new();
        let checked = self.check_published(line, verifier, &mut unpublished);
        let checked = keep_fatal(checked.await)?;
        summary.part(Step::Status, checked);
        unpublished.retain(|id| !summary.forgotten.contains(id));
        summary.unpublished = unpublished;
        let fetched = keep_fatal(self.fetch_checkpoint(line, verifier).await)?;
        summary.part(Step::Log, fetched);
        let compared = keep_fatal(self.compare_heads(line).await)?;
        summary.part(Step::Log, compared);
        Ok(())
    }

    /// Fetches the registry, so that a request is held to what is registered now.
    ///
    /// # Errors
    /// As [`Wallet::connect`], [`WalletError::Registry`] and [`WalletError::RegistryUnproven`]. After
    /// [`WalletError::Client`] the copy that was fetched last is still good, if there is one.
    pub async fn refresh_registry<T: Transport>(
        &mut self,
        line: &Line<T>,
    ) -> Result<(), WalletError> {
        let verifier = self.connect(line).await?;
        self.update_registry(line, &verifier).await?;
        self.compare_heads(line).await
    }

    async fn update_registry<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
    ) -> Result<(), WalletError> {
        let proven = self.fetch_registry(line, verifier).await?;
        let seen = Seen::new(proven.head, proven.note);
        self.vault
            .transaction(|changes| Self::note_head(changes, &seen))
    }

    async fn fetch_histories<T: Transport>(
        &mut self,
        line: &Line<T>,
        verifier: &Verifier,
        summary: &mut Summary,
    ) -> Result<(), WalletError> {
        let mut asked_to_delete = false;
        for grant in self
            .grants()?
            .into_iter()
            .filter(|grant| !grant.receipts.is_empty())
        {
            let answer = keep_fatal(self.ask_history(line, verifier, &grant).await)?;
            if let Some(problem) = denial(&answer).filter(|_| grant.is_registered()) {
                self.keep_forgotten(&grant, problem)?;
                summary.forgotten.push(grant.id);
                continue;
            }
            if let Some(answer) = summary.part(Step::History, answer) {
                let news = keep_fatal(self.take_history(verifier, grant.id, answer))?;
                let news = summary.part(Step::History, news).unwrap_or_default();
                summary.news.extend(news);
                // The verifier took a proof made by this clock, so that it is right to within a minute.
                asked_to_delete |= self.ask_for_deletion_after_end(&grant.id)?;
            }
        }
        if asked_to_delete {
            let sent = keep_fatal(self.flush(line, verifier).await)?;
            let sent = summary.part(Step::Send, sent).unwrap_or_default();
            summary.sent.extend(sent);
        }
        Ok(())
    }

    fn finish(&mut self, mut summary: Summary) -> Result<Summary, WalletError> {
        summary.news.sort_by_key(|news| news.event.index);
        summary.waiting = self.waiting()?;
        summary.looked = self.new_looks()?;
        summary.overdue = self.overdue()?;
        summary.key_changes = self.new_key_changes()?;
        summary.shares_waiting = match self.shares_waiting() {
            Err(WalletError::NoRegistry) => Vec::new(),
            other => other?,
        };
        summary.slots = self.slots_in_stock()?;
        summary.log_size = self.newest_checkpoint()?.map(|newest| newest.size);
        summary.evidence = self.unseen_evidence()?;
        summary.found_again = std::mem::take(&mut self.found_again);
        Ok(summary)
    }
}

/// After these nothing more can or may be done.
fn is_fatal(error: &WalletError) -> bool {
    matches!(
        error,
        WalletError::VerifierChanged(_)
            | WalletError::OtherVerifier { .. }
            | WalletError::Vault(_)
            | WalletError::Record(_)
            | WalletError::Randomness(_)
    )
}

/// The verifier's word that it does not know a consent.
fn denial<V>(answer: &Result<V, WalletError>) -> Option<&Problem> {
    match answer {
        Err(WalletError::Client(error)) if error.code() == Some(Code::UnknownGrant) => {
            match &**error {
                ClientError::Refused(problem) => Some(problem),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Splits what ends the round from what ends only one part of it.
fn keep_fatal<V>(result: Result<V, WalletError>) -> Result<Result<V, WalletError>, WalletError> {
    match result {
        Err(error) if is_fatal(&error) => Err(error),
        other => Ok(other),
    }
}
