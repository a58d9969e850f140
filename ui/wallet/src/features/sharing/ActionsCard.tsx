// What can be done about a consent: stop, pause, resume, share less, check the proof, keep a receipt.
import { Actions, Button, Card, LinkButton, useFormat } from '@assent/shared';
import type { Acted, Grants, GrantView, HostError } from '../../host/host';
import { useAct } from '../../session/ask';
import { useRound } from '../../session/round';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { isOpen } from './groups';

interface ActionsCardProps {
  grant: GrantView;
  all: Grants;
  tell: (news: string) => void;
  fail: (error: HostError | null) => void;
}

export function ActionsCard(props: ActionsCardProps) {
  const { grant } = props;
  const about = { grant: grant.id };
  return (
    <Card heading={m.sharing_can_heading()}>
      {isOpen(grant) && (
        <Actions>
          <LinkButton kind="danger" icon="stop" href={addressOf('stop', about)}>{m.sharing_do_stop()}</LinkButton>
          <PauseButtons {...props} />
          {grant.state === 'valid' && grant.becoming === null && (
            <LinkButton kind="second" icon="filter" href={addressOf('narrow', about)}>{m.sharing_do_narrow()}</LinkButton>
          )}
        </Actions>
      )}
      <Actions>
        <LinkButton kind="quiet" icon="shield" href={addressOf('proof', about)}>{m.sharing_do_proof()}</LinkButton>
        <LinkButton kind="quiet" icon="file" href={addressOf('receipt', about)}>{m.sharing_do_receipt()}</LinkButton>
      </Actions>
    </Card>
  );
}

function PauseButtons({ grant, all, tell, fail }: ActionsCardProps) {
  const { duration } = useFormat();
  const [pause, resume] = [useAct('grant_suspend'), useAct('grant_resume')];
  const round = useRound();
  const isPaused = (grant.becoming ?? grant.state) === 'suspended';
  const act = isPaused ? resume : pause;
  const run = (name: string) => {
    fail(null);
    act.mutate({ grant: name }, {
      onSuccess: (acted) => {
        tell(isPaused ? resumedWords(acted) : pausedWords(acted, duration(all.refuse_within)));
        void round.refetch();
      },
      onError: fail,
    });
  };
  const { case: ofCase, circle_name: name } = grant;
  return (
    <>
      <Button kind="second" icon={isPaused ? 'play' : 'pause'} isBusy={act.isPending} onPress={() => { run(grant.id); }}>
        {isPaused ? m.sharing_do_resume() : m.sharing_do_pause()}
      </Button>
      {ofCase !== null && name !== null && (
        <Button kind="quiet" isBusy={act.isPending} onPress={() => { run(ofCase); }}>
          {isPaused ? m.sharing_resume_all({ name }) : m.sharing_pause_all({ name })}
        </Button>
      )}
    </>
  );
}

function pausedWords({ done }: Acted, soon: string): string {
  switch (done) {
    case 'recorded':
      return m.sharing_paused_recorded({ soon });
    case 'queued':
      return m.sharing_paused_queued();
    case 'already':
    case 'never_sent':
      return m.sharing_acted_already();
  }
}

function resumedWords({ done }: Acted): string {
  switch (done) {
    case 'recorded':
      return m.sharing_resumed_recorded();
    case 'queued':
      return m.sharing_resumed_queued();
    case 'already':
    case 'never_sent':
      return m.sharing_acted_already();
  }
}
