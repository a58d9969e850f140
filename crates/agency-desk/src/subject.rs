//! What a line of the journal says of an act: about which grant, about what else, and why. Never a password, a
//! token, a place or what was read, and never whose pseudonym it is.

use crate::api::*;

/// What an act is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) grant: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) reason: Option<String>,
}

/// Says what it is about.
pub(crate) trait About {
    /// Says it; nothing unless there is something to say.
    fn subject(&self) -> Subject {
        Subject::default()
    }
}

macro_rules! about {
    ($($name:ident { $($part:ident: $member:ident),* })*) => {$(
        impl About for $name {
            fn subject(&self) -> Subject {
                Subject { $($part: Some(cut(&self.$member)),)* ..Subject::default() }
            }
        }
    )*};
}

macro_rules! about_nothing {
    ($($name:ident)*) => {$(impl About for $name {})*};
}

about! {
    ReadConsent { grant: grant, reason: reason }
    Erase { grant: grant, reason: method }
    OpenConsent { grant: grant, about: incident }
    HandOver { grant: grant, about: incident }
    ReviewOpening { grant: grant, about: opening }
    SubjectAccess { grant: grant, reason: reason }
    ResolveActor { about: actor, reason: reason }
    MatchCall { about: incident }
    DeclareIncident { about: reference }
    ById { about: id }
    AddUser { about: user }
    ChangeUser { about: user }
    SetPassword { about: user }
    Draft { about: note }
    Template { about: id }
    ByPasskey { about: id }
}
about_nothing! {
    Nothing InLanguage ByGrant FindConsents FindJournal Days ReadText PreviewDraft CeremonyDone NewPasskey
    ChangePassword CheckToken CountPlace SignIn SetUp
}

/// A journal line is short, whatever is sent.
fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}
