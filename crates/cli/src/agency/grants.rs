//! `assent agency grants` and `erased`: the consents given to the agency, and its word that it deleted.

use ::agency::{Online, Record, Recorded};
use consent_token::{
    id::Jti,
    statement::AgencyAct,
    token::{self, VerifiedToken},
};
use protocol::{Version1, api::AgencyGrant};
use serde_json::{Value, json};

use super::{Common, VerifierArgs, failure};
use crate::{
    clock,
    outcome::{Answer, Outcome},
};

/// List the consents given to the agency.
#[derive(clap::Args)]
pub struct GrantsArgs {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// State that everything read under a grant was deleted.
#[derive(clap::Args)]
pub struct ErasedArgs {
    /// The grant's id.
    grant: Jti,
    /// How it was deleted.
    #[arg(long, default_value = "deleted from every system")]
    method: String,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    verifier: VerifierArgs,
}

/// Lists the grants; registry and status lists are fetched too, for checks offline.
pub async fn list(args: GrantsArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let now = clock::now();
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    cache.refresh_registry(&client).await.map_err(failure)?;
    cache
        .refresh_lists(&client, None, now)
        .await
        .map_err(failure)?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let grants = line.grants(now).await.map_err(failure)?;
    let rows: Vec<Row> = grants.into_iter().map(Row::from).collect();
    let words = match rows.len() {
        0 => "No consents yet.".to_owned(),
        _ => rows.iter().map(|row| row.words(now.as_i64())).collect(),
    };
    Ok(Answer::yes(
        words,
        json!({ "grants": rows.iter().map(|row| row.json(now.as_i64())).collect::<Vec<_>>() }),
    ))
}

/// Records that what was read is deleted.
pub async fn erased(args: ErasedArgs) -> Outcome {
    let (agency, mut cache) = super::open(&args.common)?;
    let (client, pins) = args.verifier.connect(&mut cache).await?;
    let line = Online::new(&agency, &pins, client, args.verifier.authentication());
    let act = AgencyAct::Erased {
        method: args.method,
    };
    let Recorded { jti, receipt, .. } = line
        .state(args.grant, act, clock::now())
        .await
        .map_err(failure)?;
    let mut record = Record::open(&agency).map_err(failure)?;
    record.erased(args.grant, clock::now()).map_err(failure)?;
    let words = format!(
        "Recorded as entry {} of the log. The person's wallet shows it at its next contact.",
        receipt.index
    );
    let json = json!({ "grant": args.grant.to_string(), "statement": jti.to_string(), "index": receipt.index, "proof": receipt.proof });
    Ok(Answer::yes(words, json))
}

/// A grant, with its token where that is good.
struct Row {
    grant: AgencyGrant,
    token: Option<VerifiedToken>,
}

impl From<AgencyGrant> for Row {
    fn from(grant: AgencyGrant) -> Self {
        let token = token::verify(&grant.token, &Version1)
            .ok()
            .filter(|token| token.claims().jti == grant.grant);
        Row { grant, token }
    }
}

impl Row {
    fn state(&self, now: i64) -> &'static str {
        let ended = self
            .token
            .as_ref()
            .is_some_and(|token| token.claims().exp.as_i64() <= now);
        match (self.grant.status, &self.token) {
            (_, None) => "unverified",
            (1, _) => "revoked",
            (0 | 2, _) if ended => "expired",
            (0, _) => "valid",
            (2, _) => "suspended",
            _ => "unregistered",
        }
    }

    fn words(&self, now: i64) -> String {
        let consent = self.token.as_ref().map(|token| &token.claims().consent);
        let purposes = consent
            .map(|consent| consent.purposes.join(", "))
            .unwrap_or_default();
        let data = consent
            .map(|consent| consent.datatypes.join(", "))
            .unwrap_or_default();
        format!(
            "{}  {:<10}  {purposes}: {data}\n",
            self.grant.grant,
            self.state(now)
        )
    }

    fn json(&self, now: i64) -> Value {
        let claims = self.token.as_ref().map(VerifiedToken::claims);
        json!({
            "grant": self.grant.grant.to_string(),
            "state": self.state(now),
            "status": self.grant.status,
            "index": self.grant.index,
            "exp": claims.map(|claims| claims.exp.as_i64()),
            "purposes": claims.map(|claims| &claims.consent.purposes),
            "datatypes": claims.map(|claims| &claims.consent.datatypes),
            "token": self.grant.token,
        })
    }
}
