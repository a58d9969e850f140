// All of it once more before the signature, each part with a way to change it.
import { Actions, Button, PasswordField, SummaryList, useFormat } from '@assent/shared';
import type { Fact } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import { AgencyMark } from '../../parts/AgencyMark';
import { useAct, useAnswer } from '../../session/ask';
import { m } from '../../words/messages';
import { choose } from '../../session/asked';
import { seenByMember, withoutOf } from './choice';
import type { StepProps } from './ReviewPage';
import { StepBack } from './StepBack';

export function CheckStep({ review, ticks, endsAt, to }: StepProps) {
  const { mutate, isPending, error } = useAct('request_grant');
  const asksAgain = review.asks_to_sign;
  const [passphrase, setPassphrase] = useState('');
  const agency = review.agency.name;
  const sign = (byDevice: boolean) => {
    mutate(
      {
        review: review.number,
        without: withoutOf(ticks),
        ends_at: endsAt === review.ends_at ? null : endsAt,
        ...(asksAgain ? { passphrase: byDevice ? null : passphrase, by_device: byDevice } : {}),
      },
      {
        onSuccess: (granted) => {
          choose({ outcome: { kind: 'granted', agency, endsAt, granted } });
        },
      },
    );
  };
  const fault = faultOf(error, 'passphrase');
  return (
    <WalletPage
      title={m.requests_check_heading()}
      lede={review.circle === null ? m.requests_check_lede({ agency }) : m.requests_check_lede_circle({ agency })}
    >
      {fault === null && <Failure error={error} again={() => { sign(false); }} />}
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isPending) sign(false);
        }}
      >
        <div className="card">
          <Summary review={review} ticks={ticks} endsAt={endsAt} to={to} />
        </div>
        {asksAgain && (
          <PasswordField
            label={m.requests_passphrase()}
            help={m.requests_passphrase_hint()}
            value={passphrase}
            onChange={setPassphrase}
            error={fault}
            autoComplete="current-password"
          />
        )}
        <Actions>
          <Button type="submit" icon="tick" isBusy={isPending}>{isPending ? m.requests_signing() : m.requests_sign()}</Button>
          {asksAgain && <ByDevice isBusy={isPending} sign={() => { sign(true); }} />}
          <StepBack to={to} />
        </Actions>
      </form>
    </WalletPage>
  );
}

/** Where the device can ask whether the person is there, that will do in place of the passphrase. */
function ByDevice({ sign, isBusy }: { sign: () => void; isBusy: boolean }) {
  const canSign = useAnswer('settings', {}).data?.device_unlock.can_sign ?? false;
  if (!canSign) return null;
  return <Button kind="second" icon="lock" isBusy={isBusy} onPress={sign}>{m.requests_sign_by_device()}</Button>;
}

type SummaryProps = Pick<StepProps, 'review' | 'ticks' | 'endsAt' | 'to'>;

function Summary({ review, ticks, endsAt, to }: SummaryProps) {
  const { day, list } = useFormat();
  const change = (name: 'ask' | 'until', label: string) => (
    <button
      type="button"
      className="link-button"
      aria-label={label}
      onClick={() => {
        to({ name });
      }}
    >
      {m.requests_change()}
    </button>
  );
  const named = (wanted: boolean) =>
    ticks.filter(({ isChosen }) => isChosen === wanted).map(({ item: { path, label } }) => ({ path, label }));
  const leftOut = named(false);
  const facts: Fact[] = [
    { key: 'with', term: m.requests_check_with(), detail: <With review={review} ticks={ticks} /> },
    { key: 'for', term: m.requests_check_for(), detail: list(review.purposes.map(({ label }) => label)) },
    { key: 'when', term: m.requests_check_when(), detail: review.on_incident ? m.requests_when_incident() : m.requests_when_grant() },
    {
      key: 'items',
      term: m.requests_check_items(),
      detail: (
        <ul className="plain">
          {named(true).map(({ path, label }) => <li key={path}>{label}</li>)}
        </ul>
      ),
      action: change('ask', m.requests_change_items()),
    },
    ...(leftOut.length === 0 ? [] : [{ key: 'out', term: m.requests_check_left_out(), detail: list(leftOut.map(({ label }) => label)) }]),
    { key: 'until', term: m.requests_check_until(), detail: day(endsAt), action: change('until', m.requests_change_until()) },
    { key: 'kept', term: m.requests_check_kept(), detail: review.retention },
  ];
  return <SummaryList facts={facts} />;
}

function With({ review, ticks }: Pick<StepProps, 'review' | 'ticks'>) {
  const members = seenByMember(review, ticks).filter(({ items }) => items.length > 0);
  if (members.length === 0) return <AgencyMark name={review.agency.name} kind={review.agency.kind} />;
  return (
    <ul className="plain">
      {members.map(({ agency: { id, name, kind } }) => (
        <li key={id}><AgencyMark name={name} kind={kind} /></li>
      ))}
    </ul>
  );
}
