// Taking a consent back: what it does, how soon, and what it does not stop; then one press.
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
import { backTo, OneGrant } from './OneGrant';
import { circleOf } from './useGrants';

export function StopPage({ id }: { id: string }) {
  return <OneGrant id={id}>{(grant, all) => <Stop key={grant.id} grant={grant} all={all} />}</OneGrant>;
}

interface StopProps {
  grant: GrantView;
  all: Grants;
}

function Stop({ grant, all }: StopProps) {
  const stop = useAct('grant_revoke');
  const { list } = useFormat();
  const others = circleOf(all, grant).filter(isOpen);
  const [whom, setWhom] = useState<'all' | 'one'>('all');
  if (stop.data !== undefined) return <Stopped grant={grant} all={all} acted={stop.data} />;
  if (stop.isIdle && !isOpen(grant)) return <Over grant={grant} />;
  const name = whom === 'all' && others.length > 0 ? (grant.case ?? grant.id) : grant.id;
  return (
    <WalletPage title={m.sharing_stop_heading({ agency: grant.agency_name })} back={backTo(grant)}>
      <Failure error={stop.error} again={() => { stop.mutate({ grant: name }); }} />
      <Consequences grant={grant} all={all} />
      {others.length > 0 && (
        <Card heading={m.sharing_stop_circle()}>
          <RadioGroup<'all' | 'one'>
            label={m.sharing_stop_whom()}
            help={m.sharing_stop_circle_hint()}
            value={whom}
            onChange={setWhom}
            options={[
              { value: 'all', label: m.sharing_stop_circle_all({ names: list([grant, ...others].map(({ agency_name }) => agency_name)) }) },
              { value: 'one', label: m.sharing_stop_circle_one({ agency: grant.agency_name }) },
            ]}
          />
        </Card>
      )}
      <Actions>
        <Button kind="danger" icon="stop" isBusy={stop.isPending} onPress={() => { stop.mutate({ grant: name }); }}>
          {stop.isPending ? m.sharing_stopping() : m.sharing_stop_do()}
        </Button>
        <LinkButton kind="second" href={addressOf('grant', { grant: grant.id })}>{m.sharing_keep()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}

function Over({ grant }: { grant: GrantView }) {
  return (
    <WalletPage title={m.sharing_stop_heading({ agency: grant.agency_name })} back={backTo(grant)}>
      <Notice heading={m.sharing_stop_over()} />
    </WalletPage>
  );
}

function Consequences({ grant, all }: StopProps) {
  const { duration, list } = useFormat();
  if (grant.state === 'waiting') return <p>{m.sharing_stop_not_waiting()}</p>;
  return (
    <>
      <Card>
        <p>{m.sharing_stop_what()}</p>
        <p><strong>{list(grant.items.map(({ label }) => label))}</strong></p>
        <p>{m.sharing_stop_for_ever()}</p>
      </Card>
      <Card heading={m.sharing_stop_how_soon_heading()}>
        <p>{m.sharing_stop_how_soon({ soon: duration(all.refuse_within), late: duration(all.refuse_at_latest) })}</p>
        <p>{m.sharing_stop_offline()}</p>
      </Card>
      <NotStopped grant={grant} />
    </>
  );
}

function Stopped({ grant, all, acted }: StopProps & { acted: Acted }) {
  useRoundOnce();
  return (
    <WalletPage key="stopped" title={m.sharing_stopped_heading({ agency: grant.agency_name })}>
      <Became grant={grant} all={all} acted={acted} />
      {grant.other_basis && <NotStopped grant={grant} />}
      <Actions>
        <LinkButton href={addressOf('sharing')}>{m.sharing_back_to_list()}</LinkButton>
        <LinkButton kind="second" href={addressOf('grant', { grant: grant.id })}>{m.sharing_see_consent()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}

/** As it is: recorded, or waiting on this device while agencies are still told yes. */
function Became({ grant, all, acted: { done, grants } }: StopProps & { acted: Acted }) {
  const { moment, number } = useFormat();
  const [now] = useState(() => Date.now());
  switch (done) {
    case 'recorded':
      return (
        <Notice kind="success" isLive heading={m.sharing_stopped_recorded({ agency: grant.agency_name })}>
          <p>{m.sharing_stopped_soon({ when: moment(now + all.refuse_within * 1000), late: moment(now + all.refuse_at_latest * 1000) })}</p>
          {grants > 1 && <p>{m.sharing_stopped_several({ count: number(grants) })}</p>}
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
