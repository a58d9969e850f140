// One decision in the list: a consent, or those of a circle together. A press stops it, after one confirmation.
import { useFormat } from '@assent/shared';
import { useState } from 'react';
import type { GrantView } from '../../host/host';
import { KindSign } from '../../parts/AgencyMark';
import { GrantTag } from '../../parts/GrantTag';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { endsSoon, isOpen } from './groups';
import type { Decision } from './groups';

export function DecisionRow({ decision }: { decision: Decision }) {
  if (decision.kind === 'one') return <GrantRow grant={decision.grant} isAlone />;
  return <CaseRow name={decision.name} grants={decision.grants} />;
}

function CaseRow({ name, grants }: { name: string; grants: GrantView[] }) {
  const { number } = useFormat();
  const first = grants.find(isOpen);
  return (
    <>
      <div className="card-head">
        <h3>{m.sharing_case_heading({ name, count: number(grants.length) })}</h3>
        {first !== undefined && (
          <a className="button second" href={addressOf('stopCircle', { grant: first.id })} aria-label={m.sharing_case_stop_label({ name })}>
            {m.sharing_case_stop()}
          </a>
        )}
      </div>
      <p className="help">{m.sharing_case_text()}</p>
      <ul className="case-members">
        {grants.map((grant) => (
          <li key={grant.id}>
            <GrantRow grant={grant} isAlone={false} />
          </li>
        ))}
      </ul>
    </>
  );
}

function GrantRow({ grant, isAlone }: { grant: GrantView; isAlone: boolean }) {
  const { list } = useFormat();
  const purpose = list(grant.purposes.map(({ label }) => label));
  const Name = isAlone ? 'h3' : 'h4';
  return (
    <div className="grant-row">
      <KindSign kind={grant.kind} />
      <div className="grant-words">
        <Name>
          <a href={addressOf('grant', { grant: grant.id })}>{grant.agency_name}</a>
        </Name>
        {isAlone && <p>{purpose}</p>}
        <RowFacts grant={grant} />
      </div>
      <GrantTag grant={grant} />
      {isAlone && isOpen(grant) && (
        <a
          className="button second"
          href={addressOf('stop', { grant: grant.id })}
          aria-label={m.sharing_stop_label({ agency: grant.agency_name, purpose })}
        >
          {m.sharing_stop()}
        </a>
      )}
    </div>
  );
}

function RowFacts({ grant }: { grant: GrantView }) {
  const { number } = useFormat();
  const count = grant.items.length;
  const facts = [
    grant.on_incident ? m.sharing_in_emergency() : m.sharing_any_time(),
    count === 1 ? m.sharing_items_one() : m.sharing_items_many({ count: number(count) }),
    useEndWords(grant),
  ];
  return (
    <ul className="row-facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

/** When it ends or ended; how soon, where that is near. */
function useEndWords(grant: GrantView): string {
  const { day, number } = useFormat();
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  if (grant.ending !== null) return m.part_ended_on({ date: day(grant.ending.at / 1000) });
  const days = isOpen(grant) ? endsSoon(grant.ends_at, now) : null;
  switch (days) {
    case null:
      return m.part_ends_on({ date: day(grant.ends_at) });
    case 0:
      return m.sharing_ends_today();
    case 1:
      return m.sharing_ends_tomorrow();
    default:
      return m.sharing_ends_soon({ days: number(days) });
  }
}
