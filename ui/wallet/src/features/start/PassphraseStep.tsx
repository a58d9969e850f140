// The passphrase that locks the new wallet.
import { Actions, Button, Notice } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { NOTHING_TYPED, NewPassphrase } from '../../parts/NewPassphrase';
import type { Setup } from '../../session/Session';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';
import { Step } from './Gate';

interface PassphraseStepProps {
  back: () => void;
  setup: Setup;
  made: (words: string[]) => void;
}

export function PassphraseStep({ back, setup, made }: PassphraseStepProps) {
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [differs, setDiffers] = useState(false);
  const create = useAct('create');
  const submit = () => {
    const isSame = typed.passphrase === typed.again;
    setDiffers(!isSame);
    if (!isSame) return;
    // Before the wallet is there, so that the first run goes on after it.
    setup.begin();
    create.mutate(
      { passphrase: typed.passphrase },
      {
        onSuccess: ({ recovery_phrase }) => {
          made(recovery_phrase);
        },
        onError: setup.end,
      },
    );
  };
  return (
    <Step title={m.passphrase_heading()} lede={m.passphrase_lede()} back={back}>
      <Failure error={create.error} />
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <NewPassphrase typed={typed} onChange={setTyped} error={faultOf(create.error, 'passphrase')} differs={differs} />
        <Notice kind="info"><p>{m.passphrase_note()}</p></Notice>
        <Actions>
          <Button type="submit" isBusy={create.isPending}>{m.passphrase_make()}</Button>
        </Actions>
      </form>
    </Step>
  );
}
