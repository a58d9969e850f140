// Who asks, what for, what, when and how long, and what speaks against it: everything before anything is decided.
import { Actions, Button, ErrorSummary } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { WalletPage } from '../../frame/WalletPage';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';
import { forget } from '../../session/asked';
import { CircleCard } from './CircleCard';
import { Concerns } from './Concerns';
import { ItemsCard } from './ItemsCard';
import type { StepProps } from './ReviewPage';
import { PromiseCard, TermsCard, WhoCard } from './TermsCards';

export function AskStep({ asked, review, ticks, to }: StepProps) {
  const [isEmpty, setIsEmpty] = useState(false);
  const next = () => {
    if (ticks.some(({ isChosen }) => isChosen)) to({ name: 'until' });
    else setIsEmpty(true);
  };
  return (
    <WalletPage
      title={titleOf(asked.source.kind, review.agency.name)}
      lede={m.requests_review_not_yet()}
      back={backOf(asked.source.kind)}
    >
      {isEmpty && <ErrorSummary heading={shared.problem()} happened={m.requests_none_chosen()} todo={m.requests_none_chosen_do()} />}
      <WhoCard review={review} isOwn={asked.source.kind === 'direct'} />
      <Concerns review={review} />
      <ItemsCard
        ticks={ticks}
        isOwn={asked.source.kind === 'direct'}
        byHand={asked.ticks}
        write={(path) => {
          to({ name: 'write', path });
        }}
        changed={() => {
          setIsEmpty(false);
        }}
      />
      <CircleCard review={review} ticks={ticks} />
      <TermsCard review={review} />
      <PromiseCard review={review} isOwn={asked.source.kind === 'direct'} />
      <Actions>
        <Button onPress={next}>{m.requests_continue()}</Button>
        {asked.source.kind === 'request' && (
          <Button
            kind="second"
            onPress={() => {
              to({ name: 'no' });
            }}
          >
            {m.requests_say_no()}
          </Button>
        )}
        <Button
          kind="quiet"
          onPress={() => {
            forget();
            go(backOf(asked.source.kind).href);
          }}
        >
          {m.requests_leave()}
        </Button>
      </Actions>
    </WalletPage>
  );
}

type Kind = StepProps['asked']['source']['kind'];

function titleOf(kind: Kind, agency: string): string {
  switch (kind) {
    case 'request':
      return m.requests_review_heading({ agency });
    case 'offer':
      return m.requests_review_heading_offer({ agency });
    case 'direct':
      return m.requests_review_heading_direct({ agency });
  }
}

function backOf(kind: Kind): { href: string; title: string } {
  switch (kind) {
    case 'request':
      return { href: addressOf('requests'), title: m.nav_requests() };
    case 'offer':
      return { href: addressOf('offers'), title: m.nav_offers() };
    case 'direct':
      return { href: addressOf('share'), title: m.requests_share_heading() };
  }
}
