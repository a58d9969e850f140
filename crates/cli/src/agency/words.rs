//! What a person reads: refusals and faults in plain words, each with what to do.

use ::agency::AgencyError;
use consent_token::Refusal;
use protocol::{ClientError, Code, TransportError, share::ShareError};

/// Why a consent does not hold, and what to do about it.
pub fn refusal(refusal: Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::TooLarge => (
            "It is larger than any consent token.",
            "Check that the right file was given.",
        ),
        Refusal::Malformed => (
            "It is not a consent token.",
            "Check that all of it was copied.",
        ),
        Refusal::UnsupportedAlg => ("It is signed in a way that is not allowed.", LEAVE_IT),
        Refusal::WrongType => (
            "It is another kind of document, not a consent token.",
            "Check that the right file was given.",
        ),
        Refusal::UnknownTerm => (
            "It has a term that this version does not know.",
            "Do not act on it; update the software.",
        ),
        Refusal::KeyMismatch => ("It names different keys for the same person.", LEAVE_IT),
        Refusal::BadSignature => (
            "Its signature is wrong: it was changed, or is forged.",
            LEAVE_IT,
        ),
        Refusal::WrongAudience => ("It was given to another agency.", LEAVE_IT),
        Refusal::NotYetValid => ("It begins later.", "Check again then."),
        Refusal::Expired => (
            "It has ended.",
            "Ask the person again if it is still needed.",
        ),
        Refusal::UnknownAgency => (
            "This agency is not in the registry.",
            "Hand registry-entry.json to the registrar; where it is admitted, check online once.",
        ),
        Refusal::AgencySuspended => ("This agency is suspended.", "Speak to the registrar."),
        Refusal::WrongAgencyKey => (
            "It is bound to a key that is not this agency's.",
            "Use the folder whose key it names.",
        ),
        Refusal::PurposeNotCovered => ("It was not given for this purpose.", ASK_AGAIN),
        Refusal::DataNotCovered => ("It does not cover this data.", ASK_AGAIN),
        Refusal::Unregistered => (
            "It is not registered with the verifier.",
            "The person's wallet may not have sent it yet; check again later.",
        ),
        Refusal::Suspended => (
            "The person has paused it.",
            "Wait until the person ends the pause.",
        ),
        Refusal::Revoked => (
            "The person has taken it back.",
            "Delete what was read under it.",
        ),
        Refusal::Exhausted => ("It was used as often as it allows.", ASK_AGAIN),
        Refusal::StatusUnavailable => (
            "Its status is not known here, so it does not count.",
            "Check online to fetch the status.",
        ),
    }
}

const LEAVE_IT: &str = "Do not act on it.";
const ASK_AGAIN: &str = "Ask the person for another consent if it is needed.";

/// Why the verifier said no to an act on a consent, and what to do, where it is one that has words of its own.
pub fn refused(error: &AgencyError) -> Option<(&'static str, &'static str)> {
    let code = match error {
        AgencyError::DoesNotHold(why) => return Some(refusal(*why)),
        error if error.is_about_the_clock() => {
            return Some((
                "The verifier says that it is another time there.",
                "Check this computer's clock. If it is right, tell the verifier's operator.",
            ));
        }
        AgencyError::Client(error) => error.code()?,
        _ => return None,
    };
    Some(match code {
        Code::Token(why) => refusal(why),
        Code::UnknownGrant => (
            "No such consent was given to this agency.",
            "`assent agency grants` lists those that were.",
        ),
        Code::NoShare => (
            "Nothing is shared under it yet.",
            "The person's wallet sends it at its next contact; try again later.",
        ),
        Code::WrongAct => (
            "This act does not open what is shared.",
            "What waits for an incident is opened with `assent agency open`; everything else is read with `assent agency read`.",
        ),
        Code::StatementOver => (
            "Two hours have passed since it was opened.",
            "Open it again.",
        ),
        Code::GrantEnded => ("The consent has ended.", "Delete what was read under it."),
        Code::InvalidClient => (
            "The verifier does not know this agency, or it is suspended.",
            "Speak to the registrar.",
        ),
        Code::InvalidDpop => (
            "The verifier does not accept the proof of who asks.",
            "Check that the verifier's address is the one that its operator names, and this computer's clock.",
        ),
        _ => return None,
    })
}

