// Stopping everything: one press and one confirmation, as each consent was given with no more.
import { Actions, Button, Card, LinkButton, Notice, useFormat } from '@assent/shared';
import { Answered, Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Ended, Grants } from '../../host/host';
import { useAct } from '../../session/ask';
import { useRoundOnce } from '../../session/round';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { isOpen } from './groups';
import { backToSharing } from './OneGrant';
import { useGrants } from './useGrants';

export function StopAllPage() {
  const stop = useAct('revoke_all');
  const grants = useGrants();
  if (stop.data !== undefined) return <Stopped ended={stop.data} />;
  return (
    <WalletPage title={m.sharing_all_heading()} back={backToSharing()}>
      <Failure error={stop.error} again={() => { stop.mutate({}); }} />
      <Answered query={grants}>{(all) => <Consequences all={all} />}</Answered>
      <Actions>
        <Button kind="danger" icon="stop" isBusy={stop.isPending} onPress={() => { stop.mutate({}); }}>
          {stop.isPending ? m.sharing_stopping() : m.sharing_all_do()}
        </Button>
        <LinkButton kind="second" href={addressOf('sharing')}>{m.sharing_keep()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}

function Consequences({ all }: { all: Grants }) {
  const { number, duration } = useFormat();
  const open = all.grants.filter(isOpen);
  return (
    <Card>
      <p>{m.sharing_all_text({ count: number(open.length) })}</p>
      {open.some(({ on_incident }) => on_incident) && <Notice kind="warning" heading={m.sharing_all_emergency()} />}
      <p>{m.sharing_all_pause()}</p>
      <p className="help">{m.sharing_stop_how_soon({ soon: duration(all.refuse_within), late: duration(all.refuse_at_latest) })}</p>
    </Card>
  );
}

function Stopped({ ended: { stopped, waiting } }: { ended: Ended }) {
  useRoundOnce();
  const { number } = useFormat();
  const counts = { count: number(stopped), waiting: number(waiting) };
  const words = stopped === 0 ? m.sharing_all_none() : waiting === 0 ? m.sharing_all_done(counts) : m.sharing_all_done_waits(counts);
  return (
    <WalletPage key="stopped" title={waiting === 0 ? m.sharing_all_done_heading() : m.sharing_all_waits_heading()}>
      <Notice kind={waiting === 0 ? 'success' : 'offline'} isLive heading={words} />
      <Actions>
        <LinkButton href={addressOf('sharing')}>{m.sharing_back_to_list()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}
