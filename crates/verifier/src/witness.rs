//! Witnesses (C2SP tlog-witness): after a commit the newest checkpoint is offered to each, with a
//! consistency proof from the one that it saw last. Cosignatures are added when they arrive; no answer
//! ever waits for one.

use std::{sync::Arc, time::Duration};

use arc_swap::{ArcSwap, ArcSwapOption};
use bytes::Bytes;
use http::{Request, header::CONTENT_TYPE};
use protocol::{HttpTransport, Transport};
use transparency_log::{
    SignedNote, VerifierKey,
    note::NoteSignature,
    prove_consistency,
    witness::{self, Answer},
};

use crate::{config::WitnessConfig, metrics::Metrics, published::Published};

/// How often a witness is offered a newer checkpoint.
const PERIOD: Duration = Duration::from_secs(2);

/// The newest checkpoint that any witness cosigned.
#[derive(Default)]
pub struct Cosigned {
    newest: ArcSwapOption<CosignedCheckpoint>,
}

struct CosignedCheckpoint {
    size: u64,
    note: SignedNote,
}

impl Cosigned {
    /// The published checkpoint, with cosignatures where they are of this very one.
    pub fn of(&self, published: &Published) -> SignedNote {
        match &*self.newest.load() {
            Some(cosigned) if cosigned.size == published.head.size => cosigned.note.clone(),
            _ => published.checkpoint.clone(),
        }
    }

    fn add(&self, published: &Published, cosignatures: Vec<NoteSignature>) {
        let mut note = self.of(published);
        for cosignature in cosignatures {
            if let Err(error) = note.add(cosignature) {
                tracing::warn!(%error, "cosignature");
            }
        }
        self.newest.store(Some(Arc::new(CosignedCheckpoint {
            size: published.head.size,
            note,
        })));
    }
}

/// One witness and what it saw last.
pub struct Witness {
    url: String,
    key: VerifierKey,
    seen: u64,
}

impl Witness {
    /// The witnesses of a configuration.
    ///
    /// # Errors
    /// The vkey that does not parse.
    pub fn all(configs: &[WitnessConfig]) -> Result<Vec<Self>, String> {
        let one = |config: &WitnessConfig| {
            let key = config.vkey.parse().map_err(|_| config.vkey.clone())?;
            Ok(Witness {
                url: config.url.trim_end_matches('/').to_owned(),
                key,
                seen: 0,
            })
        };
        configs.iter().map(one).collect()
    }

    /// Offers new checkpoints for as long as the verifier runs.
    pub async fn run(
        mut self,
        transport: HttpTransport,
        published: Arc<ArcSwap<Published>>,
        cosigned: Arc<Cosigned>,
        metrics: Arc<Metrics>,
    ) {
        let mut ticks = tokio::time::interval(PERIOD);
        loop {
            ticks.tick().await;
            let moment = published.load_full();
            if moment.head.size == 0 || moment.head.size == self.seen {
                continue;
            }
            match self.offer(&transport, &moment).await {
                Ok(Answer::Cosigned(cosignatures)) => {
                    self.seen = moment.head.size;
                    cosigned.add(&moment, cosignatures);
                    metrics.cosigned(moment.head.size);
                }
                // The next round proves from there.
                Ok(Answer::OldSize(size)) => self.seen = size.min(moment.head.size),
                Err(problem) => tracing::warn!(witness = self.key.name(), problem, "witness"),
            }
        }
    }

    async fn offer(&self, transport: &HttpTransport, moment: &Published) -> Result<Answer, String> {
        let say = |e: &dyn std::fmt::Display| e.to_string();
        let proof = if self.seen == 0 {
            Vec::new()
        } else {
            prove_consistency(moment.ledger.tree(), self.seen, moment.head.size)
                .map_err(|e| say(&e))?
        };
        let body = witness::add_checkpoint_request(self.seen, &proof, &moment.checkpoint)
            .map_err(|e| say(&e))?;
        let request = Request::post(format!("{}/add-checkpoint", self.url))
            .body(Bytes::from(body))
            .map_err(|e| say(&e))?;
        let answer = transport.send(request).await.map_err(|e| say(&e))?;
        let response = witness::Response {
            status: answer.status().as_u16(),
            content_type: answer
                .headers()
                .get(CONTENT_TYPE)
                .and_then(|value| value.to_str().ok()),
            body: answer.body(),
        };
        witness::parse_response(
            &response,
            &moment.checkpoint,
            std::slice::from_ref(&self.key),
        )
        .map_err(|e| say(&e))
    }
}