/// What to do about a fault.
pub fn advice(error: &AgencyError) -> &'static str {
    match error {
        AgencyError::NoAgency(_) => {
            "Name the agency's folder with --dir, or make one with `assent agency init`."
        }
        AgencyError::Exists(_) => "Use another folder with --dir.",
        AgencyError::Damaged(_) => "Restore the file from a backup.",
        AgencyError::InUse(_) => {
            "The console and `assent agency watch` each do all of it: end the one that runs, or leave it to it."
        }
        AgencyError::NewerFolder(_) => "Update the software.",
        AgencyError::NoEncryptionKeys(_) => {
            "Add them with `assent agency init --add-encryption-keys`, and hand registry-entry.json to the registrar again."
        }
        AgencyError::NoVerifier => "Name it once with --verifier URL.",
        AgencyError::VerifierChanged(..) | AgencyError::OtherLogKey(_) => {
            "Do not go on. Ask the verifier's operator, by telephone or in person, what changed."
        }
        AgencyError::NotAVerifier(_) => "Check the address.",
        AgencyError::Client(error) => client(error),
        AgencyError::DamagedCopy(_) => {
            "It is a copy: the next contact with the verifier fetches it again. Do not check offline until then."
        }
        AgencyError::OtherVerifier { .. } => {
            "Check --verifier and ASSENT_VERIFIER, or name the folder for that verifier with --dir."
        }
        AgencyError::Registry(_) | AgencyError::RegistryUnproven => {
            "The copy from before stays in use. Tell the verifier's operator and an auditor."
        }
        AgencyError::StatusList(_) => "The list was not taken over. Tell the verifier's operator.",
        AgencyError::Receipt(_) => {
            "Do not count it as recorded. Tell the verifier's operator and an auditor."
        }
        AgencyError::NoReading => {
            "Ask the person for a consent that allows it: assent agency request --action read."
        }
        AgencyError::Share(ShareError::Unannounced) => {
            "Nothing of it was used. The verifier's software is too old, or holds back what the person signed: tell its operator."
        }
        AgencyError::Share(
            ShareError::NotTheHolders
            | ShareError::NotAnnounced
            | ShareError::OtherRevision
            | ShareError::Older,
        ) => {
            "Do not use it. Tell the verifier's operator and an auditor: what it gave is not what the person shared last."
        }
        AgencyError::Share(ShareError::Unsigned | ShareError::NotTheForwarders) => {
            "Do not use it. Ask the agency that handed it on, by telephone or in person, and have the file made again."
        }
        AgencyError::Share(_) => {
            "Nothing of it was used. The person's wallet may have to send it again."
        }
        AgencyError::NotARecipient(_) => {
            "Ask the person for a consent that names the agency as a recipient: assent agency request --action forward --recipient ID."
        }
        AgencyError::NotOpened => "Open it first: assent agency open GRANT --incident ID.",
        AgencyError::UnknownRecipient(_) => {
            "Check its id, and that it is registered with an encryption key."
        }
        AgencyError::InsecureReceiver(_) => "Name an https address, or one on this computer.",
        AgencyError::Offer(_) => {
            "Check the title, the text, the rule and the end: an offer stands for 90 days at most."
        }
        AgencyError::Unsignable(Refusal::TooLarge) => {
            "Shorten the notice: a signed request has at most 8 KiB."
        }
        AgencyError::Unsignable(_) => {
            "Check that every required item is also in --data and nothing is named twice."
        }
        AgencyError::UnknownTerm(_) => {
            "See docs/spec for the purposes and data paths that wallets know."
        }
        _ => "Try again.",
    }
}

fn client(error: &ClientError) -> &'static str {
    match error {
        ClientError::Transport(TransportError::Insecure(_)) => "Use an https:// address.",
        ClientError::NotAVerifier(_) => "Check the address.",
        error if error.is_passing() => "Check the network and the address, and try again.",
        ClientError::Unanswered { .. } => "Check the address.",
        _ => "Update this software. If that does not help, tell the verifier's operator.",
    }
}
