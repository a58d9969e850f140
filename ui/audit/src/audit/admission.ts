// Who an admitted auditor is: an id, and an Ed25519 key that was made in this browser or taken from a file. The
// private half never leaves WebCrypto: it cannot be read back, by these pages either.
import type { Bytes } from '../log/bytes';
import { concat, fromBase64, fromBase64Url, toBase64Url, utf8 } from '../log/bytes';
import type { Json } from './json';
import { members, strictJson } from './json';
import { publicKey } from './jws';

/** How long an assertion is good, in seconds. */
const LIFETIME = 60;

/** An auditor as this browser knows itself; `x` is the public key (RFC 8037). */
export interface Admission {
  id: string;
  name: string;
  x: string;
  key: CryptoKey;
}

/** Where the admission is kept between visits. */
export interface Cabinet {
  read: () => Promise<Admission | null>;
  write: (admission: Admission) => Promise<void>;
  forget: () => Promise<void>;
}

/** Whether it can be an auditor's id: an https URL without query or fragment (PROTOCOL section 1). */
export function isAuditorId(id: string): boolean {
  return /^https:\/\/[^\s?#/]+(\/[^\s?#]*)?$/.test(id) && URL.canParse(id);
}

/** Makes a key that nobody can read. */
export async function makeAdmission(id: string, name: string): Promise<Admission> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']));
  const x = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  return { id, name, x, key: pair.privateKey };
}

/** Takes a key from a file's text: a seed as `assent audit init` writes it, a private JWK (RFC 8037), or PKCS #8 in PEM. */
export async function takeAdmission(id: string, name: string, file: string): Promise<Admission | null> {
  try {
    const { kty, crv, x, d } = await privateJwk(file);
    if (publicKey({ kty, crv, x } as Json) === null || x === undefined) return null;
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, d } as JsonWebKey, 'Ed25519', false, ['sign']);
    return { id, name, x, key };
  } catch {
    return null;
  }
}

/** PKCS #8 around an Ed25519 seed (RFC 8410 section 7), without the seed. */
const PKCS8_HEAD = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);

async function privateJwk(file: string): Promise<JsonWebKey> {
  const pem = /-----BEGIN PRIVATE KEY-----([\s\S]+)-----END PRIVATE KEY-----/.exec(file)?.[1]?.replaceAll(/\s/g, '');
  const seed = fromBase64Url(file.trim());
  const der = seed?.length === 32 ? concat(PKCS8_HEAD, seed) : fromBase64(pem ?? '');
  if (der === null || der.length === 0) return (members(strictJson(file.trim())) ?? {});
  return crypto.subtle.exportKey('jwk', await crypto.subtle.importKey('pkcs8', der, 'Ed25519', true, ['sign']));
}

/** The key's RFC 7638 thumbprint, to be compared with the operator by another way. */
export function thumbprintOf({ x }: Admission): string {
  return publicKey(jwk(x))?.thumbprint ?? '';
}

/** What the registrar admits, as a file for `assent-verifier auditor add`. */
export function registryEntry(admission: Admission): string {
  const key = { ...jwk(admission.x), kid: thumbprintOf(admission), use: 'sig', alg: 'EdDSA' };
  return `${JSON.stringify({ id: admission.id, name: admission.name, jwks: { keys: [key] } }, null, 2)}\n`;
}

/** A `private_key_jwt` assertion (RFC 7523 section 3) for the verifier `issuer`, at `now` in Unix milliseconds. */
export async function assertionOf(admission: Admission, issuer: string, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  const jti = toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const header = { typ: 'JWT', alg: 'EdDSA', kid: thumbprintOf(admission) };
  const claims = { iss: admission.id, sub: admission.id, aud: issuer, jti, iat, exp: iat + LIFETIME };
  const part = (value: unknown) => toBase64Url(utf8(JSON.stringify(value)));
  const input = `${part(header)}.${part(claims)}`;
  const signature: Bytes = new Uint8Array(await crypto.subtle.sign('Ed25519', admission.key, utf8(input)));
  return `${input}.${toBase64Url(signature)}`;
}

function jwk(x: string): { kty: string; crv: string; x: string } {
  return { kty: 'OKP', crv: 'Ed25519', x };
}
