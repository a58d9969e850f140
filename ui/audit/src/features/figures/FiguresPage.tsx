// Plots over time, each with its table and its file.
import { EmptyState, LinkButton, useLanguage } from '@assent/shared';
import { useMemo } from 'react';
import type { Audit } from '../../audit/auditor';
import { KINDS, activity, publication } from '../../audit/figures';
import type { Replay } from '../../audit/replay';
import { NeedsReading } from '../../components/Reading';
import { Title } from '../../components/Title';
import { isoMinute, isoTime } from '../../components/format';
import { KIND_NAMES } from '../../components/kinds';
import { Figure } from '../../components/plot/Figure';
import { spanWords, withinWords } from '../../components/plot/words';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

/** Counts what the log says, by kind and time. */
export function FiguresPage() {
  useLanguage();
  return (
    <div className="stack wide">
      <Title heading={m.figures_heading()} lede={m.figures_lede()} />
      <NeedsReading>{(audit, replay) => <Figures audit={audit} replay={replay} />}</NeedsReading>
      <LinkButton kind="quiet" icon="next" href={addressOf('duties')}>{m.figures_duties()}</LinkButton>
    </div>
  );
}

function Figures({ audit, replay }: { audit: Audit; replay: Replay }) {
  const { language } = useLanguage();
  const { width, bins } = useMemo(() => activity(replay), [replay]);
  const soon = useMemo(() => publication(replay, audit.kept.visits), [replay, audit]);
  const note = m.figures_each({ span: spanWords(width, language) });
  const notes = { acts: `${note} ${m.figures_acts_note()}` };
  if (bins.length === 0) return <EmptyState icon="chart" heading={m.figures_none()} />;
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
