// The way from a request to a signature, one decision a page: what they would see, until when, and a last check.
import { Actions, Button, EmptyState, LinkButton, Loading } from '@assent/shared';
import { useState } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { ReviewView } from '../../host/host';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';
import { choose, forget, useAsked } from '../../session/asked';
import type { Asked } from '../../session/asked';
import { ticksOf } from './choice';
import type { Tick } from './choice';
import { AskStep } from './AskStep';
import { CheckStep } from './CheckStep';
import { DoneStep } from './DoneStep';
import { NoStep } from './NoStep';
import { UntilStep } from './UntilStep';
import { useReview } from './useReview';
import { WriteStep } from './WriteStep';

export type StepName = 'ask' | 'until' | 'check' | 'no';
export type Step = { name: StepName } | { name: 'write'; path: string };

/** What every step is given. */
export interface StepProps {
  asked: Asked;
  review: ReviewView;
  ticks: Tick[];
  endsAt: number;
  to: (step: Step) => void;
}

export function ReviewPage() {
  const asked = useAsked();
  if (asked === null) return <NothingAsked />;
  if (asked.outcome !== null) return <DoneStep outcome={asked.outcome} />;
  return <Answering key={JSON.stringify(asked.source)} asked={asked} />;
}

function Answering({ asked }: { asked: Asked }) {
  const { review, error, again } = useReview(asked.source);
  const [step, to] = useState<Step>({ name: 'ask' });
  if (review === null) {
    return (
      <WalletPage title={m.requests_heading()} back={{ href: addressOf('requests'), title: m.nav_requests() }}>
        {error === null ? <Loading label={m.requests_reading()} /> : <Failure error={error} again={again} />}
        {error !== null && <LeaveButton />}
      </WalletPage>
    );
  }
  const props: StepProps = {
    asked, review, to,
    ticks: ticksOf(review, asked.ticks),
    endsAt: Math.min(asked.endsAt ?? review.ends_at, review.ends_at),
  };
  switch (step.name) {
    case 'ask':
      return <AskStep key="ask" {...props} />;
    case 'until':
      return <UntilStep key="until" {...props} />;
    case 'check':
      return <CheckStep key="check" {...props} />;
    case 'no':
      return <NoStep key="no" {...props} />;
    case 'write':
      return (
        <WriteStep
          key="write"
          path={step.path}
          label={review.items.find(({ path }) => path === step.path)?.label ?? step.path}
          agency={review.agency.name}
          leave={() => { to({ name: 'ask' }); }}
          saved={() => {
            choose({ ticks: { ...asked.ticks, [step.path]: true } });
            again();
            to({ name: 'ask' });
          }}
        />
      );
  }
}

function NothingAsked() {
  return (
    <WalletPage title={m.requests_heading()} back={{ href: addressOf('requests'), title: m.nav_requests() }}>
      <EmptyState icon="inbox" heading={m.requests_none_open()}>
        <Actions>
          <LinkButton href={addressOf('requests')}>{m.requests_heading()}</LinkButton>
        </Actions>
      </EmptyState>
    </WalletPage>
  );
}

function LeaveButton() {
  return (
    <Actions>
      <Button
        kind="second"
        onPress={() => {
          forget();
          go(addressOf('requests'));
        }}
      >
        {m.requests_another()}
      </Button>
    </Actions>
  );
}
