// An admitted auditor signs in and reads the body behind every entry of the log that was read.
import type { Admission } from './admission';
import { assertionOf } from './admission';
import type { Audit } from './auditor';
import type { BodyPage, Desk } from './desk';
import { Duties } from './duties';
import type { Progress } from './reading';
import { agenciesOf } from './registry';
import { AuditError } from './source';

/** Who asks, where, and when it is. */
export interface Asker {
  desk: Desk;
  admission: Admission;
  now: () => number;
}

/** Reads every body; the agencies' keys and promises are those of the registry that the audit found good. */
export async function readDuties(asker: Asker, audit: Audit, { step, signal }: Progress): Promise<Duties> {
  const { replay, kept, issuer } = audit;
  if (replay === null) throw new AuditError('unreachable');
  const duties = new Duties(replay, kept.registry === null ? [] : agenciesOf(kept.registry));
  const ask = signedIn(asker, issuer);
  let from: number | null = 0;
  step({ what: 'statements', done: 0, of: replay.size });
  while (from !== null && from < replay.size) {
    signal.throwIfAborted();
    const page: BodyPage = await ask(from, replay.size);
    for (const body of page.bodies) await duties.push(body);
    // A page that does not move on would be asked for for ever.
    from = page.next !== null && page.next > from ? page.next : null;
    step({ what: 'statements', done: from ?? replay.size, of: replay.size });
  }
  return duties;
}

/** Signs in before the first page, and once more where the bearer token has ended since. */
function signedIn({ desk, admission, now }: Asker, issuer: string): (from: number, to: number) => Promise<BodyPage> {
  let bearer: string | null = null;
  const signIn = async () => desk.signIn(await assertionOf(admission, issuer, now()));
  return async (from, to) => {
    const isFirst = bearer === null;
    bearer ??= await signIn();
    try {
      return await desk.bodies(from, to, bearer);
    } catch (error) {
      if (isFirst || !(error instanceof AuditError) || error.code !== 'not_admitted') throw error;
      bearer = await signIn();
      return desk.bodies(from, to, bearer);
    }
  };
}
