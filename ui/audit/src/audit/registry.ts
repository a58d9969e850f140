// The registry that is served, held against the log and against the one seen before (PROTOCOL section 1):
// signed by the registrar, logged, never rolled back, and no agency's key swapped in silence.
import { fromBase64Url, fromUtf8 } from '../log/bytes';
import type { VerifierKey } from '../log/note';
import type { Findings } from './finding';
import type { Json } from './json';
import { members } from './json';
import type { PublicKey } from './jws';
import { TOKEN_MAX_LENGTH, isSignedBy, jwsDigest, keySet, parseCompact, publicKey } from './jws';
import { isReceiptOf } from './receipt';
import type { Replay } from './replay';
import type { Document } from './source';
import { textOf } from './source';

/** A registry JWT is at most 4 MiB (PROTOCOL section 0). */
const MAX_LENGTH = 4 * 1024 * 1024;
const PROOF_HEADER = 'assent-proof';
const KINDS = ['ambulance', 'fire', 'police', 'health', 'council', 'other'];
const DURATION = /^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/;

interface Agency {
  id: string;
  keys: Json[];
}

interface Registry {
  compact: string;
  serial: number;
  agencies: Agency[];
}

/** Against what the registry is judged; without a replay, only against signatures. */
export interface RegistryJudge {
  keys: readonly PublicKey[];
  log: VerifierKey;
  replay: Replay | null;
  seen: string | null;
}

/** Checks the registry; answers it where it may be kept as the newest. */
export async function checkRegistry(judge: RegistryJudge, served: Document | null, findings: Findings): Promise<string | null> {
  if (served === null) {
    if (judge.seen !== null) findings.add('registry_rolled_back');
    return null;
  }
  const registry = await open(textOf(served), judge.keys);
  if (registry === null) {
    findings.add('registry_unsigned');
    return null;
  }
  if (!(await isLogged(served, judge))) {
    findings.add('registry_unlogged', { serial: registry.serial });
    return null;
  }
  // What was kept was verified when it was kept, and the keys may have changed since.
  const seen = judge.seen === null ? null : await open(judge.seen, judge.keys);
  if (seen !== null && !(await follows(registry, seen, findings))) return null;
  return registry.compact;
}

/** An agency as a registry that was checked names it; `eraseWithin` is an ISO 8601 duration. */
export interface Listed {
  id: string;
  name: string;
  names: Record<string, Json>;
  eraseWithin: string | null;
  keys: PublicKey[];
}

/** The agencies of a registry that {@link checkRegistry} answered. */
export function agenciesOf(compact: string): Listed[] {
  const agencies = parseCompact(compact, 'agency-registry+jwt', MAX_LENGTH)?.claims.agencies;
  return (Array.isArray(agencies) ? agencies : []).flatMap((value) => {
    const agency = members(value);
    if (typeof agency?.id !== 'string' || typeof agency.name !== 'string') return [];
    const eraseWithin = members(agency.obligations)?.erase_within;
    const keys = keySet(agency.jwks).flatMap((key) => publicKey(key) ?? []);
    const { id, name } = agency;
    return [{ id, name, names: members(agency.names) ?? {}, eraseWithin: typeof eraseWithin === 'string' ? eraseWithin : null, keys }];
  });
}

async function open(compact: string, keys: readonly PublicKey[]): Promise<Registry | null> {
  const jws = parseCompact(compact, 'agency-registry+jwt', MAX_LENGTH);
  if (jws === null || !(await isSignedBy({ ...jws, kid: null }, keys))) return null;
  const { iss, iat, serial, agencies = null, circles = [], auditors = [] } = jws.claims;
  if (typeof iss !== 'string' || !isWhole(iat) || !isWhole(serial) || serial < 0) return null;
  if (!Array.isArray(agencies) || !Array.isArray(circles) || !Array.isArray(auditors)) return null;
  const read = agencies.map(agencyOf);
  const admitted = read.filter((agency) => agency !== null);
  const registry = { compact, serial, agencies: admitted };
  return admitted.length === read.length && (await isSound(registry, circles, auditors)) ? registry : null;
}

