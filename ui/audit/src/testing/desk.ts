// The desk of a verifier in memory: it admits an auditor by key and shows what stands behind the entries. Beside it
// an agency and a holder who sign, and a cabinet without a lock.
import type { Admission, Cabinet } from '../audit/admission';
import type { BodyPage, Desk } from '../audit/desk';
import { isSignedBy, parseCompact, publicKey } from '../audit/jws';
import { AuditError } from '../audit/source';
import type { FakeVerifier, Key } from './verifier';
import { ISSUER, NOW, jwt, newKey, publicJwk } from './verifier';

export const AGENCY = 'https://ambulance.example';

/** Bodies on one page, few, so that there are several. */
const PAGE = 3;

/** Shows bodies to whom it admitted. */
export class FakeDesk implements Desk {
  /** The public keys (`x`) of the auditors. */
  readonly admitted = new Set<string>();
  /** Bearer tokens end after so many pages. */
  pagesPerBearer = Infinity;
  signIns = 0;
  readonly #verifier: FakeVerifier;
  #pages = 0;

  constructor(verifier: FakeVerifier) {
    this.#verifier = verifier;
  }

  async signIn(assertion: string): Promise<string> {
    const jws = parseCompact(assertion, 'jwt', 8192);
    const keys = [...this.admitted].flatMap((x) => publicKey({ kty: 'OKP', crv: 'Ed25519', x }) ?? []);
    if (jws === null || jws.claims.aud !== ISSUER || !(await isSignedBy(jws, keys))) throw new AuditError('not_admitted');
    this.#pages = 0;
    this.signIns += 1;
    return 'bearer';
  }

  bodies(from: number, to: number, bearer: string): Promise<BodyPage> {
    this.#pages += 1;
    if (bearer !== 'bearer' || this.#pages > this.pagesPerBearer) return Promise.reject(new AuditError('not_admitted'));
    const end = Math.min(from + PAGE, to);
    const bodies = [...this.#verifier.bodies].filter(([index]) => index >= from && index < end);
    return Promise.resolve({ bodies: bodies.map(([index, jws]) => ({ index, jws })), next: end < to ? end : null });
  }
}

/** Keeps an admission in memory. */
export class OpenCabinet implements Cabinet {
  #admission: Admission | null = null;

  read(): Promise<Admission | null> {
    return Promise.resolve(this.#admission);
  }

  write(admission: Admission): Promise<void> {
    this.#admission = admission;
    return Promise.resolve();
  }

  forget(): Promise<void> {
    this.#admission = null;
    return Promise.resolve();
  }
}

/** A holder and an agency that promised to delete within ten days, and what they sign. */
export class Signers {
  readonly #verifier: FakeVerifier;
  readonly holder: Key;
  readonly agency: Key;
  #count = 0;

  private constructor(verifier: FakeVerifier, holder: Key, agency: Key) {
    this.#verifier = verifier;
    this.holder = holder;
    this.agency = agency;
  }

  /** Puts the agency in a newer registry. */
  static async of(verifier: FakeVerifier): Promise<Signers> {
    const signers = new Signers(verifier, await newKey(), await newKey());
    const jwks = { keys: [{ ...publicJwk(signers.agency), use: 'sig' }] };
    const obligations = { erase_within: 'P10D' };
    verifier.agencies = [{ id: AGENCY, name: 'Ambulance', names: { cy: 'Ambiwlans' }, kind: 'ambulance', jwks, obligations }];
    await verifier.publishRegistry(2);
    return signers;
  }

  /** Registers a consent. */
  async token(grant: string, idx: number, { exp = NOW / 1000 + 9999, retention = 'P1Y' } = {}): Promise<number> {
    const claims = { jti: grant, aud: AGENCY, exp, sub_jwk: publicJwk(this.holder), authorization_details: [{ retention }] };
    return this.#verifier.act(await jwt('consent+jwt', claims, this.holder), { idx, status: 0, exp });
  }

  /** Takes a consent back; answers the statement's id. */
  async revoke(grant: string, idx: number, key = this.holder): Promise<string> {
    const jti = this.#jti();
    const jws = await jwt('consent-statement+jwt', { jti, grant, act: 'revoke', seq: 1 }, key);
    this.#verifier.act(jws, { idx, status: 1, exp: null });
    return jti;
  }

  /** Records an act of the agency; answers the statement's id. */
  async act(grant: string, act: string, more: Record<string, unknown> = {}, key = this.agency): Promise<string> {
    const jti = this.#jti();
    this.#verifier.act(await jwt('agency-statement+jwt', { iss: AGENCY, jti, grant, act, ...more }, key));
    return jti;
  }

  #jti(): string {
    this.#count += 1;
    return `act-${this.#count.toString()}`;
  }
}
