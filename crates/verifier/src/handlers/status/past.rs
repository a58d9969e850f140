//! A status list as it was (draft-ietf-oauth-status-list, Historical Resolution): replayed from the log, page by
//! page and one replay at a time, so that who asks for the past does not hold up who asks for the present.

use std::{collections::VecDeque, sync::Arc};

use consent_token::id::UnixSeconds;
use protocol::{Code, Entry, SLOTS_PER_LIST, UnixMillis};
use status_list::{Bits, StatusList};
use tokio::sync::Mutex;
use verifier_store::Store;

use super::{Made, make};
use crate::{
    reject::Rejection,
    state::{Shared, now, unavailable},
};

/// Entries that are read at once; other readers of the database come in between.
const PAGE: usize = 4096;
/// Lists that are kept for who asks again.
const KEPT: usize = 16;
/// Seconds after which a moment has all its entries: a batch has its time before it is durable.
const SETTLED: i64 = 10;

/// The lists of the past that were asked for last.
#[derive(Default)]
pub(crate) struct Past {
    replaying: Mutex<()>,
    kept: std::sync::Mutex<VecDeque<(u32, UnixSeconds, Arc<Made>)>>,
}

impl Past {
    fn find(&self, n: u32, time: UnixSeconds) -> Option<Arc<Made>> {
        let kept = self.kept.lock().ok()?;
        let found = kept.iter().find(|(list, at, _)| (*list, *at) == (n, time));
        found.map(|(_, _, made)| made.clone())
    }

    fn keep(&self, n: u32, time: UnixSeconds, made: &Arc<Made>) {
        if let Ok(mut kept) = self.kept.lock() {
            kept.truncate(KEPT - 1);
            kept.push_front((n, time, made.clone()));
        }
    }
}

/// The list as it was at the end of the second `time`. Its tag names the size that the log had with the list's last
/// change until then.
pub(super) async fn list(app: &Shared, n: u32, time: UnixSeconds) -> Result<Arc<Made>, Rejection> {
    if time > now() {
        let detail = "that time has not come yet";
        return Err(Rejection::new(Code::TimeNotAvailable, detail));
    }
    let past = &app.status_cache.past;
    if let Some(made) = past.find(n, time) {
        return Ok(made);
    }
    let _replaying = past.replaying.lock().await;
    if let Some(made) = past.find(n, time) {
        return Ok(made);
    }
    let (bits, size) = replay(app, n, time).await?;
    let made = Arc::new(make(app.clone(), n, bits, size, time).await?);
    if now().since(time) > SETTLED {
        past.keep(n, time, &made);
    }
    Ok(made)
}

async fn replay(app: &Shared, n: u32, time: UnixSeconds) -> Result<(Vec<u8>, u64), Rejection> {
    let until = UnixMillis(time.as_i64() * 1000 + 999);
    let internal = |_| Code::Internal;
    let mut list = StatusList::new(Bits::Two, SLOTS_PER_LIST.into(), 3).map_err(internal)?;
    let mut size = 0;
    loop {
        let page = app.store.list_entries(n, size, until, PAGE).await;
        let page = page.map_err(unavailable)?;
        for (index, bytes) in &page {
            if let Ok(Entry::Status { slot, status, .. }) = Entry::parse(bytes) {
                list.set(slot.1.into(), status).map_err(internal)?;
            }
            size = index + 1;
        }
        if page.len() < PAGE {
            return Ok((list.as_bytes().to_vec(), size));
        }
    }
}
