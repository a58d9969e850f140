//! A passkey from its registration to a sign-in, with an authenticator in software: Ed25519, attestation `none`
//! (Web Authentication Level 3, sections 6.1 and 8.7).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use consent_token::{id::Digest, key::SigningKey};
use serde_json::{Value, json};

use crate::{Browser, County, county::Desk};

const ID: [u8; 16] = [0xA5; 16];
/// The user is there and was verified.
const USER: u8 = 0x05;
/// And a new key is enclosed.
const NEW_KEY: u8 = 0x40;

struct Authenticator {
    key: SigningKey,
    counter: u32,
    /// `http://localhost:<port>`: passkeys belong to a name.
    origin: String,
    handle: String,
}

fn b64(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    fn of(desk: &Desk) -> Self {
        Authenticator {
            key: SigningKey::from_seed([3; 32]),
            counter: 1,
            origin: desk.url.replace("127.0.0.1", "localhost"),
            handle: String::new(),
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false }).to_string()
    }

    fn authenticator_data(&self, flags: u8) -> Vec<u8> {
        let rp = Digest::of(b"localhost");
        [
            rp.as_bytes().as_slice(),
            &[flags],
            &self.counter.to_be_bytes(),
        ]
        .concat()
    }

    fn registers(&mut self, options: &Value) -> Value {
        options["user"]["id"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.handle);
        let jwk = serde_json::to_value(self.key.public().jwk()).unwrap();
        let x = BASE64_URL_SAFE_NO_PAD
            .decode(jwk["x"].as_str().unwrap())
            .unwrap();
        // COSE_Key: kty OKP, alg EdDSA, crv Ed25519, x.
        let cose = [
            &[0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20],
            x.as_slice(),
        ]
        .concat();
        let mut data = self.authenticator_data(USER | NEW_KEY);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&[0, 16]);
        data.extend_from_slice(&ID);
        data.extend_from_slice(&cose);
        // {"fmt": "none", "attStmt": {}, "authData": bytes}
        let mut object = b"\xA3\x63fmt\x64none\x67attStmt\xA0\x68authData\x58".to_vec();
        object.push(data.len().try_into().unwrap());
        object.extend_from_slice(&data);
        let response = json!({
            "clientDataJSON": b64(self.client_data("webauthn.create", options)),
            "attestationObject": b64(object),
            "transports": ["internal"],
        });
        self.credential(response)
    }

    fn signs_in(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let client = self.client_data("webauthn.get", options);
        let data = self.authenticator_data(USER);
        let signed = [data.as_slice(), Digest::of(client.as_bytes()).as_bytes()].concat();
        let response = json!({
            "clientDataJSON": b64(&client),
            "authenticatorData": b64(&data),
            "signature": b64(self.key.sign(&signed)),
            "userHandle": self.handle,
        });
        self.credential(response)
    }

    fn credential(&self, response: Value) -> Value {
        json!({ "id": b64(ID), "rawId": b64(ID), "type": "public-key", "response": response, "clientExtensionResults": {} })
    }
}

/// A console where a caseworker registered a passkey.
async fn registered() -> (Desk, Authenticator) {
    let desk = County::open().await.console("fire").await;
    let browser = desk.signed_in("caseworker").await;
    let mut key = Authenticator::of(&desk);
    let begun = browser.done("account/passkey", json!({})).await;
    let made = key.registers(&begun["options"]);
    let account = browser
        .done(
            "account/passkey/done",
            json!({ "ceremony": begun["ceremony"], "name": "Desk key", "credential": made }),
        )
        .await;
    assert_eq!(account["passkeys"][0]["name"], "Desk key");
    (desk, key)
}

async fn sign_in(browser: &mut Browser, made: impl FnOnce(&Value) -> Value) -> (u16, String) {
    let begun = browser.done("sign-in/passkey", json!({})).await;
    let ask = json!({ "ceremony": begun["ceremony"], "credential": made(&begun["options"]) });
    let answer = browser.post("sign-in/passkey/done", ask).await;
    browser.takes(&answer);
    (answer.status, answer.code())
}

#[tokio::test]
async fn a_registered_passkey_signs_its_owner_in() {
    let (desk, mut key) = registered().await;
    let mut browser = desk.browser();
    assert_eq!(browser.seen("session").await["ways"]["passkey"], true);
    assert_eq!(
        sign_in(&mut browser, |options| key.signs_in(options))
            .await
            .0,
        200
    );
    assert_eq!(
        browser.seen("session").await["signed_in"]["user"],
        "caseworker"
    );
    let account = browser.seen("account").await;
    assert!(account["passkeys"][0]["used_at"].is_number());
    browser
        .done(
            "account/passkey/remove",
            json!({ "id": account["passkeys"][0]["id"] }),
        )
        .await;
    let refused = sign_in(&mut desk.browser(), |options| key.signs_in(options)).await;
    assert_eq!(refused.1, "passkey_refused", "removed, it opens nothing");
}

#[tokio::test]
async fn another_key_another_site_and_an_old_counter_are_refused() {
    let (desk, mut key) = registered().await;
    let mut forger = Authenticator::of(&desk);
    forger.key = SigningKey::from_seed([4; 32]);
    forger.handle.clone_from(&key.handle);
    assert_eq!(
        sign_in(&mut desk.browser(), |options| forger.signs_in(options))
            .await
            .1,
        "passkey_refused"
    );
    key.origin = "https://evil.example".into();
    assert_eq!(
        sign_in(&mut desk.browser(), |options| key.signs_in(options))
            .await
            .1,
        "passkey_refused"
    );
    key.origin = desk.url.replace("127.0.0.1", "localhost");
    assert_eq!(
        sign_in(&mut desk.browser(), |options| key.signs_in(options))
            .await
            .0,
        200
    );
    key.counter = 0;
    let copied = sign_in(&mut desk.browser(), |options| key.signs_in(options)).await;
    assert_eq!(
        copied.1, "passkey_refused",
        "a counter that went back is a copy"
    );
}
