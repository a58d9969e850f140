// What agencies should have done by now, and what a person can do about it.
import { Notice, useFormat } from '@assent/shared';
import type { Overdue } from '../../host/host';
import { Evidence } from '../../parts/Evidence';
import { m } from '../../words/messages';

export function OverdueCard({ overdue }: { overdue: readonly Overdue[] }) {
  const { day } = useFormat();
  return (
    <Notice kind="warning" heading={m.looks_overdue_heading()}>
      <ul className="told">
        {overdue.map((one) => (
          <li key={`${one.grant} ${one.what} ${one.since.toString()}`}>{overdueWords(one, day)}</li>
        ))}
      </ul>
      <p>{m.looks_overdue_do()}</p>
      <Evidence />
    </Notice>
  );
}

function overdueWords({ agency, what, since }: Overdue, day: (seconds: number) => string): string {
  const said = { agency, date: day(since) };
  switch (what) {
    case 'erasure_after_revocation':
      return m.looks_overdue_revocation(said);
    case 'erasure_after_expiry':
      return m.looks_overdue_expiry(said);
    case 'erasure_after_retention':
      return m.looks_overdue_retention(said);
    case 'review':
      return m.looks_overdue_review(said);
  }
}
