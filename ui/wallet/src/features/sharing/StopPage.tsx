// Taking a consent back: what it does and one press for it, in sight on a phone; then how soon, and what it does not stop.
import { Actions, Button, Card, LinkButton, Notice, RadioGroup, useFormat } from '@assent/shared';
import { useState } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Acted, Grants, GrantView } from '../../host/host';
import { useAct } from '../../session/ask';
import { useRoundOnce } from '../../session/round';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { isOpen } from './groups';
import { NotStopped } from './NotStopped';
import { backTo, backToSharing, OneGrant } from './OneGrant';
import { Consequences, WhatNoMore } from './StopConsequences';
import { circleOf } from './useGrants';

/** For all of a circle, or for one agency; of a circle, the others can be chosen with it. */
export function StopPage({ id, whom }: { id: string; whom: Whom }) {
  return <OneGrant id={id}>{(grant, all) => <Stop key={grant.id} grant={grant} all={all} begin={whom} />}</OneGrant>;
}

type Whom = 'all' | 'one';

interface StopProps {
  grant: GrantView;
  all: Grants;
}

function Stop({ grant, all, begin }: StopProps & { begin: Whom }) {
  const stop = useAct('grant_revoke');
  const [whom, setWhom] = useState(begin);
  // As they stood when it was pressed: the list is fresh, and without them, as soon as it is done.
  const [stopped, setStopped] = useState<GrantView[]>([]);
  if (stop.data !== undefined) return <Stopped grants={stopped} all={all} acted={stop.data} />;
  if (stop.isIdle && !isOpen(grant)) return <Over grant={grant} />;
  const circle = [grant, ...circleOf(all, grant)].filter(isOpen);
  const chosen = whom === 'all' ? circle : [grant];
  const run = () => {
    setStopped(chosen);
    stop.mutate({ grant: chosen.length > 1 ? (grant.case ?? grant.id) : grant.id });
  };
  return (
    <WalletPage title={titleOf(m.sharing_stop_heading, m.sharing_stop_heading_circle, chosen)} back={begin === 'all' ? backToSharing() : backTo(grant)}>
      <Failure error={stop.error} again={run} />
      {begin === 'one' && circle.length > 1 && (
        <Card heading={m.sharing_stop_circle()}>
          <RadioGroup<Whom>
            label={m.sharing_stop_whom()}
            help={m.sharing_stop_circle_hint()}
            value={whom}
            onChange={setWhom}
            options={[
              { value: 'all', label: m.sharing_stop_circle_all({ count: circle.length }) },
              { value: 'one', label: m.sharing_stop_circle_one({ agency: grant.agency_name }) },
            ]}
          />
        </Card>
      )}
      <WhatNoMore grants={chosen} />
      <Actions>
        <Button kind="danger" icon="stop" isBusy={stop.isPending} onPress={run}>
          {stop.isPending ? m.sharing_stopping() : m.sharing_stop_do()}
        </Button>
        <LinkButton kind="second" href={begin === 'all' ? addressOf('sharing') : addressOf('grant', { grant: grant.id })}>{m.sharing_keep()}</LinkButton>
      </Actions>
      <Consequences grants={chosen} all={all} />
    </WalletPage>
  );
}

/** By the circle where it is about all of it, else by the agency. */
function titleOf(one: (named: { agency: string }) => string, circle: (named: { name: string }) => string, [first, ...others]: GrantView[]): string {
  const { agency_name = '', circle_name = null } = first ?? {};
  return others.length > 0 && circle_name !== null ? circle({ name: circle_name }) : one({ agency: agency_name });
}

function Over({ grant }: { grant: GrantView }) {
  return (
    <WalletPage title={m.sharing_stop_heading({ agency: grant.agency_name })} back={backTo(grant)}>
      <Notice heading={m.sharing_stop_over()} />
    </WalletPage>
  );
}

interface StoppedProps {
  grants: GrantView[];
  all: Grants;
  acted: Acted;
}

function Stopped({ grants, all, acted }: StoppedProps) {
  useRoundOnce();
  const [first] = grants;
  return (
    <WalletPage key="stopped" title={titleOf(m.sharing_stopped_heading, m.sharing_stopped_heading_circle, grants)}>
      <Became grants={grants} all={all} acted={acted} />
      {grants.some(({ other_basis }) => other_basis) && <NotStopped grants={grants} />}
      <Actions>
        <LinkButton href={addressOf('sharing')}>{m.sharing_back_to_list()}</LinkButton>
        {first !== undefined && grants.length === 1 && (
          <LinkButton kind="second" href={addressOf('grant', { grant: first.id })}>{m.sharing_see_consent()}</LinkButton>
        )}
      </Actions>
    </WalletPage>
  );
}

/** As it is: recorded, or waiting on this device while agencies are still told yes. */
function Became({ grants, all, acted: { done, grants: count } }: StoppedProps) {
  const { moment, number, list } = useFormat();
  const names = list(grants.map(({ agency_name }) => agency_name));
  const [now] = useState(() => Date.now());
  switch (done) {
    case 'recorded':
      return (
        <Notice kind="success" isLive heading={grants.length > 1 ? m.sharing_stopped_recorded_circle() : m.sharing_stopped_recorded({ agency: names })}>
          <p>{m.sharing_stopped_soon({ when: moment(now + all.refuse_within * 1000), late: moment(now + all.refuse_at_latest * 1000) })}</p>
          {grants.length > 1 && <p>{m.sharing_stopped_several({ count: number(count), names })}</p>}
        </Notice>
      );
    case 'queued':
      return <Notice kind="offline" isLive heading={m.sharing_stopped_waits()}><p>{m.sharing_stopped_queued()}</p></Notice>;
    case 'never_sent':
      return <Notice kind="success" isLive heading={m.sharing_stopped_never_sent()} />;
    case 'already':
      return <Notice isLive heading={m.sharing_stopped_already()} />;
  }
}
