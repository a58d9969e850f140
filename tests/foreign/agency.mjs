// An agency written from docs/spec alone, with stock libraries: it makes its own keys, reads a share with DPoP
// (RFC 9449), holds it to what the citizen announced, opens it with HPKE (RFC 9180, X25519 suite) and follows the event stream.
//
//   node agency.mjs init DIR ID NAME           writes DIR/keys.json and DIR/registry-entry.json
//   node agency.mjs read DIR VERIFIER TOKEN    prints the share's fields
//   node agency.mjs events DIR VERIFIER        prints {"index","act"} of every change there is

import { createHash, randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Chacha20Poly1305 } from "@hpke/chacha20poly1305";
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { createParser } from "eventsource-parser";
import * as jose from "jose";

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

const now = () => Math.floor(Date.now() / 1000);
const id = () => randomBytes(16).toString("base64url");
const sha256 = (text) => createHash("sha256").update(text).digest();

async function init(dir, agency, name) {
  const signing = await jose.generateKeyPair("Ed25519", { extractable: true });
  const opening = await jose.generateKeyPair("ECDH-ES", { crv: "X25519", extractable: true });
  const publicJwk = async (key, use) => {
    const jwk = await jose.exportJWK(key);
    return { ...jwk, use, kid: await jose.calculateJwkThumbprint(jwk) };
  };
  const keys = [await publicJwk(signing.publicKey, "sig"), await publicJwk(opening.publicKey, "enc")];
  mkdirSync(dir, { recursive: true });
  const entry = { id: agency, name, kind: "fire", jwks: { keys } };
  writeFileSync(join(dir, "registry-entry.json"), JSON.stringify(entry));
  const secret = { signing: await jose.exportJWK(signing.privateKey), opening: await jose.exportJWK(opening.privateKey) };
  writeFileSync(join(dir, "keys.json"), JSON.stringify({ agency, ...secret }), { mode: 0o600 });
}

function load(dir) {
  return JSON.parse(readFileSync(join(dir, "keys.json"), "utf8"));
}

async function proof({ signing }, method, url, token) {
  const key = await jose.importJWK(signing, "EdDSA");
  const { d: _, ...jwk } = signing;
  const ath = token && { ath: sha256(token).toString("base64url") };
  return new jose.SignJWT({ htm: method, htu: url, jti: randomUUID(), iat: now(), ...ath })
    .setProtectedHeader({ alg: "EdDSA", typ: "dpop+jwt", jwk })
    .sign(key);
}

async function access(keys, grant, datatypes) {
  const { d: _, ...jwk } = keys.signing;
  const claims = { iss: keys.agency, jti: id(), iat: now(), grant, act: "access" };
  return new jose.SignJWT({ ...claims, actor: "f-1", reason: "planning a visit", datatypes })
    .setProtectedHeader({ alg: "EdDSA", typ: "agency-statement+jwt", kid: await jose.calculateJwkThumbprint(jwk) })
    .sign(await jose.importJWK(keys.signing, "EdDSA"));
}

// Only what the citizen announced is the citizen's: HPKE says nothing of who sealed.
async function announced(token, statement, bytes) {
  if (!statement) throw new Error("share_unannounced");
  const { jti, iss, sub_jwk } = jose.decodeJwt(token);
  const key = await jose.importJWK(sub_jwk, "EdDSA");
  const { payload } = await jose
    .jwtVerify(statement, key, { algorithms: ["EdDSA", "Ed25519"], typ: "consent-statement+jwt", issuer: iss })
    .catch(() => ({ payload: {} }));
  if (payload.act !== "share" || payload.grant !== jti) throw new Error("share_not_the_holders");
  const digest = `sha-256:${sha256(bytes).toString("base64url")}`;
  if (payload.size !== bytes.length || payload.digest !== digest) throw new Error("share_not_announced");
  return payload;
}

// The newest share that was read, by grant: an older one is refused from then on.
function remember(dir, grant, seq) {
  const path = join(dir, "newest.json");
  const newest = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  if (seq < (newest[grant] ?? 0)) throw new Error("share_older");
  writeFileSync(path, JSON.stringify({ ...newest, [grant]: seq }), { mode: 0o600 });
}

async function read(dir, verifier, token) {
  const keys = load(dir);
  const { jti, authorization_details } = jose.decodeJwt(token);
  const [consent] = authorization_details;
  const url = `${verifier}/v1/grants/${jti}/share`;
  const answer = await fetch(url, {
    headers: {
      authorization: `DPoP ${token}`,
      dpop: await proof(keys, "GET", url, token),
      "assent-statement": await access(keys, jti, consent.datatypes),
    },
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const envelope = JSON.parse(bytes);
  if (!answer.ok) throw new Error(envelope.code);
  const word = await announced(token, answer.headers.get("assent-share"), bytes);
  const recipientKey = await suite.kem.importKey("jwk", { ...keys.opening, key_ops: ["deriveBits"] }, false);
  const context = await suite.createRecipientContext({
    recipientKey,
    enc: Buffer.from(envelope.enc, "base64url"),
    info: new TextEncoder().encode("assent/share/1"),
  });
  const plain = await context.open(Buffer.from(envelope.ct, "base64url"), sha256(token));
  const share = JSON.parse(new TextDecoder().decode(plain));
  const same = Object.keys(share.fields).sort().join() === [...consent.datatypes].sort().join();
  if (share.revision !== word.revision) throw new Error("share_other_revision");
  remember(dir, jti, word.seq);
  if (share.v !== 1 || !same) throw new Error("the share holds other fields than the consent names");
  return share.fields;
}

async function events(dir, verifier) {
  const url = `${verifier}/v1/agency/events`;
  const answer = await fetch(`${url}?follow=false`, { headers: { dpop: await proof(load(dir), "GET", url) } });
  if (!answer.ok) throw new Error((await answer.json()).code);
  const seen = [];
  const parser = createParser({
    onEvent: ({ id, data }) => seen.push({ index: Number(id), act: JSON.parse(data).act }),
  });
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk);
  return seen;
}

const [command, ...words] = process.argv.slice(2);
try {
  const answer = await { init, read, events }[command](...words);
  console.log(JSON.stringify(answer ?? {}));
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
  process.exitCode = 1;
}
