// Reading the whole log: the button, how far it is, and what needs it.
import { useLanguage } from '@assent/shared';
import type { ReactNode } from 'react';
import { Label, ProgressBar } from 'react-aria-components';
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
      <div className="stack">
        <Progress step={step} />
        <button type="button" className="button secondary" onClick={stop}>
          {m.read_stop()}
        </button>
      </div>
    );
  }
  return (
    <button type="button" className={audit === null ? 'button' : 'button secondary'} onClick={read}>
      {audit === null ? m.read_do() : m.read_again()}
    </button>
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
        <section className="card stack">
          <p>{m.read_first()}</p>
          <ReadButton />
        </section>
      )}
      {audit !== null && replay === null && <p role="alert">{m.read_missing()}</p>}
      {audit !== null && replay !== null && !audit.holds && <p className="warning">{m.read_not_held()}</p>}
      {audit !== null && replay !== null && children(audit, replay)}
    </>
  );
}

function Progress({ step }: { step: Step }) {
  const { language } = useLanguage();
  const words = { entries: m.step_entries, tiles: m.step_tiles, lists: m.step_lists }[step.what];
  const count = `${number(step.done, language)} / ${number(step.of, language)}`;
  return (
    <ProgressBar className="progress" value={step.done} maxValue={Math.max(step.of, 1)} valueLabel={count}>
      <Label>{words()}</Label>
      <span className="progress-count">{count}</span>
      <progress value={step.done} max={Math.max(step.of, 1)} aria-hidden="true" />
    </ProgressBar>
  );
}
