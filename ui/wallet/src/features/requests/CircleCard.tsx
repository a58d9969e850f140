// Who else answers with the agency that asks, and what each of them would see with these ticks.
import { Card, useFormat } from '@assent/shared';
import type { ReviewView } from '../../host/host';
import { AgencyMark } from '../../parts/AgencyMark';
import { m } from '../../words/messages';
import { seenByMember } from './choice';
import type { Tick } from './choice';

export function CircleCard({ review, ticks }: { review: ReviewView; ticks: Tick[] }) {
  const { list } = useFormat();
  if (review.circle === null) return null;
  return (
    <Card heading={m.requests_circle_heading()}>
      <p>{m.requests_circle_text({ name: review.circle.name })}</p>
      <ul className="members">
        {seenByMember(review, ticks).map(({ agency, tiers, items }) => (
          <li key={agency.id}>
            <AgencyMark name={agency.name} kind={agency.kind} />
            <p>{items.length === 0 ? m.requests_circle_nothing() : list(items.map(({ label }) => label))}</p>
            {tiers.length > 0 && <p className="help">{m.requests_circle_tiers({ tiers: tiers.map((tier) => `“${tier}”`).join(', ') })}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
