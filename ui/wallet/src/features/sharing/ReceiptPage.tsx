// A consent's receipt: one page to print, and the same as a file in the terms of ISO/IEC TS 27560.
import { Actions, Button, Notice, SummaryList, useFormat } from '@assent/shared';
import type { Fact } from '@assent/shared';
import { useState } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Grants, GrantView } from '../../host/host';
import { AgencyMark } from '../../parts/AgencyMark';
import { stateWords } from '../../parts/GrantTag';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';
import { useAgreedFacts } from './AgreedCards';
import { backTo, OneGrant } from './OneGrant';
import { lawWords } from './words';

export function ReceiptPage({ id }: { id: string }) {
  return <OneGrant id={id}>{(grant, all) => <Receipt key={grant.id} grant={grant} all={all} />}</OneGrant>;
}

function Receipt({ grant, all }: { grant: GrantView; all: Grants }) {
  const save = useAct('grant_receipt');
  return (
    <WalletPage title={m.sharing_receipt_heading()} lede={m.sharing_receipt_lede()} back={backTo(grant)}>
      <div className="no-print stack">
        <Failure error={save.error} />
        {save.data !== undefined && (
          <Notice kind="success" isLive heading={m.part_saved_at()}>
            <p><code>{save.data.path}</code></p>
          </Notice>
        )}
        <Actions>
          <Button icon="print" onPress={() => { window.print(); }}>{m.part_print()}</Button>
          <Button kind="second" icon="download" isBusy={save.isPending} onPress={() => { save.mutate({ grant: grant.id }); }}>
            {m.sharing_receipt_save()}
          </Button>
        </Actions>
      </div>
      <Sheet grant={grant} all={all} />
    </WalletPage>
  );
}

function Sheet({ grant, all }: { grant: GrantView; all: Grants }) {
  const { moment, locale } = useFormat();
  const [now] = useState(() => Date.now());
  const agreed = useAgreedFacts(grant, all);
  const facts: Fact[] = [
    { key: 'who', term: m.sharing_fact_agency(), detail: <AgencyMark name={grant.agency_name} kind={grant.kind} /> },
    ...agreed,
    { key: 'basis', term: m.sharing_receipt_basis(), detail: grant.other_basis ? m.sharing_receipt_basis_other() : m.sharing_receipt_basis_consent() },
    { key: 'law', term: m.sharing_receipt_jurisdiction(), detail: lawWords(grant.jurisdiction, locale) },
    { key: 'state', term: m.sharing_receipt_state(), detail: stateWords(grant.state) },
    { key: 'number', term: m.sharing_receipt_number(), detail: <code>{grant.id}</code> },
  ];
  return (
    <article className="card sheet stack" aria-label={m.sharing_receipt_heading()}>
      <h2>{m.sharing_receipt_of({ agency: grant.agency_name })}</h2>
      <SummaryList facts={facts} />
      <h3>{m.sharing_promise_heading()}</h3>
      <blockquote className="promise" lang={grant.notice_lang}>{grant.notice.trim()}</blockquote>
      <h3>{m.sharing_receipt_rights_heading()}</h3>
      <p>{m.sharing_receipt_rights()}</p>
      <p className="help">{m.sharing_receipt_printed({ when: moment(now) })}</p>
    </article>
  );
}
