// Whether the words are on paper: three of them, asked by number.
import { Actions, Button, ErrorSummary, TextField } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { useTouch } from '../../session/touch';
import { m } from '../../words/messages';
import { Step } from './Gate';
import { asked, isWord } from './check';

interface CheckStepProps {
  words: readonly string[];
  back: () => void;
  later: () => void;
  checked: () => void;
}

export function CheckStep({ words, back, later, checked }: CheckStepProps) {
  useTouch();
  const [numbers] = useState(() => asked(words.length, Math.random));
  const [typed, setTyped] = useState<Record<number, string>>({});
  const [wrong, setWrong] = useState<number[] | null>(null);
  const submit = () => {
    const faults = numbers.filter((number) => !isWord(typed[number] ?? '', words[number - 1] ?? ''));
    setWrong(faults);
    if (faults.length === 0) checked();
  };
  return (
    <Step title={m.check_heading()} lede={m.check_lede()} back={back}>
      {wrong !== null && wrong.length > 0 && (
        <ErrorSummary heading={shared.problem()} happened={m.check_wrong()} todo={m.check_wrong_do()} />
      )}
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        {numbers.map((number) => (
          <TextField
            key={number}
            label={m.check_word({ number })}
            width="medium"
            autoComplete="off"
            value={typed[number] ?? ''}
            error={wrong?.includes(number) === true ? faultWords(typed[number]) : null}
            onChange={(word) => {
              setTyped({ ...typed, [number]: word });
            }}
          />
        ))}
        <Actions>
          <Button type="submit">{m.check_do()}</Button>
          <Button kind="quiet" onPress={later}>{m.check_later()}</Button>
        </Actions>
      </form>
    </Step>
  );
}

function faultWords(typed = ''): string {
  return typed.trim() === '' ? m.check_empty() : m.check_not_this();
}
