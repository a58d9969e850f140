// What speaks against a request, or has to be known first.
import { Notice, useFormat } from '@assent/shared';
import type { Format } from '@assent/shared';
import type { Concern, ReviewView } from '../../host/host';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function Concerns({ review }: { review: ReviewView }) {
  const format = useFormat();
  const { concerns, items } = review;
  const special = items.some((item) => item.special);
  if (concerns.length === 0 && !special) return null;
  return (
    <Notice kind="warning" heading={m.requests_concerns_heading()}>
      <ul className="concerns">
        {concerns.map((concern) => (
          <li key={JSON.stringify(concern)}>
            {concernWords(concern, review, format)}
            {concern.code === 'answered' && (
              <>
                {' '}
                <a href={addressOf('grant', { grant: concern.grant })}>{m.requests_concern_answered_see()}</a>
              </>
            )}
          </li>
        ))}
        {special && <li>{m.requests_concern_special()}</li>}
      </ul>
    </Notice>
  );
}

/** One concern in words. The compiler tells when one has none. */
export function concernWords(concern: Concern, { items }: Pick<ReviewView, 'items'>, { day }: Pick<Format, 'day'>): string {
  const of = (path: string) => items.find((item) => item.path === path);
  const name = (path: string) => ({ item: of(path)?.label ?? path });
  switch (concern.code) {
    case 'more_than_needed':
      return of(concern.path)?.required === true
        ? m.requests_concern_more_needed(name(concern.path))
        : m.requests_concern_more(name(concern.path));
    case 'nothing_there':
      return m.requests_concern_nothing(name(concern.path));
    case 'never_on_incident':
      return m.requests_concern_never(name(concern.path));
    case 'passed_on':
      return m.requests_concern_passed_on();
    case 'other_basis':
      return m.requests_concern_other_basis();
    case 'answered':
      return m.requests_concern_answered();
    case 'declined':
      return m.requests_concern_declined({ date: day(concern.at) });
    case 'more_than_last_time':
      return m.requests_concern_more_than_last(name(concern.path));
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
