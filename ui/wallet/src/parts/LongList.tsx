// A list that may be long: its beginning, and twice as much each time more is asked for. The focus goes to what is new.
import { Button, useFormat } from '@assent/shared';
import { useEffect, useRef, useState } from 'react';
import type { Key, ReactNode } from 'react';
import { m } from '../words/messages';

const PAGE = 25;

interface LongListProps<T> {
  entries: readonly T[];
  keyOf: (entry: T) => Key;
  children: (entry: T) => ReactNode;
  className: string;
  /** The order says something. */
  isOrdered?: boolean;
  /** What each row looks like. */
  rowName?: string;
}

export function LongList<T>({ entries, keyOf, children, className, isOrdered = false, rowName }: LongListProps<T>) {
  const { number } = useFormat();
  const [most, setMost] = useState(PAGE);
  const fresh = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (most > PAGE) fresh.current?.focus();
  }, [most]);
  const rows = entries.slice(0, most).map((entry, at) => (
    <li key={keyOf(entry)} className={rowName} {...(at > 0 && at === most / 2 ? { ref: fresh, tabIndex: -1 } : {})}>
      {children(entry)}
    </li>
  ));
  const left = Math.min(entries.length - most, most);
  return (
    <>
      {isOrdered ? <ol className={className}>{rows}</ol> : <ul className={className}>{rows}</ul>}
      {left > 0 && <Button kind="second" onPress={() => { setMost(most * 2); }}>{m.part_more({ count: number(left) })}</Button>}
    </>
  );
}
