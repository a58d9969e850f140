// What was read, for as long as the consent behind it is known to stand, and not a moment longer.
import { useEffect, useState } from 'react';
import type { ConsentState, ReadAnswer } from '../host/types';
import { useIsLive, useLive } from './live';
import { useSession } from './session';

/** Why nothing is shown any more: how the consent stands now, or that nobody can tell. */
export type Gone = Exclude<ConsentState, 'valid'> | 'line' | 'opening';

/** What was read and can be shown, or why not. */
export type Held = { kind: 'nothing' } | { kind: 'shown'; answer: ReadAnswer } | { kind: 'gone'; why: Gone; at: number };

interface Holding {
  held: Held;
  /** Shows what was read, until its time is over. */
  hold: (answer: ReadAnswer) => void;
  drop: () => void;
}

/** Holds what is read under one grant that ends at a time, in seconds. */
export function useHeld(grant: string, endsAt: number | null): Holding {
  const { phase } = useSession();
  const isLive = useIsLive();
  const [held, setHeld] = useState<Held>({ kind: 'nothing' });
  const clear = (why: Gone) => {
    setHeld((before) => (before.kind === 'nothing' ? before : { kind: 'gone', why, at: Date.now() / 1000 }));
  };

  useLive((live) => {
    if (live.kind === 'consent' && live.grant === grant && live.state !== 'valid') clear(live.state);
    if (live.kind === 'line' && !live.connected) {
      setHeld((before) => (before.kind === 'shown' ? { kind: 'gone', why: 'line', at: Date.now() / 1000 } : before));
    }
  });

  const openUntil = held.kind === 'shown' ? held.answer.open_until : null;
  useEffect(() => {
    if (held.kind !== 'shown') return;
    const timers = [timer(endsAt, () => { clear('expired'); }), timer(openUntil, () => { clear('opening'); })];
    return () => {
      timers.forEach(clearTimeout);
    };
  }, [held.kind, endsAt, openUntil]);

  // Somebody who is not signed in sees nothing, and nothing stays in memory for the next.
  if (phase !== 'in' && held.kind !== 'nothing') setHeld({ kind: 'nothing' });
  const hold = (answer: ReadAnswer) => {
    setHeld(isLive ? { kind: 'shown', answer } : { kind: 'gone', why: 'line', at: Date.now() / 1000 });
  };
  return { held, hold, drop: () => { setHeld({ kind: 'nothing' }); } };
}

/** The longest time that a browser's timer can wait. */
const LONGEST = 2 ** 31 - 1;

function timer(at: number | null, act: () => void): ReturnType<typeof setTimeout> | undefined {
  if (at === null) return undefined;
  const wait = at * 1000 - Date.now();
  return wait > LONGEST ? undefined : setTimeout(act, Math.max(wait, 0));
}
