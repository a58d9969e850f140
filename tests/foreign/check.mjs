// Checks a consent token and its status with a stock JOSE library, from nothing but the token's own text and
// the URLs in it (docs/spec/checking.md). Usage: node check.mjs TOKEN, or - to read it from standard input.
//
// Prints {"signature":true,"status":0} (0 valid, 1 revoked, 2 suspended, 3 not registered) with what else was
// learnt. Exit code: 0 where both are known, 1 where the token does not hold, 3 where the status cannot be had.

import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import * as jose from "jose";

const ALGORITHMS = ["EdDSA", "Ed25519"];
const SKEW = 60;
const SLOTS = 2 ** 20;
const BITS = 2;

/** The token by itself: signed by the key that names its holder in four places. */
async function verifyToken(token) {
  const header = jose.decodeProtectedHeader(token);
  const jwk = jose.decodeJwt(token).sub_jwk;
  const holder = await jose.calculateJwkThumbprintUri(jwk, "sha256");
  require(header.typ === "consent+jwt", "typ is not consent+jwt");
  require(header.kid === (await jose.calculateJwkThumbprint(jwk, "sha256")), "kid is not the holder's key");
  const key = await jose.importJWK(jwk, "EdDSA");
  const { payload } = await jose.compactVerify(token, key, { algorithms: ALGORITHMS });
  const claims = JSON.parse(new TextDecoder().decode(payload));
  require(claims.iss === holder && claims.sub === holder, "iss or sub is not the holder's key");
  return claims;
}

/** The status: a list signed by the verifier that its own address belongs to. */
async function readStatus({ uri, idx }) {
  const list = await fetchText(uri, "application/statuslist+jwt");
  const { iss } = jose.decodeJwt(list);
  require(uri.startsWith(`${iss}/v1/status/`), "the list is not at its issuer's address");
  const metadata = JSON.parse(await fetchText(`${iss}/.well-known/assent-verifier`, "application/json"));
  require(metadata.issuer === iss, "the metadata is another issuer's");
  const forStatus = metadata.jwks.keys.filter((key) => key.purpose === "status");
  const keys = jose.createLocalJWKSet({ keys: forStatus });
  const { payload } = await jose.jwtVerify(list, keys, {
    algorithms: ALGORITHMS,
    typ: "statuslist+jwt",
    subject: uri,
    requiredClaims: ["iat", "exp"],
  });
  require(payload.iat <= Date.now() / 1000 + SKEW, "the list is from the future");
  return statusAt(payload.status_list, idx);
}

/** The value at an index of a list of 2^20 slots of 2 bits, lowest bits first. */
function statusAt({ bits, lst }, idx) {
  const bytes = (SLOTS * BITS) / 8;
  const list = inflateSync(jose.base64url.decode(lst), { maxOutputLength: bytes });
  require(bits === BITS && list.length === bytes, "the list is not one of 2^20 slots of 2 bits");
  require(Number.isInteger(idx) && idx >= 0 && idx < SLOTS, "the index is outside the list");
  return (list[idx >> 2] >> (2 * (idx & 3))) & 3;
}

async function fetchText(url, accept) {
  const { protocol, hostname } = new URL(url);
  const here = ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
  require(protocol === "https:" || (protocol === "http:" && here), `${url} is not an https address`);
  const answer = await fetch(url, { headers: { accept }, redirect: "error", signal: AbortSignal.timeout(10_000) });
  require(answer.ok, `${url} answers ${answer.status}`);
  return answer.text();
}

function require(holds, what) {
  if (!holds) throw new Error(what);
}

function inTime({ nbf, exp }) {
  const now = Date.now() / 1000;
  return nbf - SKEW <= now && now < exp + SKEW;
}

function finish(answer, code) {
  console.log(JSON.stringify(answer));
  process.exitCode = code;
}

async function main([argument]) {
  if (!argument) {
    console.error("Usage: node check.mjs TOKEN");
    process.exitCode = 2;
    return;
  }
  const token = (argument === "-" ? readFileSync(0, "utf8") : argument).trim();
  const claims = await verifyToken(token).catch((error) => finish({ signature: false, why: error.message }, 1));
  if (!claims) return;
  const learnt = { agency: claims.aud, grant: claims.jti, inTime: inTime(claims) };
  try {
    const status = await readStatus(claims.status.status_list);
    finish({ signature: true, status, ...learnt }, 0);
  } catch (error) {
    finish({ signature: true, status: null, why: error.message, ...learnt }, 3);
  }
}

await main(process.argv.slice(2));
