// What a stop does, how soon, and what it does not stop: for one agency, or for each of a circle.
import { Card, SummaryList, useFormat } from '@assent/shared';
import type { Grants, GrantView } from '../../host/host';
import { m } from '../../words/messages';
import { NotStopped } from './NotStopped';

/** How soon it works, and what goes on all the same. */
export function Consequences({ grants, all }: { grants: GrantView[]; all: Grants }) {
  const { duration } = useFormat();
  if (grants.every(wasNeverSent)) return null;
  return (
    <>
      <Card heading={m.sharing_stop_how_soon_heading()}>
        <p>{m.sharing_stop_how_soon({ soon: duration(all.refuse_within), late: duration(all.refuse_at_latest) })}</p>
        <p>{m.sharing_stop_offline()}</p>
      </Card>
      <NotStopped grants={grants} />
    </>
  );
}

/** What nobody may look at any more; where nobody ever could, that. */
export function WhatNoMore({ grants }: { grants: GrantView[] }) {
  const { list } = useFormat();
  if (grants.every(wasNeverSent)) return <p>{m.sharing_stop_not_waiting()}</p>;
  const items = ({ items: named }: GrantView) => list(named.map(({ label }) => label));
  const [only, ...others] = grants;
  return (
    <Card>
      <p>{m.sharing_stop_what()}</p>
      {only !== undefined && others.length === 0 ? (
        <p><strong>{items(only)}</strong></p>
      ) : (
        <SummaryList facts={grants.map((grant) => ({ key: grant.id, term: grant.agency_name, detail: items(grant) }))} />
      )}
      <p>{m.sharing_stop_for_ever()}</p>
    </Card>
  );
}

function wasNeverSent({ state }: GrantView): boolean {
  return state === 'waiting';
}
