// Every consent that was given to this agency: searchable, and live.
import { EmptyState, Select, TextField, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Heading } from '../../components/Heading';
import { Trouble } from '../../components/Trouble';
import type { ConsentCounts, ConsentPage, Order } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { ConsentTable } from './ConsentTable';
import { PAGE } from './pages';
import { PARTS } from './parts';
import type { Part } from './parts';

/** The table with what narrows it. */
export function ConsentsPage() {
  useLanguage();
  const host = useHost();
  const [search, setSearch] = useState('');
  const [part, setPart] = useState<Part>('all');
  const [order, setOrder] = useState<Order>('changed');
  const find = { search: useDeferredValue(search.trim()), order, ...PARTS[part].find };
  const first = useQuery({
    queryKey: ['consents', find, 0],
    queryFn: () => host.ask('consents', { ...find, offset: 0, limit: PAGE }),
    placeholderData: (before: ConsentPage | undefined) => before,
  });
  return (
    <div className="stack wide">
      <Heading lede={m.consents_lede()}>{m.consents_heading()}</Heading>
      <Trouble error={first.error} />
      <Parts counts={first.data?.counts ?? null} chosen={part} choose={setPart} />
      <div className="search-row">
        <TextField label={m.consents_search()} help={m.consents_search_help()} type="search" value={search} onChange={setSearch} />
        <Select label={m.consents_order()} value={order} onChange={setOrder} options={ORDERS.map((value) => ({ value, label: ORDER_NAMES[value]() }))} />
      </div>
      {first.data !== undefined && (
        <>
          <Found total={first.data.total} />
          {first.data.total === 0 ? <EmptyState icon="share" heading={m.consents_none()} /> : <ConsentTable find={find} total={first.data.total} />}
        </>
      )}
    </div>
  );
}

const ORDERS: readonly Order[] = ['changed', 'newest', 'ending', 'due'];
const ORDER_NAMES: Record<Order, () => string> = {
  changed: m.order_changed,
  newest: m.order_newest,
  ending: m.order_ending,
  due: m.order_due,
};

function Found({ total }: { total: number }) {
  const format = useFormat();
  return <p role="status" className="soft">{m.consents_found({ count: format.number(total) })}</p>;
}

function Parts({ counts, chosen, choose }: { counts: ConsentCounts | null; chosen: Part; choose: (part: Part) => void }) {
  const format = useFormat();
  return (
    <div className="parts" role="group" aria-label={m.consents_parts()}>
      {(Object.keys(PARTS) as Part[]).map((part) => {
        const { name, count, tone } = PARTS[part];
        const value = counts === null ? null : count(counts);
        return (
          <button key={part} type="button" className={`part ${value === 0 || value === null ? '' : tone}`} aria-pressed={part === chosen} onClick={() => { choose(part); }}>
            <span className="part-count">{value === null ? '–' : format.number(value)}</span>
            <span>{name()}</span>
          </button>
        );
      })}
    </div>
  );
}
