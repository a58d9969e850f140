// One plot: bars, what they stand for, the same numbers as a table, and a file.
import { Actions, Card, Disclosure, Table, useLanguage } from '@assent/shared';
import { toCsv } from '../../audit/csv';
import { m } from '../../words/messages';
import { Download } from '../Download';
import { number } from '../format';
import { Bars } from './Bars';
import type { Bar } from './Bars';
import { RowBars } from './RowBars';

type Cell = string | number;

interface FigureProps {
  name: string;
  title: string;
  note: string;
  head: readonly [string, ...string[]];
  bars: readonly Bar[];
  /** The numbers, where the table has more to say than the bars. */
  rows?: readonly (readonly Cell[])[];
  /** Bars stand side by side along time, or lie one below the other. */
  kind?: 'bars' | 'rows';
}

/** Shows the bars; whoever cannot see them has the sum, the table and the file. */
export function Figure({ name, title, note, head, bars, rows = rowsOf(bars), kind = 'bars' }: FigureProps) {
  const Plot = kind === 'bars' ? Bars : RowBars;
  const { language } = useLanguage();
  const summary = kind === 'bars' ? summaryOf(bars, language) : m.figures_sum({ count: number(sumOf(bars), language) });
  const shown = rows.map((cells, at) => ({ key: at.toString(), cells: cells.map((cell) => shownCell(cell, language)) }));
  return (
    <Card heading={title}>
      <p>{summary}</p>
      {bars.length > 0 && <Plot label={`${title}: ${summary}`} bars={bars} />}
      <p className="help">{note}</p>
      {rows.length > 0 && (
        <Disclosure summary={m.figures_table()}>
          <Table caption={m.figures_table_of({ title })} head={head} rows={shown} />
        </Disclosure>
      )}
      <Actions>
        <Download name={`${name}.csv`} mediaType="text/csv" text={() => toCsv([head, ...rows])} label={m.figures_csv()} />
      </Actions>
    </Card>
  );
}

function summaryOf(bars: readonly Bar[], language: string): string {
  const most = bars.reduce((max, bar) => Math.max(max, bar.count), 0);
  return m.figures_summary({ count: number(sumOf(bars), language), most: number(most, language) });
}

function sumOf(bars: readonly Bar[]): number {
  return bars.reduce((sum, bar) => sum + bar.count, 0);
}

function rowsOf(bars: readonly Bar[]): Cell[][] {
  return bars.map((bar) => [bar.name, bar.count]);
}

function shownCell(cell: Cell, language: string): string {
  return typeof cell === 'number' ? number(cell, language) : cell;
}
