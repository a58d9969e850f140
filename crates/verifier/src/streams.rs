//! How many event streams an agency has open. Each costs a task and a place in the log for as long as it lives, so
//! that their number is bounded.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex},
};

use consent_token::id::AgencyId;

/// The streams that are open now.
pub struct Streams {
    at_most: NonZeroU32,
    open: Mutex<HashMap<AgencyId, u32>>,
}

/// One stream; it counts until it is dropped.
pub struct Stream {
    streams: Arc<Streams>,
    agency: AgencyId,
}

impl Streams {
    /// None is open; an agency may have `at_most`.
    pub fn new(at_most: NonZeroU32) -> Arc<Self> {
        Arc::new(Streams {
            at_most,
            open: Mutex::default(),
        })
    }

    /// Opens one more, where the agency may have it.
    pub fn open(self: &Arc<Self>, agency: &AgencyId) -> Option<Stream> {
        let mut open = self.open.lock().ok()?;
        let count = open.entry(agency.clone()).or_default();
        if *count >= self.at_most.get() {
            return None;
        }
        *count += 1;
        Some(Stream {
            streams: self.clone(),
            agency: agency.clone(),
        })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let Ok(mut open) = self.streams.open.lock() else {
            return;
        };
        if let Some(count) = open.get_mut(&self.agency) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.agency);
            }
        }
    }
}
