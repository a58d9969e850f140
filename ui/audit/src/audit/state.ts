// What this browser keeps of a verifier: the pinned keys, the last checkpoint, the last registry and a line for
// every visit. It was verified when it was written, and the checkpoint is verified again at every visit.
import type { Json } from './json';
import { members, strictJson } from './json';
import { AuditError } from './source';

/** Visits that are remembered; older ones are forgotten. */
const VISITS_AT_MOST = 400;

/** What the first visit pins. */
export interface Pin {
  /** The log's key (C2SP vkey). */
  logVkey: string;
  /** The witnesses' keys that are known here. */
  witnesses: string[];
  /** The verifier's other keys, as its metadata named them at the first visit. */
  jwks: Json;
}

/** A status list as a visit found it: made from so many entries, signed at `iat`, so many milliseconds behind. */
export interface ListSeen {
  list: number;
  size: number;
  iat: number;
  behind: number;
}

/** One visit, as this browser remembers it. */
export interface VisitRecord {
  at: number;
  size: number;
  root: string;
  lists: ListSeen[];
  findings: number;
}

/** What is kept of one verifier. */
export interface Kept {
  pin: Pin;
  checkpoint: string | null;
  registry: string | null;
  visits: VisitRecord[];
}

/** The browser's storage for one verifier. */
export class State {
  readonly #storage: Storage;
  readonly #name: string;

  constructor(storage: Storage, verifier: string) {
    this.#storage = storage;
    this.#name = `assent-audit ${verifier}`;
  }

  /** What is kept, or null at the first visit. */
  read(): Kept | null {
    const text = this.#storage.getItem(this.#name);
    if (text === null) return null;
    const kept = members(strictJson(text));
    const pin = members(kept?.pin);
    // A state that cannot be read must not look like a first visit: that would forget what was pinned.
    if (kept === null || typeof pin?.logVkey !== 'string' || !Array.isArray(kept.visits)) throw new AuditError('storage');
    return kept as unknown as Kept;
  }

  /** Keeps it, whole or not at all. */
  write(kept: Kept): void {
    const visits = kept.visits.slice(-VISITS_AT_MOST);
    try {
      this.#storage.setItem(this.#name, JSON.stringify({ ...kept, visits }));
    } catch {
      throw new AuditError('storage');
    }
  }

  /** Forgets everything about the verifier, the pinned key too. */
  forget(): void {
    this.#storage.removeItem(this.#name);
  }
}
