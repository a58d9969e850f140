// Why an agency looked, in words.
import { m } from '../words/messages';

/** Openings name a reason by code; everything else is in the agency's own words. */
export function reasonWords(reason: string): string {
  return reason === 'call' ? m.looks_reason_call() : reason;
}
