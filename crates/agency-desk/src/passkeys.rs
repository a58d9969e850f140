//! Passkeys of users (W3C Web Authentication Level 3), with the key's own check that its holder is there. A
//! ceremony is kept in memory, is good once and for some minutes; no attestation is asked for.

use std::{collections::HashMap, sync::Mutex};

use agency::Identity;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::id::UnixSeconds;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication64, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        AsciiDomain, PublicKeyCredentialDescriptor, RpId,
        auth::AuthenticationVerificationOptions,
        register::{
            PublicKeyCredentialUserEntity, RegistrationVerificationOptions, USER_HANDLE_MAX_LEN,
            UserHandle64,
        },
    },
    response::{
        AuthTransports, CredentialId,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

use crate::{
    ApiError, Code,
    api::{Ceremony, CeremonyDone, NewPasskey, Passkey},
    desk::lock,
    people::People,
    place::Place,
    secret,
};

/// Ceremonies that are under way at most; a new one takes the place of any.
const AT_MOST: usize = 1_000;
/// Passkeys of one person at most.
const PASSKEYS_AT_MOST: usize = 10;

type OwnedKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// A registered passkey.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The credential id, base64url.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) added_at: UnixSeconds,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) used_at: Option<UnixSeconds>,
    transports: u8,
    /// The public key and what never changes.
    static_state: String,
    /// The counter and what may change at a sign-in.
    dynamic_state: [u8; 7],
}

impl Kept {
    pub(crate) fn shown(&self) -> Passkey {
        Passkey {
            id: self.id.clone(),
            name: self.name.clone(),
            added_at: self.added_at.as_i64(),
            used_at: self.used_at.map(UnixSeconds::as_i64),
        }
    }
}

/// The ceremonies that are under way.
pub(crate) struct Passkeys {
    rp: Option<RpId>,
    origins: Vec<String>,
    registrations: Mutex<HashMap<String, (String, RegistrationServerState<USER_HANDLE_MAX_LEN>)>>,
    sign_ins: Mutex<HashMap<String, DiscoverableAuthenticationServerState>>,
}

impl Passkeys {
    pub(crate) fn new(place: &Place) -> Self {
        let domain = place
            .domain
            .clone()
            .and_then(|name| AsciiDomain::try_from(name).ok());
        Passkeys {
            rp: domain.map(RpId::Domain),
            origins: place.origins.clone(),
            registrations: Mutex::default(),
            sign_ins: Mutex::default(),
        }
    }

    /// Whether passkeys work at this console's address.
    pub(crate) fn is_here(&self) -> bool {
        self.rp.is_some()
    }

    fn rp(&self) -> Result<&RpId, ApiError> {
        self.rp.as_ref().ok_or_else(|| Code::PasskeyNotHere.into())
    }

    pub(crate) fn begin_sign_in(&self) -> Result<Ceremony, ApiError> {
        let options = DiscoverableCredentialRequestOptions::passkey(self.rp()?);
        let (state, client) = options.start_ceremony().map_err(|_| Code::Internal)?;
        let options = public_key(&client)?;
        let ceremony = secret::generate_plain(24)?;
        put(&mut *lock(&self.sign_ins)?, ceremony.clone(), state);
        Ok(Ceremony { ceremony, options })
    }

    /// Gives the user whose passkey it is.
    pub(crate) fn sign_in(
        &self,
        agency: &Identity,
        people: &mut People,
        done: &CeremonyDone,
        now: UnixSeconds,
    ) -> Result<String, ApiError> {
        let refused = || ApiError::from(Code::PasskeyRefused);
        let state = lock(&self.sign_ins)?
            .remove(&done.ceremony)
            .ok_or(Code::CeremonyOver)?;
        let json = done.credential.to_string();
        let answer = DiscoverableAuthentication64::from_json_relaxed(json.as_bytes())
            .map_err(|_| refused())?;
        let id = BASE64_URL_SAFE_NO_PAD.encode(answer.raw_id().as_ref());
        let owns = |person: &crate::people::Person| {
            !person.disabled && person.passkeys.iter().any(|passkey| passkey.id == id)
        };
        let (user, person) = people.who(owns).ok_or_else(refused)?;
        let (user, handle) = (
            user.clone(),
            handle(person.handle.as_deref()).ok_or_else(refused)?,
        );
        let kept = person
            .passkeys
            .iter()
            .find(|passkey| passkey.id == id)
            .ok_or_else(refused)?;
        let key = StaticState::<OwnedKey>::decode(&decoded(&kept.static_state)?)
            .map_err(|_| refused())?;
        let dynamic = DynamicState::decode(kept.dynamic_state).map_err(|_| refused())?;
        let mut credential = AuthenticatedCredential::new(answer.raw_id(), &handle, key, dynamic)
            .map_err(|_| refused())?;
        let origins: Vec<&str> = self.origins.iter().map(String::as_str).collect();
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        state
            .verify(self.rp()?, &answer, &mut credential, &options)
            .map_err(|_| refused())?;
        let Ok(dynamic_state) = credential.dynamic_state().encode();
        people.change(agency, &user, |person| {
            for passkey in person
                .passkeys
                .iter_mut()
                .filter(|passkey| passkey.id == id)
            {
                passkey.used_at = Some(now);
                passkey.dynamic_state = dynamic_state;
            }
        })?;
        Ok(user)
    }

