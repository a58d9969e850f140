// The recovery words, shown once at the first run.
import { Actions, Button, Notice } from '@assent/shared';
import { PhraseWords } from '../../parts/PhraseWords';
import { useTouch } from '../../session/touch';
import { m } from '../../words/messages';
import { Step } from './Gate';

export function PhraseStep({ words, next }: { words: readonly string[]; next: () => void }) {
  useTouch();
  return (
    <Step title={m.phrase_heading()} lede={m.phrase_lede()}>
      <PhraseWords words={words} />
      <Notice kind="warning"><p>{m.phrase_note()}</p></Notice>
      <Actions>
        <Button onPress={next}>{m.phrase_written()}</Button>
        <Button kind="second" icon="print" onPress={() => { window.print(); }}>{m.phrase_print()}</Button>
      </Actions>
    </Step>
  );
}
