// What each reason to open something is called.
import type { OpenReason } from '../host/types';
import { m } from '../words/messages';

export const REASON_NAMES: Record<OpenReason, () => string> = {
  call: m.reason_call,
  dispatch: m.reason_dispatch,
  'on-scene': m.reason_scene,
  search: m.reason_search,
  'welfare-check': m.reason_welfare,
  evacuation: m.reason_evacuation,
};

/** A reason in words; a code that this version does not know as it stands. */
export function reasonWords(code: string): string {
  return (REASON_NAMES as Readonly<Record<string, () => string>>)[code]?.() ?? code;
}
