// What became of a no.
import { Actions, Disclosure, LinkButton, Notice } from '@assent/shared';
import { WalletPage } from '../../frame/WalletPage';
import type { DeclinedView } from '../../host/host';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function DeclinedStep({ agency, declined }: { agency: string; declined: DeclinedView }) {
  return (
    <WalletPage key="declined" title={m.requests_no_done_heading({ agency })}>
      <Notice kind={declined.delivery === 'waits' ? 'offline' : 'success'} heading={deliveryWords(declined.delivery)} />
      {declined.delivery === 'by_hand' && (
        <Disclosure summary={m.requests_no_statement()}>
          <code>{declined.statement}</code>
        </Disclosure>
      )}
      <Actions>
        <LinkButton href={addressOf('home')}>{m.requests_home()}</LinkButton>
        <LinkButton kind="second" href={addressOf('requests')}>{m.requests_another()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}

/** How a no reached the agency, in words. */
export function deliveryWords(delivery: DeclinedView['delivery']): string {
  switch (delivery) {
    case 'delivered':
      return m.requests_no_done_delivered();
    case 'waits':
      return m.requests_no_done_waits();
    case 'too_late':
      return m.requests_no_done_too_late();
    case 'by_hand':
      return m.requests_no_done_by_hand();
  }
}
