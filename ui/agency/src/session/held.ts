// What was read, for as long as the consent behind it is known to stand, and not a moment longer.
import { useEffect, useRef, useState } from 'react';
import type { ConsentState, ReadAnswer } from '../host/types';
import { useIsLive, useLive } from './live';
import { useSession } from './session';

/** Why nothing is shown any more: how the consent stands now, or that nobody can tell. */
export type Gone = Exclude<ConsentState, 'valid'> | 'line' | 'opening';

/** What was read and can be shown, or why not. */
export type Held = { kind: 'nothing' } | { kind: 'shown'; answer: ReadAnswer } | { kind: 'gone'; why: Gone; at: number };

interface Holding {
  held: Held;
  /** Shows what was read, if the consent still stands now that it is here. */
  hold: (answer: ReadAnswer) => void;
  drop: () => void;
}

/** Holds what is read under one grant that ends at a time, in seconds. */
export function useHeld(grant: string, endsAt: number | null): Holding {
  const { phase } = useSession();
  const isLive = useIsLive();
  const [held, setHeld] = useState<Held>({ kind: 'nothing' });
  const gone = useRef<Gone | null>(null);
  useEffect(() => {
    if (gone.current === null || gone.current === 'line') gone.current = isLive ? null : 'line';
  }, [isLive]);

  useLive((live) => {
    if (live.kind === 'consent' && live.grant === grant) gone.current = live.state === 'valid' ? null : live.state;
    else if (live.kind === 'line' && !live.connected) gone.current ??= 'line';
    else return;
    const why = gone.current;
    if (why !== null) setHeld((before) => leave(before, why));
  });

  const openUntil = held.kind === 'shown' ? held.answer.open_until : null;
  useEffect(() => {
    if (held.kind !== 'shown') return;
    const timers = [timer(endsAt, () => { setHeld((before) => leave(before, 'expired')); }), timer(openUntil, () => { setHeld((before) => leave(before, 'opening')); })];
    return () => {
      timers.forEach(clearTimeout);
    };
  }, [held.kind, endsAt, openUntil]);

  // Somebody who is not signed in sees nothing, and nothing stays in memory for the next.
  if (phase !== 'in' && held.kind !== 'nothing') setHeld({ kind: 'nothing' });
  const hold = (answer: ReadAnswer) => {
    const why = gone.current;
    setHeld(why === null ? { kind: 'shown', answer } : { kind: 'gone', why, at: Date.now() / 1000 });
  };
  return { held, hold, drop: () => { setHeld({ kind: 'nothing' }); } };
}

/** What was shown goes; that the line was cut is no news where the consent itself has ended. */
function leave(before: Held, why: Gone): Held {
  const isOld = before.kind === 'nothing' || (before.kind === 'gone' && (why === 'line' || before.why === why));
  return isOld ? before : { kind: 'gone', why, at: Date.now() / 1000 };
}

/** The longest time that a browser's timer can wait. */
const LONGEST = 2 ** 31 - 1;

function timer(at: number | null, act: () => void): ReturnType<typeof setTimeout> | undefined {
  if (at === null) return undefined;
  const wait = at * 1000 - Date.now();
  return wait > LONGEST ? undefined : setTimeout(act, Math.max(wait, 0));
}
