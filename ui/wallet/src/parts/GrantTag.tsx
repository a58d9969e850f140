// How a consent stands, in a word or two: what is decided and not proven yet comes first.
import { Tag } from '@assent/shared';
import type { Tone } from '@assent/shared';
import type { GrantState, GrantView } from '../host/host';
import { m } from '../words/messages';

const TONES: Record<GrantState, Tone> = {
  waiting: 'warn',
  valid: 'good',
  suspended: 'calm',
  revoked: 'plain',
  expired: 'plain',
  refused: 'bad',
};

/** A state in words. */
export function stateWords(state: GrantState): string {
  const words: Record<GrantState, () => string> = {
    waiting: m.part_state_waiting,
    valid: m.part_state_valid,
    suspended: m.part_state_suspended,
    revoked: m.part_state_revoked,
    expired: m.part_state_expired,
    refused: m.part_state_refused,
  };
  return words[state]();
}

/** What was decided here and is not sent yet, in words. */
export function becomingWords(becoming: GrantState): string {
  switch (becoming) {
    case 'revoked':
      return m.part_becoming_revoked();
    case 'suspended':
      return m.part_becoming_suspended();
    case 'valid':
      return m.part_becoming_valid();
    case 'waiting':
    case 'expired':
    case 'refused':
      return stateWords(becoming);
  }
}

/** The state, or what it is about to be. */
export function GrantTag({ grant }: { grant: Pick<GrantView, 'state' | 'becoming'> }) {
  if (grant.becoming !== null) return <Tag tone="warn">{becomingWords(grant.becoming)}</Tag>;
  return <Tag tone={TONES[grant.state]}>{stateWords(grant.state)}</Tag>;
}
