// What is written down under an item, as a person reads it.
import { useFormat, useLanguage, valueLines } from '@assent/shared';
import type { ValueWords } from '@assent/shared';
import { useMemo } from 'react';
import type { Json } from '../host/host';
import { useAnswer } from '../session/ask';
import { m } from '../words/messages';

/** What values need that is not in them; the names of the needs codes come with the citizen's own list. */
export function useValueWords(): ValueWords {
  const { language } = useLanguage();
  const { locale } = useFormat();
  const { data } = useAnswer('data_list', { lang: language });
  return useMemo(() => {
    const codes = data?.sections.flatMap(({ items }) => items).flatMap((item) => item.codes) ?? [];
    const labels = new Map(codes.map(({ code, label }) => [code, label]));
    return { locale, code: (code) => labels.get(code) ?? code };
  }, [data, locale]);
}

interface ItemValueProps {
  path: string;
  value: Json | null;
}

/** Each entry on a line of its own; that nothing is there where nothing is. */
export function ItemValue({ path, value }: ItemValueProps) {
  const words = useValueWords();
  const lines = value === null ? [] : valueLines(path, value, words);
  if (lines.length === 0) return <span className="item-none">{m.part_nothing_written()}</span>;
  return (
    <ul className="item-value">
      {lines.map((line) => (
        <li key={`${line.main} ${line.notes.join()}`}>
          {line.main}
          {line.notes.length > 0 && <span className="item-notes">{line.notes.join(' · ')}</span>}
        </li>
      ))}
    </ul>
  );
}

/** What is known of a file besides its name: its kind and its size. */
export function useFileFacts({ path, value }: ItemValueProps): string[] {
  const words = useValueWords();
  const [line] = value === null ? [] : valueLines(path, value, words);
  return line?.notes ?? [];
}