function agencyOf(value: Json): Agency | null {
  const agency = members(value);
  if (agency === null || typeof agency.id !== 'string' || !/^https:\/\/[^?#]+$/.test(agency.id)) return null;
  const { name, kind, status = 'active' } = agency;
  const erase = members(agency.obligations)?.erase_within;
  if (typeof name !== 'string' || name.trim() === '' || !KINDS.includes(kind as string)) return null;
  if (status !== 'active' && status !== 'suspended') return null;
  if (erase !== undefined && !(typeof erase === 'string' && DURATION.test(erase))) return null;
  return { id: agency.id, keys: keySet(agency.jwks) };
}

/** What a registrar may publish: ids once, keys once and each handed over by the one before, members that exist. */
async function isSound(registry: Registry, circles: Json[], auditors: Json[]): Promise<boolean> {
  const ids = registry.agencies.map((agency) => agency.id);
  const auditorKeys = auditors.flatMap((auditor) => keySet(members(auditor)?.jwks));
  const all = [...registry.agencies.flatMap((agency) => agency.keys), ...auditorKeys];
  const thumbprints = all.flatMap((key) => publicKey(key)?.thumbprint ?? []);
  if (new Set(ids).size < ids.length || new Set(thumbprints).size < thumbprints.length) return false;
  const circleMembers = circles.flatMap((circle) => members(circle)?.members ?? []);
  if (!circleMembers.every((member) => ids.includes(members(member)?.agency as string))) return false;
  for (const agency of registry.agencies) {
    const signing = agency.keys.flatMap((key) => publicKey(key) ?? []);
    const first = agency.keys.find((key) => publicKey(key) !== null && successionOf(key) === null);
    const start = first === undefined ? null : publicKey(first);
    if (start === null || (await actingFor(agency, start.thumbprint)).length !== signing.length) return false;
  }
  return true;
}

/** No lower serial, nothing else under the same one, no agency gone, and no signing key swapped in silence. */
async function follows(registry: Registry, seen: Registry, findings: Findings): Promise<boolean> {
  const isTwofold = registry.serial === seen.serial && registry.compact !== seen.compact;
  if (registry.serial < seen.serial || isTwofold) {
    findings.add('registry_rolled_back');
    return false;
  }
  for (const old of seen.agencies) {
    const agency = registry.agencies.find((one) => one.id === old.id);
    // One that has left stays, suspended, for else it could come back with another key.
    if (agency === undefined) {
      findings.add('registry_rolled_back');
      return false;
    }
    const [was, is] = [currentKey(old), currentKey(agency)];
    if (was === null || is === null) continue;
    if ((await actingFor(agency, was)).includes(is)) continue;
    findings.add('agency_key_swapped', { agency: old.id });
    return false;
  }
  return true;
}

/** The thumbprint of the key that nobody succeeds. */
function currentKey(agency: Agency): string | null {
  const succeeded = agency.keys.flatMap((key) => successionOf(key)?.of ?? []);
  const signing = agency.keys.flatMap((key) => publicKey(key)?.thumbprint ?? []);
  return signing.find((thumbprint) => !succeeded.includes(thumbprint)) ?? null;
}

/** That key and its registered successors. */
async function actingFor(agency: Agency, thumbprint: string): Promise<string[]> {
  const acting = [thumbprint];
  for (;;) {
    const next = await successorOf(agency, acting[acting.length - 1] ?? '');
    if (next === null || acting.includes(next)) return acting;
    acting.push(next);
  }
}

async function successorOf(agency: Agency, of: string): Promise<string | null> {
  const old = agency.keys.flatMap((key) => publicKey(key) ?? []).find((key) => key.thumbprint === of);
  for (const jwk of agency.keys) {
    const [succession, key] = [successionOf(jwk), publicKey(jwk)];
    if (old === undefined || key === null || succession?.of !== of) continue;
    const claims = { iss: agency.id, successor: key.thumbprint, successor_of: of };
    if ((await isHandedOver(succession.proofs, old, claims)) && (await isHandedOver(succession.proofs, key, claims))) {
      return key.thumbprint;
    }
  }
  return null;
}

/** Whether the key signed this hand-over. */
async function isHandedOver(proofs: string[], key: PublicKey, claims: Record<string, string>): Promise<boolean> {
  for (const proof of proofs) {
    const jws = parseCompact(proof, 'key-succession+jwt', TOKEN_MAX_LENGTH);
    const isSame = jws !== null && Object.entries(claims).every(([name, value]) => jws.claims[name] === value);
    if (isSame && (await isSignedBy({ ...jws, kid: null }, [key]))) return true;
  }
  return false;
}

function successionOf(jwk: Json): { of: string; proofs: string[] } | null {
  const { successor_of: of, succession: proofs } = members(jwk) ?? {};
  if (typeof of !== 'string' || !Array.isArray(proofs)) return null;
  return { of, proofs: proofs.filter((proof) => typeof proof === 'string') };
}

/** The proof must be of this registry, signed by the pinned log key, and of the log that was read. */
async function isLogged(served: Document, { log, replay }: RegistryJudge): Promise<boolean> {
  const header = fromBase64Url(served.header(PROOF_HEADER) ?? '');
  const proof = header === null ? null : fromUtf8(header);
  if (proof === null) return false;
  const proven = await isReceiptOf(proof, log, jwsDigest(textOf(served)));
  return proven !== null && (replay === null || replay.beginsWith(proven.head));
}

function isWhole(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
