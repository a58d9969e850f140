// How a consent stands, in a word.
import { Tag, useLanguage } from '@assent/shared';
import type { Tone } from '@assent/shared';
import type { ConsentState } from '../host/types';
import { m } from '../words/messages';

const TONES: Record<ConsentState, Tone> = { valid: 'good', paused: 'warn', withdrawn: 'bad', expired: 'plain' };

/** What each state is called. */
export const STATE_NAMES: Record<ConsentState, () => string> = {
  valid: m.state_valid,
  paused: m.state_paused,
  withdrawn: m.state_withdrawn,
  expired: m.state_expired,
};

/** Shows the state. */
export function ConsentTag({ state }: { state: ConsentState }) {
  useLanguage();
  return <Tag tone={TONES[state]}>{STATE_NAMES[state]()}</Tag>;
}
