// The browser's own place for the auditor's key (IndexedDB): it keeps a key without ever handing out its bytes.
import type { Admission, Cabinet } from './admission';
import { AuditError } from './source';

const STORE = 'admissions';

/** The cabinet of one verifier. */
export class BrowserCabinet implements Cabinet {
  readonly #verifier: string;

  constructor(verifier: string) {
    this.#verifier = verifier;
  }

  /** @inheritdoc */
  async read(): Promise<Admission | null> {
    const kept = await this.#do<Admission | undefined>('readonly', (store) => store.get(this.#verifier));
    return kept ?? null;
  }

  /** @inheritdoc */
  async write(admission: Admission): Promise<void> {
    await this.#do('readwrite', (store) => store.put(admission, this.#verifier));
  }

  /** @inheritdoc */
  async forget(): Promise<void> {
    await this.#do('readwrite', (store) => store.delete(this.#verifier));
  }

  async #do<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    try {
      const opening = indexedDB.open('assent-audit', 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore(STORE);
      };
      const database = await answerOf<IDBDatabase>(opening);
      const answer = await answerOf<T>(act(database.transaction(STORE, mode).objectStore(STORE)));
      database.close();
      return answer;
    } catch {
      throw new AuditError('storage');
    }
  }
}

function answerOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result as T);
    };
    request.onerror = () => {
      reject(new AuditError('storage'));
    };
  });
}
