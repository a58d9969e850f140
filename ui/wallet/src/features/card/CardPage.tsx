// The emergency card: what opens when an emergency is declared, to whom, step by step; one page to print.
import { Actions, Button, Checkbox, EmptyState, LinkButton, useFormat, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Answered } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Card } from '../../host/host';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { Sheet } from './Sheet';

export function CardPage() {
  const { language } = useLanguage();
  const card = useAnswer('card', { lang: language });
  return (
    <WalletPage title={m.card_heading()} lede={m.card_lede()}>
      <Answered query={card}>{(found) => (found.parties.length === 0 ? <Nothing /> : <Filled card={found} />)}</Answered>
    </WalletPage>
  );
}

function Nothing() {
  return (
    <EmptyState icon="card" heading={m.card_empty()}>
      <p>{m.card_empty_text()}</p>
      <Actions>
        <LinkButton href={addressOf('requests')}>{m.card_request()}</LinkButton>
        <LinkButton kind="second" href={addressOf('share')}>{m.card_share()}</LinkButton>
      </Actions>
    </EmptyState>
  );
}

function Filled({ card }: { card: Card }) {
  const { day } = useFormat();
  const [hasValues, setHasValues] = useState(true);
  const [now] = useState(() => Date.now() / 1000);
  return (
    <>
      <div className="no-print stack">
        <Checkbox label={m.card_with_values()} help={m.card_private()} isSelected={hasValues} onChange={setHasValues} />
        <Actions>
          <Button icon="print" onPress={() => { window.print(); }}>{m.card_print()}</Button>
        </Actions>
      </div>
      <Sheet card={card} hasValues={hasValues} asOf={day(now)} />
    </>
  );
}
