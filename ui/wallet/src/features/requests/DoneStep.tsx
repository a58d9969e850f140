// What a signature came to, told as it is: recorded and proven, or signed and waiting.
import { Actions, Card, LinkButton, Notice, useFormat } from '@assent/shared';
import { WalletPage } from '../../frame/WalletPage';
import type { Granted } from '../../host/host';
import { addressOf } from '../../session/route';
import { useRoundOnce } from '../../session/round';
import { m } from '../../words/messages';
import type { Outcome } from '../../session/asked';
import { DeclinedStep } from './DeclinedStep';

export function DoneStep({ outcome }: { outcome: Outcome }) {
  useRoundOnce();
  if (outcome.kind === 'declined') return <DeclinedStep agency={outcome.agency} declined={outcome.declined} />;
  return (
    <WalletPage key="done" title={m.requests_done_heading({ agency: outcome.agency })}>
      <Became granted={outcome.granted} endsAt={outcome.endsAt} />
      <Next grant={outcome.granted.grants[0]} isProven={outcome.granted.recorded > 0} />
    </WalletPage>
  );
}

function Became({ granted: { grants, recorded, trouble }, endsAt }: { granted: Granted; endsAt: number }) {
  const { day, number } = useFormat();
  const counts = { count: number(grants.length), recorded: number(recorded) };
  if (recorded === grants.length) {
    return (
      <Notice kind="success" heading={m.requests_done_proven()}>
        <p>{grants.length === 1 ? m.requests_done_recorded({ date: day(endsAt) }) : m.requests_done_recorded_circle({ ...counts, date: day(endsAt) })}</p>
      </Notice>
    );
  }
  if (recorded > 0) return <Notice kind="offline" heading={m.requests_done_partly(counts)} />;
  if (trouble === null) return <Notice kind="warning" heading={m.requests_done_refused()} />;
  return (
    <Notice kind="offline" heading={m.requests_done_waits()}>
      <p>{m.requests_done_waits_why()}</p>
    </Notice>
  );
}

function Next({ grant, isProven }: { grant: string | undefined; isProven: boolean }) {
  return (
    <Card heading={m.requests_done_next()}>
      <Actions>
        {grant !== undefined && <LinkButton href={addressOf('grant', { grant })}>{m.requests_done_see()}</LinkButton>}
        {grant !== undefined && isProven && (
          <>
            <LinkButton kind="second" icon="shield" href={addressOf('proof', { grant })}>{m.requests_done_proof()}</LinkButton>
            <LinkButton kind="second" icon="file" href={addressOf('receipt', { grant })}>{m.requests_done_receipt()}</LinkButton>
          </>
        )}
        <LinkButton kind="quiet" href={addressOf('sharing')}>{m.requests_done_all()}</LinkButton>
      </Actions>
    </Card>
  );
}
