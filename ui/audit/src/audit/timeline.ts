// What was in force when: a slot's statuses over time, as the log has them.
import type { Slot } from './entry';
import type { Replay } from './replay';
import { UNREGISTERED } from './replay';

/** Whether a consent was in force. */
export type Standing = 'in_force' | 'unregistered' | 'suspended' | 'revoked' | 'expired' | 'not_yet_valid';

/** A time during which a slot's status did not change: from when on (ms), and the entry that says so. */
export interface Period {
  from: number;
  status: 0 | 1 | 2;
  index: number;
}

/** The life of one slot; `exp` in seconds. */
export interface Timeline {
  periods: Period[];
  exp: number | null;
}

/** The life of a slot, as the log has it. */
export function timelineOf(replay: Replay, slot: Slot): Timeline {
  const changes = replay.changesOf(slot.list).filter((change) => change.slot.idx === slot.idx);
  return {
    periods: changes.map(({ at, status, index }) => ({ from: at, status, index })),
    exp: changes.find((change) => change.exp !== null)?.exp ?? null,
  };
}

/** How the slot stood at `at` (ms); the end of a consent is the last thing that counts. */
export function standingAt(timeline: Timeline, at: number): Standing {
  const status = timeline.periods.findLast((period) => period.from <= at)?.status ?? UNREGISTERED;
  const isExpired = timeline.exp !== null && at >= timeline.exp * 1000;
  if (status === 1) return 'revoked';
  if (status === UNREGISTERED) return 'unregistered';
  if (isExpired) return 'expired';
  return status === 2 ? 'suspended' : 'in_force';
}
