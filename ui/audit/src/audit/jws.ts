// Compact JWS (RFC 7515) as every JWT of the protocol has it: Ed25519 alone, strict base64url, strict JSON,
// no critical extensions. A header never chooses the key or the algorithm by itself.
import type { Bytes } from '../log/bytes';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../log/bytes';
import { isStrongPoint, verify } from '../log/ed25519';
import type { Hash } from '../log/hash';
import { digest } from '../log/hash';
import type { Json } from './json';
import { members, strictJson } from './json';

/** A token and a statement are at most this long, in bytes (PROTOCOL section 0). */
export const TOKEN_MAX_LENGTH = 8 * 1024;

/** A compact JWS that was taken apart and not verified. */
export interface Compact {
  typ: string;
  kid: string | null;
  claims: Record<string, Json>;
  signingInput: Bytes;
  signature: Bytes;
}

/** An Ed25519 public key and its RFC 7638 thumbprint. */
export interface PublicKey {
  bytes: Bytes;
  thumbprint: string;
}

/** Takes a compact JWS of this type apart; null where it is not one. */
export function parseCompact(compact: string, typ: string, maxLength: number): Compact | null {
  const parts = compact.split('.');
  const [header, payload, signature] = parts.map(fromBase64Url);
  if (compact.length > maxLength || parts.length !== 3 || !header || !payload || !signature) return null;
  const head = object(header);
  const claims = object(payload);
  if (head === null || claims === null || !isOurs(head) || mediaType(head.typ) !== typ) return null;
  const kid = typeof head.kid === 'string' ? head.kid : null;
  const signingInput = utf8(compact.slice(0, compact.lastIndexOf('.')));
  return { typ, kid, claims, signingInput, signature };
}

/** Whether one of the keys signed it: the one that `kid` names, or any where it names none. */
export async function isSignedBy(jws: Compact, keys: readonly PublicKey[]): Promise<boolean> {
  const named = keys.filter((key) => jws.kid === null || key.thumbprint === jws.kid);
  for (const key of named) {
    if (await verify(key.bytes, jws.signingInput, jws.signature)) return true;
  }
  return false;
}

/** The digest of a whole compact JWS, as the log knows it. */
export function jwsDigest(compact: string): Hash {
  return digest(utf8(compact));
}

/** The Ed25519 key of a JWK (RFC 8037), or null where it is no signing key. */
export function publicKey(jwk: Json): PublicKey | null {
  const key = members(jwk);
  if (key === null || (key.use !== undefined && key.use !== 'sig')) return null;
  if (key.kty !== 'OKP' || key.crv !== 'Ed25519' || typeof key.x !== 'string' || 'd' in key) return null;
  const bytes = fromBase64Url(key.x);
  if (bytes === null || !isStrongPoint(bytes)) return null;
  const canonical = `{"crv":"Ed25519","kty":"OKP","x":"${key.x}"}`;
  return { bytes, thumbprint: toBase64Url(digest(utf8(canonical))) };
}

/** The members of a JWK Set (RFC 7517), or none. */
export function keySet(jwks: Json | undefined): Json[] {
  const keys = members(jwks)?.keys;
  return Array.isArray(keys) ? keys : [];
}

/** The verifier's keys for one purpose; a key that names no purpose serves each. */
export function keysFor(jwks: Json | undefined, purpose: string): PublicKey[] {
  const fits = (key: Json) => [undefined, purpose].includes(members(key)?.purpose as string | undefined);
  return keySet(jwks).filter(fits).flatMap((key) => publicKey(key) ?? []);
}

function object(bytes: Bytes): Record<string, Json> | null {
  const text = fromUtf8(bytes);
  return text === null ? null : members(strictJson(text));
}

function isOurs(head: Record<string, Json>): boolean {
  const isText = (value: Json | undefined) => value === undefined || typeof value === 'string';
  return (head.alg === 'EdDSA' || head.alg === 'Ed25519') && !('crit' in head) && isText(head.kid) && isText(head.typ);
}

function mediaType(typ: Json | undefined): string {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
}
