// Plots over time, each with its table and its file.
import { useLanguage } from '@assent/shared';
import { useMemo } from 'react';
import type { Audit } from '../../audit/auditor';
import { KINDS, activity, publication } from '../../audit/figures';
import type { Publication } from '../../audit/figures';
import type { Replay } from '../../audit/replay';
import { NeedsReading } from '../../components/Reading';
import { isoMinute, isoTime, number } from '../../components/format';
import { KIND_NAMES } from '../../components/kinds';
import { m } from '../../words/messages';
import { Figure } from './Figure';

/** Counts what the log says, by kind and time. */
export function FiguresPage() {
  useLanguage();
  return (
    <div className="stack wide">
      <h1>{m.figures_heading()}</h1>
      <p className="lede">{m.figures_lede()}</p>
      <NeedsReading>{(audit, replay) => <Figures audit={audit} replay={replay} />}</NeedsReading>
    </div>
  );
}

function Figures({ audit, replay }: { audit: Audit; replay: Replay }) {
  const { language } = useLanguage();
  const { width, bins } = useMemo(() => activity(replay), [replay]);
  const soon = useMemo(() => publication(replay, audit.kept.visits), [replay, audit]);
  const note = m.figures_each({ span: spanWords(width, language) });
  const notes = { acts: `${note} ${m.figures_acts_note()}` };
  if (bins.length === 0) return <p>{m.figures_none()}</p>;
  return (
    <div className="figures">
      {KINDS.map((kind) => (
        <Figure
          key={kind}
          name={kind}
          title={KIND_NAMES[kind]()}
          note={kind === 'acts' ? notes.acts : note}
          head={[m.figures_from(), m.figures_count()]}
          bars={bins.map((bin) => ({ label: isoMinute(bin.from), name: isoTime(bin.from), count: bin[kind] }))}
        />
      ))}
      <Figure
        name="publication"
        title={m.figures_publication()}
        note={m.figures_publication_note()}
        head={[m.figures_within(), m.figures_count()]}
        bars={soon.map(({ within, count }) => ({ label: withinWords(within), name: withinWords(within), count }))}
      />
    </div>
  );
}

function withinWords(within: Publication['within']): string {
  const words: Record<string, () => string> = {
    1: m.within_1,
    10: m.within_10,
    60: m.within_60,
    600: m.within_600,
    3600: m.within_3600,
    86400: m.within_86400,
    604800: m.within_604800,
  };
  return (words[String(within)] ?? m.within_more)();
}

function spanWords(width: number, language: string): string {
  const [day, hour, minute] = [86_400_000, 3_600_000, 60_000];
  const count = (unit: number) => ({ count: number(width / unit, language) });
  if (width === day) return m.span_day();
  if (width % day === 0) return m.span_days(count(day));
  return width % hour === 0 ? m.span_hours(count(hour)) : m.span_minutes(count(minute));
}
