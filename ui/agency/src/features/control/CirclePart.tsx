// Who else serves the people of this incident: the other agencies of the circle, and how their consents stand.
import { Card, Tag, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { ConsentTag } from '../../components/ConsentTag';
import { Name } from '../../components/Name';
import type { CaseView } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Shows the circle, where there is one. */
export function CirclePart({ id }: { id: string }) {
  useLanguage();
  const host = useHost();
  const { data } = useQuery({ queryKey: ['circle', id], queryFn: () => host.ask('incident/circle', { id, lang: 'en' }) });
  return data?.cases.map((one) => <Case key={one.case} one={one} />);
}

function Case({ one }: { one: CaseView }) {
  return (
    <Card heading={m.circle_heading({ name: one.circle })}>
      <ul className="plain-list">
        {one.members.map((member) => (
          <li key={member.agency} className="row">
            <strong><Name text={member.name} /></strong>
            <Tag tone={member.own ? 'calm' : 'plain'}>{member.own ? m.circle_own({ tier: member.tier.toString() }) : m.circle_tier({ tier: member.tier.toString() })}</Tag>
            <ConsentTag state={member.state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
