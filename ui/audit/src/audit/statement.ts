// One body behind an entry, read and held to its signer (PROTOCOL sections 2 and 4): a consent token is signed by
// the holder's key that it names, a statement by the holder of its consent or by the registered agency.
import type { Json } from './json';
import { members } from './json';
import type { PublicKey } from './jws';
import { TOKEN_MAX_LENGTH, isSignedBy, parseCompact, publicKey } from './jws';

/** A registry JWT is at most 4 MiB (PROTOCOL section 0). */
const REGISTRY_MAX_LENGTH = 4 * 1024 * 1024;

/** A registered consent: whose, for which agency, until when (seconds) and how long what was read may be kept. */
export interface TokenBody {
  kind: 'token';
  grant: string;
  agency: string;
  holder: PublicKey;
  exp: number;
  retention: string | null;
}

/** A holder's or an agency's later act; `of` is the act that it answers. */
export interface ActBody {
  kind: 'act';
  act: string;
  jti: string;
  grant: string;
  agency: string | null;
  of: string | null;
  incident: string | null;
  reason: string | null;
  finding: string | null;
  /** Who at the agency: a pseudonym. */
  actor: string | null;
}

/** What there is to hold signers to. */
export interface Signers {
  agency: (id: string) => readonly PublicKey[];
  holder: (grant: string) => PublicKey | null;
}

/** Why a body is not what it should be. */
export type BodyFault = 'unreadable' | 'signature';

/** Reads a body; null where it is of a kind that is not about consents, such as the registry. */
export async function readBody(jws: string, signers: Signers): Promise<TokenBody | ActBody | BodyFault | null> {
  if (parseCompact(jws, 'agency-registry+jwt', REGISTRY_MAX_LENGTH) !== null) return null;
  return (await tokenOf(jws)) ?? (await holderActOf(jws, signers)) ?? (await agencyActOf(jws, signers)) ?? 'unreadable';
}

async function tokenOf(compact: string): Promise<TokenBody | BodyFault | null> {
  const jws = parseCompact(compact, 'consent+jwt', TOKEN_MAX_LENGTH);
  if (jws === null) return null;
  const { jti, aud, exp, sub_jwk: subject, authorization_details: details } = jws.claims;
  const holder = publicKey(subject ?? null);
  if (typeof jti !== 'string' || typeof aud !== 'string' || typeof exp !== 'number' || holder === null) return 'unreadable';
  if (!(await isSignedBy(jws, [holder]))) return 'signature';
  const retention = text(members(Array.isArray(details) ? details[0] : undefined)?.retention);
  return { kind: 'token', grant: jti, agency: aud, holder, exp, retention };
}

async function holderActOf(compact: string, signers: Signers): Promise<ActBody | BodyFault | null> {
  const jws = parseCompact(compact, 'consent-statement+jwt', TOKEN_MAX_LENGTH);
  if (jws === null) return null;
  const body = actOf(jws.claims, null);
  if (body === null) return 'unreadable';
  const holder = signers.holder(body.grant);
  return holder !== null && (await isSignedBy(jws, [holder])) ? body : 'signature';
}

async function agencyActOf(compact: string, signers: Signers): Promise<ActBody | BodyFault | null> {
  const jws = parseCompact(compact, 'agency-statement+jwt', TOKEN_MAX_LENGTH);
  if (jws === null) return null;
  const agency = text(jws.claims.iss);
  const body = agency === null ? null : actOf(jws.claims, agency);
  if (body === null || agency === null) return 'unreadable';
  return (await isSignedBy(jws, signers.agency(agency))) ? body : 'signature';
}

function actOf(claims: Record<string, Json>, agency: string | null): ActBody | null {
  const [act, jti, grant] = [text(claims.act), text(claims.jti), text(claims.grant)];
  if (act === null || jti === null || grant === null) return null;
  const [of, incident] = [text(claims.of), text(claims.incident)];
  const [reason, finding] = [text(claims.reason), text(claims.finding)];
  const actor = text(claims.actor);
  return { kind: 'act', act, jti, grant, agency, of, incident, reason, finding, actor };
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
