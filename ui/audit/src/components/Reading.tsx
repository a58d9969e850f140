// Reading the whole log: the button, how far it is, and what needs it.
import { Actions, Button, Card, Notice, Progress, useLanguage } from '@assent/shared';
import type { ReactNode } from 'react';
import type { Audit } from '../audit/auditor';
import type { Step } from '../audit/reading';
import type { Replay } from '../audit/replay';
import { useAudit } from '../session/session';
import { m } from '../words/messages';
import { Failure } from './Failure';
import { number } from './format';

/** A button that reads the log, or how far the reading is. */
export function ReadButton() {
  useLanguage();
  const { audit, step, read, stop } = useAudit();
  if (step !== null) {
    return (
      <>
        <Steps step={step} />
        <Actions>
          <Button kind="second" icon="stop" onPress={stop}>{m.read_stop()}</Button>
        </Actions>
      </>
    );
  }
  return (
    <Actions>
      <Button kind={audit === null ? 'main' : 'second'} icon={audit === null ? 'play' : 'sync'} onPress={read}>
        {audit === null ? m.read_do() : m.read_again()}
      </Button>
    </Actions>
  );
}

/** Shows its content once the log was read; until then, how to get there. */
export function NeedsReading({ children }: { children: (audit: Audit, replay: Replay) => ReactNode }) {
  useLanguage();
  const { audit, read, step } = useAudit();
  const replay = audit?.replay ?? null;
  return (
    <>
      <Failure again={read} />
      {(audit === null || step !== null) && (
        <Card>
          <p>{m.read_first()}</p>
          <ReadButton />
        </Card>
      )}
      {audit !== null && replay === null && <Notice kind="emergency" isLive heading={m.read_missing()} />}
      {audit !== null && replay !== null && !audit.holds && <Notice kind="warning" heading={m.read_not_held()} />}
      {audit !== null && replay !== null && children(audit, replay)}
    </>
  );
}

/** How far something long is. */
export function Steps({ step }: { step: Step }) {
  const { language } = useLanguage();
  const words = { entries: m.step_entries, tiles: m.step_tiles, lists: m.step_lists, statements: m.step_statements }[step.what];
  // Until something has been answered, nobody knows how much there is.
  const text = step.of === 0 ? '' : `${number(step.done, language)} / ${number(step.of, language)}`;
  return <Progress label={words()} value={step.of === 0 ? 0 : (step.done / step.of) * 100} text={text} />;
}
