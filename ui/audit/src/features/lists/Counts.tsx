// How many places of a list have each status.
import { useLanguage } from '@assent/shared';
import { useMemo } from 'react';
import { SLOTS_PER_LIST } from '../../audit/entry';
import { statusAt } from '../../audit/replay';
import { Table } from '../../components/Table';
import { number, status } from '../../components/format';
import { m } from '../../words/messages';

/** Counts two bits a place. */
export function Counts({ list }: { list: Uint8Array }) {
  const { language } = useLanguage();
  const counts = useMemo(() => countOf(list), [list]);
  const rows = counts.map((count, value) => [status(value), number(count, language)]);
  return <Table caption={m.list_counts()} head={[m.list_status(), m.list_count()]} rows={rows} />;
}

function countOf(list: Uint8Array): number[] {
  const counts = [0, 0, 0, 0];
  for (let idx = 0; idx < SLOTS_PER_LIST; idx += 1) {
    const value = statusAt(list, idx);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}
