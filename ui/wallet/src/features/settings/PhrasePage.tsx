// The recovery words once more, after the passphrase.
import { Actions, Button, LinkButton, Notice, PasswordField, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import { PhraseWords } from '../../parts/PhraseWords';
import { useAct } from '../../session/ask';
import { rememberPhraseChecked } from '../../session/remembered';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function PhrasePage() {
  useLanguage();
  const [passphrase, setPassphrase] = useState('');
  const show = useAct('phrase_show');
  return (
    <WalletPage title={m.phrase_title()} lede={m.phrase_lede()} back={{ href: addressOf('settings'), title: m.nav_settings() }}>
      <Failure error={show.error} />
      {show.data === undefined ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            show.mutate({ passphrase });
          }}
        >
          <PasswordField
            label={m.change_current()}
            help={m.change_current_help()}
            value={passphrase}
            onChange={setPassphrase}
            autoComplete="current-password"
            error={faultOf(show.error, 'passphrase')}
          />
          <Actions>
            <Button type="submit" icon="eye" isBusy={show.isPending}>{m.phrase_show()}</Button>
          </Actions>
        </form>
      ) : (
        <Shown words={show.data.words} />
      )}
    </WalletPage>
  );
}

function Shown({ words }: { words: string[] }) {
  const [isChecked, setIsChecked] = useState(false);
  return (
    <>
      <PhraseWords words={words} />
      <Notice kind="warning"><p>{m.phrase_note()}</p></Notice>
      <Actions>
        <Button
          onPress={() => {
            rememberPhraseChecked();
            setIsChecked(true);
          }}
        >
          {m.phrase_same()}
        </Button>
        <Button kind="second" icon="print" onPress={() => { window.print(); }}>{m.phrase_print()}</Button>
        <LinkButton kind="quiet" href={addressOf('settings')}>{m.phrase_close()}</LinkButton>
      </Actions>
      {isChecked && <Notice kind="success" isLive><p>{m.phrase_checked()}</p></Notice>}
    </>
  );
}
