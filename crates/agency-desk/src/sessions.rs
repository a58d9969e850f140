//! Who is signed in at which browser, in memory only: a restart signs everybody out. What the browser holds is
//! kept here as a digest. A session ends when nothing was done for some time, after a longest time in any case,
//! and whenever its user's password, roles or standing change.

use std::collections::HashMap;

use consent_token::id::UnixSeconds;
use zeroize::Zeroizing;

use crate::{ApiError, secret};

/// Sessions at most; the one that is idle longest gives way.
const AT_MOST: usize = 10_000;

/// How long sessions last, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lifetimes {
    /// Without anything done.
    pub(crate) idle: i64,
    /// In any case.
    pub(crate) longest: i64,
}

/// One session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The user's name.
    pub(crate) user: String,
    /// What every `POST` has to carry.
    pub(crate) csrf: String,
    /// When nothing more is accepted unless something is done.
    pub(crate) idle_until: UnixSeconds,
    /// When nothing more is accepted in any case.
    pub(crate) ends_at: UnixSeconds,
}

/// Every session, by the digest of its token.
#[derive(Debug)]
pub(crate) struct Sessions {
    lifetimes: Lifetimes,
    kept: HashMap<String, Session>,
}

/// Whether a call counts as something done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Touch {
    /// It does.
    Yes,
    /// A page made it by itself.
    Background,
}

impl Sessions {
    pub(crate) fn new(lifetimes: Lifetimes) -> Self {
        Sessions {
            lifetimes,
            kept: HashMap::new(),
        }
    }

    /// Begins a session; gives the token for the browser, which is not kept.
    pub(crate) fn begin(
        &mut self,
        user: &str,
        now: UnixSeconds,
    ) -> Result<(Zeroizing<String>, Session), ApiError> {
        self.kept.retain(|_, session| !session.is_over(now));
        if self.kept.len() >= AT_MOST {
            self.drop_idlest();
        }
        let token = secret::generate_token()?;
        let session = Session {
            user: user.to_owned(),
            csrf: secret::generate_token()?.to_string(),
            idle_until: now.plus(self.lifetimes.idle),
            ends_at: now.plus(self.lifetimes.longest),
        };
        self.kept.insert(secret::digest(&token), session.clone());
        Ok((token, session))
    }

    /// The session of a token, where it is not over.
    pub(crate) fn find(&mut self, token: &str, touch: Touch, now: UnixSeconds) -> Option<Session> {
        let key = secret::digest(token);
        let session = self.kept.get_mut(&key)?;
        if session.is_over(now) {
            self.kept.remove(&key);
            return None;
        }
        if touch == Touch::Yes {
            session.idle_until = now.plus(self.lifetimes.idle);
        }
        Some(session.clone())
    }

    /// Ends one session.
    pub(crate) fn end(&mut self, token: &str) {
        self.kept.remove(&secret::digest(token));
    }

    /// Ends every session of a user, but for the one with the token that is given.
    pub(crate) fn end_all_of(&mut self, user: &str, but: Option<&str>) {
        let kept = but.map(secret::digest);
        self.kept
            .retain(|key, session| session.user != user || Some(key) == kept.as_ref());
    }

    fn drop_idlest(&mut self) {
        let idlest = self
            .kept
            .iter()
            .min_by_key(|(_, session)| session.idle_until);
        if let Some(key) = idlest.map(|(key, _)| key.clone()) {
            self.kept.remove(&key);
        }
    }
}

impl Session {
    fn is_over(&self, now: UnixSeconds) -> bool {
        now >= self.idle_until || now >= self.ends_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> UnixSeconds {
        UnixSeconds::new(1_790_000_000 + seconds).unwrap()
    }

    fn sessions() -> Sessions {
        Sessions::new(Lifetimes {
            idle: 900,
            longest: 36_000,
        })
    }

    #[test]
    fn it_ends_when_nothing_is_done_and_a_page_alone_does_nothing() {
        let mut all = sessions();
        let (token, _) = all.begin("mair", at(0)).unwrap();
        assert!(all.find(&token, Touch::Yes, at(899)).is_some());
        assert!(all.find(&token, Touch::Background, at(1_700)).is_some());
        assert!(all.find(&token, Touch::Background, at(1_799)).is_none());
        assert!(
            all.find(&token, Touch::Yes, at(1_000)).is_none(),
            "what is over does not come back"
        );
    }

    #[test]
    fn it_ends_after_the_longest_time_however_busy() {
        let mut all = sessions();
        let (token, _) = all.begin("mair", at(0)).unwrap();
        for minute in 1..600 {
            assert!(all.find(&token, Touch::Yes, at(minute * 60)).is_some());
        }
        assert!(all.find(&token, Touch::Yes, at(36_000)).is_none());
    }

    #[test]
    fn all_of_a_user_end_but_one() {
        let mut all = sessions();
        let (here, _) = all.begin("mair", at(0)).unwrap();
        let (there, _) = all.begin("mair", at(0)).unwrap();
        let (other, _) = all.begin("huw", at(0)).unwrap();
        all.end_all_of("mair", Some(&here));
        let mut is_there = |token: &str| all.find(token, Touch::Yes, at(1)).is_some();
        assert!(is_there(&here) && is_there(&other) && !is_there(&there));
        assert!(!is_there("guessed"));
    }
}
