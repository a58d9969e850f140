// Who else answers with the agency that asks, and what each of them would see with these ticks.
import { Card, Disclosure, useFormat } from '@assent/shared';
import type { ReviewView } from '../../host/host';
import { AgencyMark } from '../../parts/AgencyMark';
import { m } from '../../words/messages';
import { seenByMember, stepsOf } from './choice';
import type { MemberSees, Tick } from './choice';

export function CircleCard({ review, ticks }: { review: ReviewView; ticks: Tick[] }) {
  if (review.circle === null) return null;
  const members = seenByMember(review, ticks);
  return (
    <Card heading={m.requests_circle_heading()}>
      <p>{m.requests_circle_text({ name: review.circle.name })}</p>
      <ul className="members">
        {members.map((member) => <Member key={member.agency.id} member={member} />)}
      </ul>
      <Steps members={members} />
    </Card>
  );
}

function Member({ member: { agency, tiers, items } }: { member: MemberSees }) {
  const { list, number } = useFormat();
  const steps = list(tiers.map(({ tier }) => number(tier)));
  return (
    <li>
      <AgencyMark name={agency.name} kind={agency.kind} />
      <p>{items.length === 0 ? m.requests_circle_nothing() : list(items.map(({ label }) => label))}</p>
      {tiers.length > 0 && <p className="help">{tiers.length === 1 ? m.requests_circle_step({ steps }) : m.requests_circle_steps({ steps })}</p>}
    </li>
  );
}

/** What the circle's steps are, for whoever wants to know. */
function Steps({ members }: { members: readonly MemberSees[] }) {
  const steps = stepsOf(members);
  if (steps.length === 0) return null;
  return (
    <Disclosure summary={m.requests_circle_what_steps()}>
      <ul className="plain">
        {steps.map(({ tier, name }) => (
          <li key={tier}>{m.requests_circle_step_is({ tier, name })}</li>
        ))}
      </ul>
    </Disclosure>
  );
}
