// One plot: bars, what they stand for, the same numbers as a table, and a file.
import { useLanguage } from '@assent/shared';
import { toCsv } from '../../audit/csv';
import { Download } from '../../components/Download';
import { Table } from '../../components/Table';
import { number } from '../../components/format';
import { m } from '../../words/messages';
import { Bars } from './Bars';
import type { Bar } from './Bars';

interface FigureProps {
  name: string;
  title: string;
  note: string;
  head: readonly [string, string];
  bars: readonly Bar[];
}

/** Shows the bars; whoever cannot see them has the sum, the table and the file. */
export function Figure({ name, title, note, head, bars }: FigureProps) {
  const { language } = useLanguage();
  const count = bars.reduce((sum, bar) => sum + bar.count, 0);
  const most = bars.reduce((max, bar) => Math.max(max, bar.count), 0);
  const summary = m.figures_summary({ count: number(count, language), most: number(most, language) });
  const rows = bars.map((bar) => [bar.name, bar.count]);
  return (
    <section className="card stack figure" aria-labelledby={`figure-${name}`}>
      <h2 id={`figure-${name}`}>{title}</h2>
      <p>{summary}</p>
      <Bars label={`${title}: ${summary}`} bars={bars} />
      <p className="hint">{note}</p>
      <details>
        <summary>{m.figures_table()}</summary>
        <Table caption={title} head={head} rows={rows} />
      </details>
      <Download name={`${name}.csv`} mediaType="text/csv" text={() => toCsv([head, ...rows])} label={m.figures_csv()} />
    </section>
  );
}
