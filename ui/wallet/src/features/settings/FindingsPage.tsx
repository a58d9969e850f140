// What the wallet found against the consent service: in plain words, with what to do and the papers for it.
import { Actions, Button, Card, Disclosure, EmptyState, Notice, Tag, useFormat, useLanguage } from '@assent/shared';
import { Answered, Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Finding, FindingKind } from '../../host/host';
import { useAct, useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function FindingsPage() {
  useLanguage();
  const findings = useAnswer('findings', {});
  return (
    <WalletPage title={m.findings_title()} lede={m.findings_lede()} back={{ href: addressOf('settings'), title: m.nav_settings() }}>
      <Answered query={findings}>
        {(told) => (told.findings.length === 0 ? <Nothing /> : <Found findings={told.findings} />)}
      </Answered>
    </WalletPage>
  );
}

function Nothing() {
  return (
    <EmptyState icon="shield" heading={m.findings_none()}>
      <p>{m.findings_none_text()}</p>
    </EmptyState>
  );
}

function Found({ findings }: { findings: readonly Finding[] }) {
  const { language } = useLanguage();
  const { moment } = useFormat();
  const seen = useAct('findings_seen');
  const evidence = useAct('evidence_bundle');
  return (
    <>
      <Notice kind="warning" heading={m.findings_do_heading()}>
        <p>{m.findings_do()}</p>
      </Notice>
      {findings.toReversed().map((finding, at) => (
        <Card key={at} heading={kindWords(finding.kind)} aside={finding.seen ? undefined : <Tag tone="bad">{m.findings_new()}</Tag>}>
          <p>{moment(finding.at * 1000)}</p>
          <Disclosure summary={m.findings_detail()}>
            <p><code>{finding.detail}</code></p>
          </Disclosure>
        </Card>
      ))}
      <Failure error={evidence.error ?? seen.error} />
      {evidence.data !== undefined && (
        <Notice kind="success" heading={m.files_written()} isLive>
          <p><code>{evidence.data.path}</code></p>
        </Notice>
      )}
      <Actions>
        <Button icon="shield" isBusy={evidence.isPending} onPress={() => { evidence.mutate({ lang: language }); }}>{m.files_evidence_do()}</Button>
        {findings.some((finding) => !finding.seen) && (
          <Button kind="second" isBusy={seen.isPending} onPress={() => { seen.mutate({}); }}>{m.findings_read()}</Button>
        )}
      </Actions>
    </>
  );
}

function kindWords(kind: FindingKind): string {
  switch (kind) {
    case 'fork':
      return m.finding_fork();
    case 'inconsistent':
      return m.finding_inconsistent();
    case 'rollback':
      return m.finding_rollback();
    case 'wrong_proof':
      return m.finding_wrong_proof();
    case 'keys_changed':
      return m.finding_keys_changed();
    case 'registry_refused':
      return m.finding_registry_refused();
    case 'forgotten':
      return m.finding_forgotten();
    case 'revocation_refused':
      return m.finding_revocation_refused();
    case 'status_not_published':
      return m.finding_status_not_published();
    case 'other':
      return m.finding_other();
  }
}
