// Everything gone from this device: what that means, what to do first, and the passphrase.
import { Actions, Button, Card, Checkbox, ErrorSummary, LinkButton, Notice, PasswordField, SummaryList, useLanguage } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { Answered, Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Overview } from '../../host/host';
import { useAct, useAnswer } from '../../session/ask';
import { forgetPhraseChecked } from '../../session/remembered';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';

export function RemovePage() {
  useLanguage();
  const overview = useAnswer('overview', {});
  return (
    <WalletPage title={m.remove_heading()} lede={m.remove_lede()} back={{ href: addressOf('settings'), title: m.nav_settings() }}>
      <Answered query={overview}>
        {(told) => (
          <>
            <WhatGoes overview={told} />
            <RemoveForm />
          </>
        )}
      </Answered>
    </WalletPage>
  );
}

function WhatGoes({ overview: { items, in_force, paused, waiting } }: { overview: Overview }) {
  const open = in_force + paused;
  return (
    <>
      <Card heading={m.remove_summary()}>
        <SummaryList
          facts={[
            { term: m.remove_items(), detail: m.remove_items_text({ count: items }) },
            { term: m.remove_grants(), detail: open === 0 ? m.remove_grants_none() : m.remove_grants_text({ count: open }) },
            { term: m.remove_waiting(), detail: waiting === 0 ? m.remove_waiting_none() : m.remove_waiting_text({ count: waiting }) },
          ]}
        />
      </Card>
      {open > 0 && (
        <Notice kind="warning" heading={m.remove_stop_heading()}>
          <p>{m.remove_stop_text()}</p>
          <LinkButton kind="second" icon="stop" href={addressOf('stopAll')}>{m.remove_stop()}</LinkButton>
        </Notice>
      )}
    </>
  );
}

function RemoveForm() {
  const [passphrase, setPassphrase] = useState('');
  const [isSure, setIsSure] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const destroy = useAct('destroy');
  const submit = () => {
    setIsAsked(!isSure);
    if (!isSure) return;
    destroy.mutate(
      { passphrase },
      {
        onSuccess: () => {
          forgetPhraseChecked();
          go(addressOf('home'));
        },
      },
    );
  };
  return (
    <>
      {isAsked && !isSure && <ErrorSummary heading={shared.problem()} happened={m.remove_not_sure()} todo={m.remove_not_sure_do()} />}
      <Failure error={destroy.error} />
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Checkbox label={m.remove_sure()} isSelected={isSure} onChange={setIsSure} />
        <PasswordField
          label={m.change_current()}
          help={m.change_current_help()}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="current-password"
          error={faultOf(destroy.error, 'passphrase')}
        />
        <Actions>
          <Button kind="danger" icon="bin" type="submit" isBusy={destroy.isPending}>{m.remove_do()}</Button>
          <LinkButton kind="quiet" href={addressOf('settings')}>{m.remove_keep()}</LinkButton>
        </Actions>
      </form>
    </>
  );
}
