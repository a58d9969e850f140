// How many places of a list have each status.
import { useLanguage } from '@assent/shared';
import { useMemo } from 'react';
import { SLOTS_PER_LIST } from '../../audit/entry';
import { statusAt } from '../../audit/replay';
import { Tiles } from '../../components/Tiles';
import { number, status } from '../../components/format';

/** Counts two bits a place. */
export function Counts({ list }: { list: Uint8Array }) {
  const { language } = useLanguage();
  const counts = useMemo(() => countOf(list), [list]);
  return <Tiles tiles={counts.map((count, value) => ({ name: status(value), value: number(count, language) }))} />;
}

function countOf(list: Uint8Array): number[] {
  const counts = [0, 0, 0, 0];
  for (let idx = 0; idx < SLOTS_PER_LIST; idx += 1) {
    const value = statusAt(list, idx);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}
