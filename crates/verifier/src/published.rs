//! What readers see: the ledger as of the last durable commit and the checkpoint that the log signed for
//! it, swapped in as one.

use std::sync::Arc;

use protocol::Code;
use transparency_log::{
    Checkpoint, HashTree, NoteSigner, SignedNote, TlogProof, TreeHead, prove_inclusion,
};
use verifier_store::Ledger;

/// One published moment.
pub struct Published {
    /// The ledger; everything in it is durable.
    pub ledger: Ledger,
    /// The tree's size and root.
    pub head: TreeHead,
    /// The signed checkpoint of exactly this ledger.
    pub checkpoint: SignedNote,
}

impl Published {
    /// Signs the checkpoint of a ledger that is durable. Ed25519 is deterministic (RFC 8032), so that a
    /// restart signs the same bytes again and nothing of it needs to be stored.
    pub fn new(ledger: Ledger, signer: &NoteSigner) -> Arc<Self> {
        let head = ledger.head();
        let checkpoint = Checkpoint::new(signer.name(), head)
            .and_then(|checkpoint| checkpoint.sign(signer))
            .expect("the signer's name is the origin");
        Arc::new(Published {
            ledger,
            head,
            checkpoint,
        })
    }

    /// The tlog-proof that `entry` is the one at `index`; its `extra` line holds the entry.
    ///
    /// # Errors
    /// [`Code::Internal`] where the index is beyond the tree.
    pub fn proof(&self, index: u64, entry: Vec<u8>) -> Result<String, Code> {
        let tree: &HashTree = self.ledger.tree();
        let hashes = prove_inclusion(tree, self.head.size, index).map_err(|_| Code::Internal)?;
        let proof = TlogProof::with_extra(entry, index, hashes, self.checkpoint.clone());
        Ok(proof.map_err(|_| Code::Internal)?.to_string())
    }
}
