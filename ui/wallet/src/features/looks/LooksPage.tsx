// Who looked: what is overdue, then openings in an emergency, then the rest by time, how often, and as a file.
import { Button, EmptyState, Notice, Select, useFormat, useLanguage } from '@assent/shared';
import { useEffect, useState } from 'react';
import { Answered, Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { History, Looks } from '../../host/host';
import { LongList } from '../../parts/LongList';
import { useAct, useAnswer } from '../../session/ask';
import { m } from '../../words/messages';
import { agenciesOf, besidesLooks, fits, NO_FILTER } from './filter';
import type { Besides, Filter, Span } from './filter';
import { HowOften } from './HowOften';
import { LookCard } from './LookCard';
import { OverdueCard } from './OverdueCard';
import { Timeline } from './Timeline';

export function LooksPage() {
  const { language } = useLanguage();
  const looks = useAnswer('looks_list', { lang: language });
  const history = useAnswer('history_list', { lang: language });
  return (
    <WalletPage title={m.looks_heading()} lede={m.looks_lede()}>
      <Answered query={looks}>
        {(seen) => <Answered query={history}>{(all) => <Everything looks={seen} history={all} />}</Answered>}
      </Answered>
      <AsOf />
    </WalletPage>
  );
}

function Everything({ looks, history }: { looks: Looks; history: History }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [now] = useState(() => Date.now());
  useSeen(looks);
  const shown = <T extends { agency: string; at: number }>(list: readonly T[]) => list.filter((one) => fits(one, filter, now));
  const found = shown(looks.looks);
  const rest = shown(besidesLooks(history.happened, filter.besides));
  if (looks.looks.length === 0 && looks.overdue.length === 0) {
    return (
      <>
        <EmptyState icon="eye" heading={m.looks_empty()}><p>{m.looks_empty_text()}</p></EmptyState>
        {rest.length > 0 && <Timeline looks={[]} happened={rest} />}
      </>
    );
  }
  const openings = found.filter(({ kind }) => kind === 'opening');
  return (
    <>
      {looks.overdue.length > 0 && <OverdueCard overdue={looks.overdue} />}
      <Filters filter={filter} onChange={setFilter} agencies={agenciesOf(looks.looks, history.happened)} />
      {found.length + rest.length === 0 && <p>{m.looks_none_found()}</p>}
      {openings.length > 0 && (
        <section className="stack">
          <h2>{m.looks_emergencies()}</h2>
          <LongList className="looks" entries={openings} keyOf={({ index }) => index}>
            {(look) => <LookCard look={look} />}
          </LongList>
        </section>
      )}
      {found.length > 0 && <HowOften looks={found} now={now} />}
      <Timeline looks={found.filter(({ kind }) => kind === 'access')} happened={rest} />
      <Export />
    </>
  );
}

/** What was on this page is not new any more when it is left. */
function useSeen(looks: Looks): void {
  const { mutate } = useAct('looks_seen');
  const isNew = looks.looks.some((look) => look.new);
  useEffect(() => {
    if (!isNew) return;
    return () => {
      mutate({});
    };
  }, [isNew, mutate]);
}

interface FiltersProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
  agencies: readonly string[];
}

function Filters({ filter, onChange, agencies }: FiltersProps) {
  return (
    <div className="finder thirds" role="group" aria-label={m.looks_filter_heading()}>
      <Select
        label={m.looks_filter_agency()}
        value={filter.agency}
        onChange={(agency) => { onChange({ ...filter, agency }); }}
        options={[{ value: '', label: m.looks_filter_agency_all() }, ...agencies.map((name) => ({ value: name, label: name }))]}
      />
      <Select<Span>
        label={m.looks_filter_time()}
        value={filter.span}
        onChange={(span) => { onChange({ ...filter, span }); }}
        options={[
          { value: 'all', label: m.looks_filter_time_all() },
          { value: '7', label: m.looks_filter_time_7() },
          { value: '30', label: m.looks_filter_time_30() },
          { value: '365', label: m.looks_filter_time_365() },
        ]}
      />
      <Select<Besides>
        label={m.looks_filter_what()}
        value={filter.besides}
        onChange={(besides) => { onChange({ ...filter, besides }); }}
        options={[
          { value: 'decisions', label: m.looks_filter_what_decisions() },
          { value: 'looks', label: m.looks_filter_what_looks() },
          { value: 'all', label: m.looks_filter_what_all() },
        ]}
      />
    </div>
  );
}

function Export() {
  const { language } = useLanguage();
  const save = useAct('history_export');
  return (
    <>
      <Failure error={save.error} />
      {save.data !== undefined && (
        <Notice kind="success" isLive heading={m.looks_exported()}><p><code>{save.data.path}</code></p></Notice>
      )}
      <Button kind="second" icon="download" isBusy={save.isPending} onPress={() => { save.mutate({ lang: language, format: 'csv' }); }}>
        {m.looks_export()}
      </Button>
    </>
  );
}

function AsOf() {
  const { moment } = useFormat();
  const fetchedAt = useAnswer('overview', {}).data?.fetched_at;
  if (fetchedAt === undefined) return null;
  return <p className="help">{fetchedAt === null ? m.looks_as_of_never() : m.looks_as_of({ when: moment(fetchedAt * 1000) })}</p>;
}
