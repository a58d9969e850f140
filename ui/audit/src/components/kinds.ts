// What each kind of event is called.
import type { Kind } from '../audit/figures';
import { m } from '../words/messages';

export const KIND_NAMES: Record<Kind, () => string> = {
  granted: m.kind_granted,
  revoked: m.kind_revoked,
  suspended: m.kind_suspended,
  resumed: m.kind_resumed,
  acts: m.kind_acts,
};
