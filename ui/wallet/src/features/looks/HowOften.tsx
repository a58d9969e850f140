// How often somebody looked: bars, the same as a sentence, and as a table for whoever cannot see them.
import { Card, Disclosure, Table, useFormat } from '@assent/shared';
import type { Look } from '../../host/host';
import { m } from '../../words/messages';
import { Chart } from './Chart';
import { barsOf } from './filter';
import type { Unit } from './filter';

export function HowOften({ looks, now }: { looks: readonly Look[]; now: number }) {
  const { day, number, locale } = useFormat();
  const { unit, bars } = barsOf(looks, now);
  const openings = looks.filter(({ kind }) => kind === 'opening').length;
  const summary = m.looks_chart_summary({
    looks: number(looks.length - openings),
    openings: number(openings),
    from: day((bars[0]?.start ?? now) / 1000),
    to: day(now / 1000),
  });
  return (
    <Card heading={m.looks_chart_heading()}>
      <p>{summary}</p>
      <Chart label={`${m.looks_chart_heading()}: ${summary}`} bars={bars} name={(start) => shortName(unit, start, locale)} />
      <Disclosure summary={m.looks_chart_table()}>
        <Table
          caption={m.looks_chart_heading()}
          head={[unitWords(unit), m.looks_chart_looks(), m.looks_chart_openings()]}
          rows={bars
            .filter((bar) => bar.looks + bar.openings > 0)
            .map((bar) => ({ key: bar.start.toString(), cells: [day(bar.start / 1000), number(bar.looks), number(bar.openings)] }))}
        />
      </Disclosure>
    </Card>
  );
}

function unitWords(unit: Unit): string {
  const words: Record<Unit, () => string> = {
    day: m.looks_chart_when_day,
    week: m.looks_chart_when_week,
    month: m.looks_chart_when_month,
  };
  return words[unit]();
}

/** As short as it stands below a bar: digits, so that it reads the same in every language. */
function shortName(unit: Unit, start: number, locale: string): string {
  const parts: Intl.DateTimeFormatOptions = unit === 'month' ? { month: '2-digit', year: 'numeric' } : { day: 'numeric', month: 'numeric' };
  return new Intl.DateTimeFormat([locale, 'en-GB'], parts).format(start);
}
