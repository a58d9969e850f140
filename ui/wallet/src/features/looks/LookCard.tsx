// One look in full: who, when, why, what, by which right, and what a second person said about it.
import { Icon, SummaryList, Tag, useFormat } from '@assent/shared';
import type { Fact, IconName } from '@assent/shared';
import type { Look, LookReview } from '../../host/host';
import { reasonWords } from '../../parts/reason';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function LookCard({ look }: { look: Look }) {
  const { moment } = useFormat();
  const isOpening = look.kind === 'opening';
  return (
    <article className={isOpening ? 'card stack look emergency' : 'card stack look'} aria-labelledby={`look-${look.index.toString()}`}>
      <header className="look-head">
        <Icon name={isOpening ? 'siren' : 'eye'} />
        <div>
          <h3 id={`look-${look.index.toString()}`}>
            {isOpening ? m.looks_opened({ agency: look.agency }) : m.looks_read({ agency: look.agency })}
          </h3>
          <time dateTime={new Date(look.at).toISOString()}>{moment(look.at)}</time>
        </div>
        {isOpening && <Tag tone="bad">{m.looks_emergency()}</Tag>}
        {look.new && <Tag tone="calm">{m.looks_new()}</Tag>}
      </header>
      <LookFacts look={look} />
      {look.review !== null && <SecondPerson review={look.review} />}
      <p className="look-foot">
        <a href={addressOf('grant', { grant: look.grant })}>{m.looks_see_consent()}</a>
        <span className="help">{m.looks_entry({ index: look.index })}</span>
      </p>
    </article>
  );
}

function LookFacts({ look }: { look: Look }) {
  const { list } = useFormat();
  const facts: (Fact | null)[] = [
    look.incident === null ? null : { key: 'incident', term: m.looks_incident(), detail: look.incident },
    { key: 'reason', term: m.looks_reason(), detail: reasonWords(look.reason) },
    { key: 'items', term: m.looks_items(), detail: list(look.items) },
    { key: 'actor', term: m.looks_actor(), detail: look.position === null ? m.looks_actor_text({ actor: look.actor }) : m.looks_actor_position({ actor: look.actor, position: positionWords(look.position) }) },
    look.basis === null ? null : { key: 'basis', term: m.looks_basis(), detail: look.basis },
  ];
  return <SummaryList facts={facts.filter((fact) => fact !== null)} />;
}

/** What an agency's software says where nobody names the position; else it is in the agency's own words. */
function positionWords(position: string): string {
  return position === 'control-room' ? m.looks_position_control_room() : position;
}

const SIGNS: Record<LookReview['state'], IconName> = { reviewed: 'tick', due: 'clock', overdue: 'warning' };

function SecondPerson({ review }: { review: LookReview }) {
  const { day } = useFormat();
  const isBad = review.state === 'overdue' || (review.state === 'reviewed' && review.finding === 'unjustified');
  return (
    <p className={isBad ? 'second-person late' : 'second-person'}>
      <Icon name={isBad ? 'warning' : SIGNS[review.state]} />
      <span>{reviewWords(review, day)}</span>
    </p>
  );
}

/** What a second person said, or until when that is owed. */
export function reviewWords(review: LookReview, day: (seconds: number) => string): string {
  switch (review.state) {
    case 'due':
      return m.looks_review_due({ date: day(review.by) });
    case 'overdue':
      return m.looks_review_overdue({ date: day(review.since) });
    case 'reviewed': {
      const said = { actor: review.actor, date: day(review.at / 1000) };
      if (review.finding === 'justified') return m.looks_review_justified(said);
      return review.finding === 'unjustified' ? m.looks_review_unjustified(said) : m.looks_review_inconclusive(said);
    }
  }
}
