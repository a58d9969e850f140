// The 24 words instead of the passphrase, and a new passphrase.
import { Actions, Button, TextField } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { NOTHING_TYPED, NewPassphrase } from '../../parts/NewPassphrase';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';
import { Step } from './Gate';

interface RecoverStepProps {
  /** The wallet's file is gone too: a new one is made with the same keys. */
  isLost: boolean;
  back: () => void;
}

export function RecoverStep({ isLost, back }: RecoverStepProps) {
  const [phrase, setPhrase] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [differs, setDiffers] = useState(false);
  const recover = useAct('recover');
  const submit = () => {
    const isSame = typed.passphrase === typed.again;
    setDiffers(!isSame);
    if (isSame) recover.mutate({ phrase, passphrase: typed.passphrase });
  };
  return (
    <Step title={m.recover_heading()} lede={isLost ? m.recover_lede_lost() : m.recover_lede()} back={back}>
      <Failure error={recover.error} />
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField
          label={m.recover_words()}
          help={m.recover_words_help()}
          rows={4}
          value={phrase}
          onChange={setPhrase}
          autoComplete="off"
          spellCheck={false}
          error={faultOf(recover.error, 'phrase')}
        />
        <NewPassphrase typed={typed} onChange={setTyped} error={faultOf(recover.error, 'passphrase')} differs={differs} />
        <Actions>
          <Button type="submit" icon="key" isBusy={recover.isPending}>{m.recover_do()}</Button>
        </Actions>
      </form>
    </Step>
  );
}
