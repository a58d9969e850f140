// Another passphrase.
import { Actions, Button, PasswordField, useLanguage, useToast } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import { NOTHING_TYPED, NewPassphrase } from '../../parts/NewPassphrase';
import { useAct } from '../../session/ask';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';

export function PassphrasePage() {
  useLanguage();
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [differs, setDiffers] = useState(false);
  const change = useAct('passphrase_change');
  const say = useToast();
  const submit = () => {
    const isSame = typed.passphrase === typed.again;
    setDiffers(!isSame);
    if (!isSame) return;
    change.mutate(
      { current, passphrase: typed.passphrase },
      {
        onSuccess: () => {
          say(m.change_done());
          go(addressOf('settings'));
        },
      },
    );
  };
  return (
    <WalletPage title={m.change_heading()} lede={m.change_lede()} back={{ href: addressOf('settings'), title: m.nav_settings() }}>
      <Failure error={change.error} />
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <PasswordField
          label={m.change_current()}
          help={m.change_current_help()}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          error={faultOf(change.error, 'current')}
        />
        <NewPassphrase typed={typed} onChange={setTyped} error={faultOf(change.error, 'passphrase')} differs={differs} />
        <Actions>
          <Button type="submit" isBusy={change.isPending}>{m.change_do()}</Button>
        </Actions>
      </form>
    </WalletPage>
  );
}
