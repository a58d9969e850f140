// The rows on the screen, out of as many as the log has. One row is chosen; the keys move it.
import { useLanguage } from '@assent/shared';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Source } from '../../audit/source';
import type { TreeHead } from '../../log/hash';
import { m } from '../../words/messages';
import { EntryRow } from './EntryRow';
import { useEntries } from './useEntries';
import { firstRow, fullHeight, scrollTo, visible } from './window';

/** The frame's height in pixels. */
const HEIGHT = 480;
/** Rows that a page key moves by. */
const PAGE = 10;

interface EntryListProps {
  source: Source;
  head: TreeHead;
  chosen: number;
  choose: (index: number) => void;
}

/** A list box of a million rows that draws a dozen. */
export function EntryList({ source, head, chosen, choose }: EntryListProps) {
  useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const geometry = { count: head.size, height: Math.min(HEIGHT, head.size * 40) };
  const { first, last } = visible(geometry, scrollTop);
  const rowAt = useEntries(source, head, first, last);
  const indexes = Array.from({ length: last - first + 1 }, (_, at) => first + at);

  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const top = firstRow({ count: head.size, height: box.clientHeight }, box.scrollTop);
    const rows = Math.floor(box.clientHeight / 40);
    if (chosen >= top && chosen < top + rows) return;
    box.scrollTop = scrollTo({ count: head.size, height: box.clientHeight }, chosen < top ? chosen : chosen - rows + 1);
  }, [chosen, head.size]);

  const press = (event: KeyboardEvent) => {
    const to = keyed(event.key, chosen, head.size - 1);
    if (to === null) return;
    event.preventDefault();
    choose(to);
  };
  const offset = Math.min(scrollTop, Math.max(fullHeight(geometry) - geometry.height, 0));
  return (
    <div
      className="entries"
      ref={frame}
      role="listbox"
      tabIndex={0}
      aria-label={m.log_rows()}
      aria-activedescendant={chosen >= first && chosen <= last ? `entry-${chosen.toString()}` : undefined}
      onKeyDown={press}
      onScroll={(event) => { setScrollTop(event.currentTarget.scrollTop); }}
    >
      <div className="entries-room" role="presentation" style={{ blockSize: fullHeight(geometry) }}>
        <div role="presentation" style={{ transform: `translateY(${offset.toString()}px)` }}>
          {indexes.map((index) => (
            <EntryRow key={index} index={index} of={head.size} row={rowAt(index)} isChosen={index === chosen} choose={choose} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Where a key leads, or null where it is not ours. */
export function keyed(key: string, from: number, last: number): number | null {
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + PAGE, PageUp: from - PAGE, Home: 0, End: last }[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), last);
}
