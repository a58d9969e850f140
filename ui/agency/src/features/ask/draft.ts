// A request in the making, and how a page changes it.
import type { Draft, InBoth } from '../../host/types';

/** A draft that asks nothing yet. */
export const EMPTY: Draft = {
  purposes: [],
  items: [],
  required: [],
  on_incident: false,
  stores: false,
  recipients: [],
  circle: null,
  retention: 'P30D',
  max_duration: 'P1Y',
  notice: { en: '', cy: '' },
  notice_version: '',
  basis: null,
  jurisdiction: null,
  answer_within: 24 * 60,
  note: '',
};

/** The terms that a list offers, with the draft's own where it is another one. */
export const RETENTIONS = ['P7D', 'P30D', 'P90D', 'P1Y'];
export const DURATIONS = ['P30D', 'P6M', 'P1Y', 'P2Y'];
export const ANSWERS = [60, 8 * 60, 24 * 60];

/** Asks for an item, or no longer; what is not asked for is not required either. */
export function withItem(draft: Draft, path: string, isAsked: boolean): Draft {
  const others = draft.items.filter((item) => item !== path);
  if (isAsked) return { ...draft, items: [...others, path] };
  return { ...draft, items: others, required: draft.required.filter((item) => item !== path) };
}

/** Requires an item, or no longer. */
export function withRequired(draft: Draft, path: string, isRequired: boolean): Draft {
  const others = draft.required.filter((item) => item !== path);
  return { ...draft, required: isRequired ? [...others, path] : others };
}

/** Passes it on to an agency, or no longer. */
export function withRecipient(draft: Draft, id: string, isRecipient: boolean): Draft {
  const others = draft.recipients.filter((each) => each !== id);
  return { ...draft, recipients: isRecipient ? [...others, id] : others };
}

/** Words the notice in one language. */
export function withNotice(draft: Draft, language: keyof InBoth, text: string): Draft {
  return { ...draft, notice: { ...draft.notice, [language]: text } };
}

/** What is missing before it can be shown to anybody. */
export function missing(draft: Draft): 'purposes' | 'items' | 'notice' | null {
  if (draft.purposes.length === 0) return 'purposes';
  if (draft.items.length === 0) return 'items';
  return draft.notice.en.trim() === '' || draft.notice.cy.trim() === '' ? 'notice' : null;
}
