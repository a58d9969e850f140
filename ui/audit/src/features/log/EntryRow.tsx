// One row of the log.
import { useLanguage } from '@assent/shared';
import type { Entry } from '../../audit/entry';
import { isoTime, number, status } from '../../components/format';
import { m } from '../../words/messages';
import type { Row } from './useEntries';

interface EntryRowProps {
  index: number;
  of: number;
  row: Row | 'gone' | undefined;
  isChosen: boolean;
  choose: (index: number) => void;
}

/** Its number, its time and what it changes, or why that cannot be said. */
export function EntryRow({ index, of, row, isChosen, choose }: EntryRowProps) {
  const { language } = useLanguage();
  const isBad = row === 'gone' || (row !== undefined && !row.holds);
  return (
    // The list box above takes the keys.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      className={isBad ? 'entry bad' : 'entry'}
      id={`entry-${index.toString()}`}
      role="option"
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={of}
      onClick={() => { choose(index); }}
    >
      <span className="entry-index">{number(index, language)}</span>
      <span className="entry-time">{typeof row === 'object' && row.entry !== null ? isoTime(row.entry.at) : ''}</span>
      <span className="entry-what">{wordsOf(row, language)}</span>
    </div>
  );
}

function wordsOf(row: EntryRowProps['row'], language: string): string {
  if (row === undefined) return m.log_loading();
  if (row === 'gone') return m.log_gone();
  const said = row.entry === null ? m.log_no_entry() : entryWords(row.entry, language);
  return row.holds ? said : `${said} – ${m.log_bad()}`;
}

/** What an entry says. */
export function entryWords(entry: Entry, language: string): string {
  if (entry.kind === 'act') return m.log_what_act();
  const list = number(entry.slot.list, language);
  return m.log_what_status({ list, idx: number(entry.slot.idx, language), status: status(entry.status) });
}
