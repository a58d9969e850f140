//! Status slots before they are bound (PROTOCOL section 3): taken in random order inside a window of 4,096,
//! so that a slot tells nobody when or by whom it was taken, each with a ticket that only we can make.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::id::UnixSeconds;
use hmac::{Hmac, KeyInit, Mac};
use protocol::{Code, SLOTS_PER_LIST, Slot, api::SlotTicket};
use sha2::Sha256;
use tokio::sync::Mutex;
use verifier_store::Store;
use zeroize::Zeroizing;

/// Slots in one window; 256 windows make a list.
const WINDOW: u32 = 4096;

/// Hands slots out and knows its own tickets.
pub struct Slots {
    key: Zeroizing<[u8; 32]>,
    lifetime: i64,
    free: Mutex<Vec<u64>>,
}

impl Slots {
    /// No window is reserved before the first slot is asked for.
    pub fn new(key: Zeroizing<[u8; 32]>, lifetime_seconds: u32) -> Self {
        Slots {
            key,
            lifetime: lifetime_seconds.into(),
            free: Mutex::new(Vec::new()),
        }
    }

    /// Takes `count` slots. What a crash forgets stays unused for ever.
    ///
    /// # Errors
    /// [`Code::Unavailable`] where no window can be reserved or no random numbers are had.
    pub async fn take<S: Store>(
        &self,
        store: &S,
        issuer: &str,
        count: u32,
        now: UnixSeconds,
    ) -> Result<Vec<SlotTicket>, Code> {
        let mut free = self.free.lock().await;
        let mut tickets = Vec::new();
        for _ in 0..count {
            if free.is_empty() {
                let first = store
                    .reserve_slots(WINDOW)
                    .await
                    .map_err(|_| Code::Unavailable)?;
                free.extend(first..first + u64::from(WINDOW));
            }
            let drawn = getrandom::u64().map_err(|_| Code::Unavailable)?;
            let at = usize::try_from(drawn % free.len() as u64).unwrap_or(0);
            tickets.push(self.ticket(issuer, free.swap_remove(at), now));
        }
        Ok(tickets)
    }

    fn ticket(&self, issuer: &str, number: u64, now: UnixSeconds) -> SlotTicket {
        let uri = status_uri(
            issuer,
            u32::try_from(number / u64::from(SLOTS_PER_LIST)).unwrap_or(u32::MAX),
        );
        let idx = number % u64::from(SLOTS_PER_LIST);
        let exp = now.plus(self.lifetime);
        let mut bytes = exp.as_i64().to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.mac(&uri, idx, exp).finalize().into_bytes());
        SlotTicket {
            ticket: BASE64_URL_SAFE_NO_PAD.encode(bytes),
            uri,
            idx,
            exp,
        }
    }

    /// Checks a ticket and gives the slot that it stands for.
    ///
    /// # Errors
    /// [`Code::InvalidTicket`] or [`Code::ExpiredTicket`].
    pub fn redeem(
        &self,
        ticket: &str,
        uri: &str,
        idx: u64,
        now: UnixSeconds,
    ) -> Result<Slot, Code> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(ticket)
            .map_err(|_| Code::InvalidTicket)?;
        let (exp, mac) = bytes.split_first_chunk::<8>().ok_or(Code::InvalidTicket)?;
        let exp = UnixSeconds::new(i64::from_be_bytes(*exp)).ok_or(Code::InvalidTicket)?;
        self.mac(uri, idx, exp)
            .verify_slice(mac)
            .map_err(|_| Code::InvalidTicket)?;
        if exp <= now {
            return Err(Code::ExpiredTicket);
        }
        let list = uri
            .rsplit('/')
            .next()
            .and_then(|number| number.parse().ok())
            .ok_or(Code::InvalidTicket)?;
        Ok(Slot(
            list,
            u32::try_from(idx).map_err(|_| Code::InvalidTicket)?,
        ))
    }

    fn mac(&self, uri: &str, idx: u64, exp: UnixSeconds) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&*self.key).expect("HMAC takes keys of any length");
        mac.update(&idx.to_be_bytes());
        mac.update(&exp.as_i64().to_be_bytes());
        mac.update(uri.as_bytes());
        mac
    }
}

/// The URI of a status list.
pub fn status_uri(issuer: &str, list: u32) -> String {
    format!("{issuer}/v1/status/{list}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixSeconds = UnixSeconds::new(1_790_000_000).unwrap();

    fn slots() -> Slots {
        Slots::new(Zeroizing::new([9; 32]), 100)
    }

    #[test]
    fn a_ticket_is_good_for_its_slot_and_its_time_only() {
        let slots = slots();
        let ticket = slots.ticket("https://v.example", u64::from(SLOTS_PER_LIST) + 7, NOW);
        assert_eq!(ticket.uri, "https://v.example/v1/status/1");
        let redeem =
            |ticket: &SlotTicket, now| slots.redeem(&ticket.ticket, &ticket.uri, ticket.idx, now);
        assert_eq!(redeem(&ticket, NOW), Ok(Slot(1, 7)));
        assert_eq!(redeem(&ticket, NOW.plus(100)), Err(Code::ExpiredTicket));
        let other = SlotTicket {
            idx: 8,
            ..ticket.clone()
        };
        assert_eq!(redeem(&other, NOW), Err(Code::InvalidTicket));
        let other = SlotTicket {
            uri: "https://v.example/v1/status/2".into(),
            ..ticket.clone()
        };
        assert_eq!(redeem(&other, NOW), Err(Code::InvalidTicket));
        let forged = Slots::new(Zeroizing::new([8; 32]), 100).ticket("https://v.example", 7, NOW);
        assert_eq!(redeem(&forged, NOW), Err(Code::InvalidTicket));
        assert_eq!(
            redeem(
                &SlotTicket {
                    ticket: String::new(),
                    ..ticket
                },
                NOW
            ),
            Err(Code::InvalidTicket)
        );
    }
}
