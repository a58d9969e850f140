// What agencies should have done by now, and what a person can do about it.
import { Actions, Button, Notice, useFormat, useLanguage } from '@assent/shared';
import { Failure } from '../../frame/Answered';
import type { Overdue } from '../../host/host';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';

export function OverdueCard({ overdue }: { overdue: readonly Overdue[] }) {
  const { day } = useFormat();
  const { language } = useLanguage();
  const save = useAct('evidence_bundle');
  return (
    <>
      <Failure error={save.error} />
      <Notice kind="warning" heading={m.looks_overdue_heading()}>
        <ul className="told">
          {overdue.map((one) => (
            <li key={`${one.grant} ${one.what} ${one.since.toString()}`}>{overdueWords(one, day)}</li>
          ))}
        </ul>
        <p>{m.looks_overdue_do()}</p>
        <Actions>
          <Button kind="second" icon="download" isBusy={save.isPending} onPress={() => { save.mutate({ lang: language }); }}>
            {m.looks_evidence_save()}
          </Button>
        </Actions>
      </Notice>
      {save.data !== undefined && (
        <Notice kind="success" isLive heading={m.looks_evidence_saved()}><p><code>{save.data.path}</code></p></Notice>
      )}
    </>
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
