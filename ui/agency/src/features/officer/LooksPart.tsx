// Who looked how often: a plot in which those far from their colleagues stand out, and the same as a table.
import { Notice, Select, Table, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../components/Loaded';
import type { Actors } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { LooksPlot } from './LooksPlot';
import { ResolvePart } from './ResolvePart';

const SPANS = ['7', '30', '90', '365'] as const;

/** Shows readings and openings of each pseudonym. */
export function LooksPart() {
  const { language } = useLanguage();
  const format = useFormat();
  const host = useHost();
  const [days, setDays] = useState<(typeof SPANS)[number]>('30');
  const actors = useQuery({ queryKey: ['officer', 'actors', days, language], queryFn: () => host.ask('actors', { days: Number(days), lang: language }) });
  return (
    <div className="stack">
      <p className="lede">{m.looks_lede()}</p>
      <div className="actions no-print">
        <Select label={m.looks_span()} value={days} onChange={setDays} options={SPANS.map((value) => ({ value, label: format.unit(Number(value), 'day') }))} />
        <a className="button second" href={host.address('actors.csv', { days: Number(days), lang: language })} download="looks.csv">{m.download_csv()}</a>
      </div>
      <Loaded query={actors}>{(found) => <Looks actors={found} />}</Loaded>
      <ResolvePart />
    </div>
  );
}

function Looks({ actors }: { actors: Actors }) {
  const format = useFormat();
  const unusual = actors.rows.filter((row) => row.unusual);
  if (actors.rows.length === 0) return <p>{m.looks_none()}</p>;
  return (
    <div className="stack">
      {unusual.length > 0 && (
        <Notice kind="warning" heading={m.looks_unusual({ count: format.number(unusual.length) })}>
          <p>{m.looks_unusual_text({ who: format.list(unusual.map(({ actor }) => actor)) })}</p>
        </Notice>
      )}
      {actors.unusual_above === null && <p className="help">{m.looks_few()}</p>}
      <LooksPlot actors={actors} />
      <Table
        caption={m.officer_looks()}
        head={[m.looks_actor(), m.looks_reads(), m.looks_openings(), m.looks_refused(), m.looks_people(), m.looks_night(), m.looks_mark()]}
        rows={actors.rows.map((row) => ({
          key: row.actor,
          cells: [
            row.actor,
            ...[row.reads, row.openings, row.refused, row.people, row.at_night].map(format.number),
            row.unusual ? m.looks_far() : '',
          ],
        }))}
      />
    </div>
  );
}