    pub(crate) fn begin_registration(
        &self,
        agency: &Identity,
        people: &mut People,
        user: &str,
    ) -> Result<Ceremony, ApiError> {
        let person = people.find(user).ok_or(Code::UnknownUser)?;
        if person.passkeys.len() >= PASSKEYS_AT_MOST {
            return Err(Code::TooLarge.into());
        }
        let known = handle(person.handle.as_deref());
        let own = known.unwrap_or_default();
        if known.is_none() {
            let text = BASE64_URL_SAFE_NO_PAD.encode(own.as_ref());
            people.change(agency, user, |person| person.handle = Some(text))?;
        }
        let person = people.find(user).ok_or(Code::UnknownUser)?;
        let entity = PublicKeyCredentialUserEntity {
            name: user.try_into().map_err(|_| Code::Internal)?,
            id: &own,
            display_name: person.name.as_str().try_into().ok(),
        };
        let others = person.passkeys.iter().filter_map(descriptor).collect();
        let options = PublicKeyCredentialCreationOptions::passkey(self.rp()?, entity, others);
        let (state, client) = options.start_ceremony().map_err(|_| Code::Internal)?;
        let options = public_key(&client)?;
        let ceremony = secret::generate_plain(24)?;
        put(
            &mut *lock(&self.registrations)?,
            ceremony.clone(),
            (user.to_owned(), state),
        );
        Ok(Ceremony { ceremony, options })
    }

    pub(crate) fn register(
        &self,
        agency: &Identity,
        people: &mut People,
        user: &str,
        done: &NewPasskey,
        now: UnixSeconds,
    ) -> Result<(), ApiError> {
        let refused = || ApiError::from(Code::PasskeyRefused);
        let name = done.name.trim();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Code::NotUnderstood.at("name"));
        }
        let (begun_by, state) = lock(&self.registrations)?
            .remove(&done.ceremony)
            .ok_or(Code::CeremonyOver)?;
        if begun_by != user {
            return Err(Code::CeremonyOver.into());
        }
        let json = done.credential.to_string();
        let answer = Registration::from_json_relaxed(json.as_bytes()).map_err(|_| refused())?;
        let origins: Vec<&str> = self.origins.iter().map(String::as_str).collect();
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let credential = state
            .verify(self.rp()?, &answer, &options)
            .map_err(|_| refused())?;
        let id = BASE64_URL_SAFE_NO_PAD.encode(credential.id().as_ref());
        if people
            .who(|person| person.passkeys.iter().any(|passkey| passkey.id == id))
            .is_some()
        {
            return Err(refused());
        }
        let Ok(static_state) = credential.static_state().encode();
        let Ok(dynamic_state) = credential.dynamic_state().encode();
        let Ok(transports) = credential.transports().encode();
        let kept = Kept {
            id,
            name: name.to_owned(),
            added_at: now,
            used_at: None,
            transports,
            static_state: BASE64_URL_SAFE_NO_PAD.encode(static_state),
            dynamic_state,
        };
        people.change(agency, user, |person| person.passkeys.push(kept))
    }
}

/// What goes under `publicKey` in the browser's call.
fn public_key(client: &impl Serialize) -> Result<Value, ApiError> {
    let mut options = serde_json::to_value(client).map_err(|_| Code::Internal)?;
    Ok(options
        .get_mut("publicKey")
        .map(Value::take)
        .unwrap_or(options))
}

fn put<V>(all: &mut HashMap<String, V>, key: String, value: V) {
    if all.len() >= AT_MOST {
        let any = all.keys().next().cloned();
        any.map(|any| all.remove(&any));
    }
    all.insert(key, value);
}

fn decoded(text: &str) -> Result<Vec<u8>, ApiError> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| Code::Storage.into())
}

fn handle(text: Option<&str>) -> Option<UserHandle64> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text?).ok()?;
    let bytes: [u8; USER_HANDLE_MAX_LEN] = bytes.try_into().ok()?;
    let Ok(handle) = UserHandle64::decode(bytes);
    Some(handle)
}

/// A passkey that the same key is not to make once more.
fn descriptor(kept: &Kept) -> Option<PublicKeyCredentialDescriptor<Vec<u8>>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&kept.id).ok()?;
    Some(PublicKeyCredentialDescriptor {
        id: CredentialId::<Vec<u8>>::decode(bytes).ok()?,
        transports: AuthTransports::decode(kept.transports).ok()?,
    })
}

impl std::fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Passkeys(at {:?})", self.origins)
    }
}
