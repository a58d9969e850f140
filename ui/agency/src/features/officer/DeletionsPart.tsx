// Deletions: what is owed, what is overdue, and what was confirmed.
import { Notice, Table, Tag, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import type { Deletions } from '../../host/types';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Shows both lists. */
export function DeletionsPart() {
  useLanguage();
  const host = useHost();
  const deletions = useQuery({ queryKey: ['officer', 'deletions'], queryFn: () => host.ask('deletions', {}) });
  return <Loaded query={deletions}>{(found) => <Lists deletions={found} />}</Loaded>;
}

function Lists({ deletions: { owed, confirmed, overdue } }: { deletions: Deletions }) {
  const format = useFormat();
  const link = (grant: string) => <a key={grant} href={addressOf('consents', grant)}><code>{grant.slice(0, 10)}</code></a>;
  return (
    <div className="stack">
      {overdue > 0 ? <Notice kind="emergency" heading={m.deletions_overdue({ count: format.number(overdue) })}>{m.deletions_overdue_text()}</Notice> : <Notice kind="success">{m.deletions_none_overdue()}</Notice>}
      <h2>{m.deletions_owed()}</h2>
      {owed.length === 0 ? <p>{m.none()}</p> : (
        <Table
          caption={m.deletions_owed()}
          head={[m.column_what(), m.deletions_due(), m.deletions_because(), m.deletions_read(), m.column_state()]}
          rows={owed.map((one) => ({
            key: one.grant,
            cells: [
              link(one.grant),
              format.day(one.due),
              one.because === 'withdrawn' ? m.because_withdrawn() : m.because_retention(),
              format.day(one.read_at),
              <Tag key="tag" tone={one.overdue ? 'bad' : 'warn'}>{one.overdue ? m.part_overdue() : m.part_owed()}</Tag>,
            ],
          }))}
        />
      )}
      <h2>{m.deletions_confirmed()}</h2>
      {confirmed.length === 0 ? <p>{m.none()}</p> : (
        <Table
          caption={m.deletions_confirmed()}
          head={[m.column_what(), m.deletions_when(), m.deletions_how(), m.deletions_entry(), m.deletions_in_time()]}
          rows={confirmed.map((one) => ({
            key: `${one.grant} ${one.index.toString()}`,
            cells: [link(one.grant), format.moment(one.at * 1000), <Name key="how" text={one.method} most={120} />, format.number(one.index), one.late ? m.deletions_late() : m.yes()],
          }))}
        />
      )}
    </div>
  );
}
