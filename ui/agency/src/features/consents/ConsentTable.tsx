// A table of thousands of rows that draws a dozen. Each row is a link; the keys move through links and scroll.
import { Tag, useFormat, useLanguage } from '@assent/shared';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { ConsentTag } from '../../components/ConsentTag';
import type { ConsentRow } from '../../host/types';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { distance, shortDay } from '../../components/time';
import { useNow } from '../../components/useNow';
import type { Find } from './pages';
import { useRows } from './pages';
import { usePurposeNames } from '../../session/catalogue';

/** A row's height in pixels before it was measured. */
const ROW = 68;

/** Shows what was found. */
export function ConsentTable({ find, total }: { find: Find; total: number }) {
  useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the library measures by itself, and is not memoised
  const virtual = useVirtualizer({ count: total, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 8 });
  const shown = virtual.getVirtualItems();
  const rowAt = useRows(find, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0);
  return (
    <div className="consents" role="table" aria-label={m.consents_heading()} aria-rowcount={total + 1}>
      <div role="rowgroup" className="consents-head">
        <div role="row" aria-rowindex={1} className="consent-row">
          {[m.column_what, m.column_state, m.column_given, m.column_ends, m.column_owed].map((name) => (
            <span role="columnheader" key={name()}>{name()}</span>
          ))}
        </div>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <div role="rowgroup" className="consents-body" ref={frame} tabIndex={0}>
        <div role="presentation" style={{ blockSize: virtual.getTotalSize(), position: 'relative' }}>
          {shown.map((item) => (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              data-index={item.index}
              ref={virtual.measureElement}
              className="consent-row"
              style={{ position: 'absolute', insetBlockStart: 0, insetInline: 0, transform: `translateY(${item.start.toString()}px)` }}
            >
              <Row row={rowAt(item.index)} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function Row({ row }: { row: ConsentRow | undefined }) {
  const format = useFormat();
  const purposeOf = usePurposeNames();
  if (row === undefined) return <span role="cell" className="soft">{m.row_loading()}</span>;
  return (
    <>
      <span role="cell">
        <a href={addressOf('consents', row.grant)}>{row.purposes.map(purposeOf).join(', ')}</a>
        <span className="soft consent-person">{m.row_person({ person: row.person.slice(0, 8) })}{row.on_incident && ` · ${m.row_sealed()}`}</span>
      </span>
      <span role="cell"><ConsentTag state={row.state} /></span>
      <span role="cell" className="consent-given">{shortDay(row.granted_at, format)}</span>
      <span role="cell" className="consent-ends"><Ends row={row} /></span>
      <span role="cell"><Debt row={row} /></span>
    </>
  );
}

function Ends({ row }: { row: ConsentRow }) {
  const format = useFormat();
  const now = useNow(60);
  if (!row.ending_soon) return shortDay(row.ends_at, format);
  return <Tag tone="warn">{m.row_ends_in({ span: distance(row.ends_at - now, format) })}</Tag>;
}

function Debt({ row: { owed, erased_at: erasedAt } }: { row: ConsentRow }) {
  const format = useFormat();
  if (owed !== null) {
    return <Tag tone={owed.overdue ? 'bad' : 'warn'}>{owed.overdue ? m.row_overdue({ day: shortDay(owed.due, format) }) : m.row_owed({ day: shortDay(owed.due, format) })}</Tag>;
  }
  return erasedAt === null ? null : <span className="soft">{m.row_erased({ day: shortDay(erasedAt, format) })}</span>;
}
