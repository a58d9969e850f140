// A new passphrase, typed twice, with how hard it is to guess.
import { PasswordField, Progress } from '@assent/shared';
import { useEffect, useState } from 'react';
import { call } from '../host/host';
import { m } from '../words/messages';

export interface Typed {
  passphrase: string;
  again: string;
}

export const NOTHING_TYPED: Typed = { passphrase: '', again: '' };

interface NewPassphraseProps {
  typed: Typed;
  onChange: (typed: Typed) => void;
  error?: string | null;
  /** The second one is another. */
  differs?: boolean;
}

export function NewPassphrase({ typed, onChange, error, differs = false }: NewPassphraseProps) {
  return (
    <>
      <div className="stack">
        <PasswordField
          label={m.passphrase_new()}
          help={m.passphrase_new_help()}
          value={typed.passphrase}
          autoComplete="new-password"
          error={error ?? null}
          onChange={(passphrase) => {
            onChange({ ...typed, passphrase });
          }}
        />
        <Strength passphrase={typed.passphrase} />
      </div>
      <PasswordField
        label={m.passphrase_again()}
        value={typed.again}
        autoComplete="new-password"
        error={differs ? m.passphrase_differs() : null}
        onChange={(again) => {
          onChange({ ...typed, again });
        }}
      />
    </>
  );
}

/** From 0 to 4, as the program judges; asked while it is typed and kept nowhere. */
function Strength({ passphrase }: { passphrase: string }) {
  const [judged, setJudged] = useState<{ passphrase: string; score: number } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (passphrase !== '')
      call('passphrase_strength', { passphrase }).then(
        ({ score }) => {
          if (isCurrent) setJudged({ passphrase, score });
        },
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [passphrase]);
  if (passphrase === '' || judged === null) return null;
  const words = [m.strength_0(), m.strength_1(), m.strength_2(), m.strength_3(), m.strength_4()][judged.score] ?? '';
  return (
    <div className={`strength s${judged.score.toString()}`}>
      <Progress label={m.strength()} value={(judged.score + 1) * 20} text={words} />
      <p className="visually-hidden" role="status">{words}</p>
    </div>
  );
}
