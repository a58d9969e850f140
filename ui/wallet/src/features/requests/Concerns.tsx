// What speaks against a request, or has to be known first.
import { Notice, useFormat } from '@assent/shared';
import type { Format } from '@assent/shared';
import type { Concern, ReviewView } from '../../host/host';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function Concerns({ review }: { review: ReviewView }) {
  const format = useFormat();
  const special = review.items.some((item) => item.special);
  const lines = concernLines(review, format);
  const answered = review.concerns.find((concern) => concern.code === 'answered');
  if (lines.length === 0 && !special) return null;
  return (
    <Notice kind="warning" heading={m.requests_concerns_heading()}>
      <ul className="concerns">
        {lines.map((line) => <li key={line}>{line}</li>)}
        {special && <li>{m.requests_concern_special()}</li>}
      </ul>
      {answered !== undefined && <a href={addressOf('grant', { grant: answered.grant })}>{m.requests_concern_answered_see()}</a>}
    </Notice>
  );
}

/** Every concern in words; those of one kind about several items in one line. */
export function concernLines({ concerns, items }: Pick<ReviewView, 'concerns' | 'items'>, { day, list }: Pick<Format, 'day' | 'list'>): string[] {
  const of = (path: string) => items.find((item) => item.path === path);
  const about = (kind: Concern['code'], isNeeded: boolean | null) =>
    concerns
      .flatMap((concern) => (concern.code === kind && 'path' in concern ? [of(concern.path)] : []))
      .filter((item) => item !== undefined)
      .filter(({ required }) => isNeeded === null || required === isNeeded)
      .map(({ label }) => `“${label}”`);
  const line = (words: (gap: { items: string }) => string, labels: string[]) =>
    labels.length === 0 ? [] : [words({ items: list(labels) })];
  return [
    ...line(m.requests_concern_more_needed, about('more_than_needed', true)),
    ...line(m.requests_concern_more, about('more_than_needed', false)),
    ...line(m.requests_concern_more_than_last, about('more_than_last_time', null)),
    ...line(m.requests_concern_never, about('never_on_incident', null)),
    ...concerns.flatMap((concern) => otherWords(concern, day) ?? []),
    ...line(m.requests_concern_nothing, about('nothing_there', null)),
  ];
}

/** A concern that is about no item. The compiler tells when one has no words. */
function otherWords(concern: Concern, day: (seconds: number) => string): string | null {
  switch (concern.code) {
    case 'more_than_needed':
    case 'nothing_there':
    case 'never_on_incident':
    case 'more_than_last_time':
      return null;
    case 'passed_on':
      return m.requests_concern_passed_on();
    case 'other_basis':
      return m.requests_concern_other_basis();
    case 'answered':
      return m.requests_concern_answered();
    case 'declined':
      return m.requests_concern_declined({ date: day(concern.at) });
    case 'wider_than_last_time':
      return widerWords(concern.what);
    case 'runs_long':
      return m.requests_concern_runs_long();
  }
}

function widerWords(what: Extract<Concern, { code: 'wider_than_last_time' }>['what']): string {
  switch (what) {
    case 'at_any_time':
      return m.requests_concern_wider_at_any_time();
    case 'keep_a_copy':
      return m.requests_concern_wider_keep_a_copy();
    case 'pass_it_on':
      return m.requests_concern_wider_pass_it_on();
    case 'kept_longer':
      return m.requests_concern_wider_kept_longer();
    case 'runs_longer':
      return m.requests_concern_wider_runs_longer();
  }
}
