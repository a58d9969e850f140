// The auditor by name: what the operator needs, and the button that asks.
import { Actions, Button, Card, ConfirmDialog, ErrorSummary, SummaryList, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { registryEntry, thumbprintOf } from '../../audit/admission';
import type { Admission } from '../../audit/admission';
import type { Audit } from '../../audit/auditor';
import { Download } from '../../components/Download';
import { failureWords } from '../../components/Failure';
import { Steps } from '../../components/Reading';
import { useAdmission } from '../../session/admission';
import { m } from '../../words/messages';

/** Asks for the bodies; until the operator has admitted the key, says how that goes. */
export function Admitted({ admission, audit }: { admission: Admission; audit: Audit }) {
  useLanguage();
  const { told, step, failure, ask, stop } = useAdmission();
  const facts = [
    { term: m.key_id(), detail: <code>{admission.id}</code> },
    { term: m.admitted_thumbprint(), detail: <code>{thumbprintOf(admission)}</code> },
  ];
  return (
    <>
      {failure !== null && <ErrorSummary key={failure} heading={m.problem()} {...failureWords(failure)} />}
      <Card heading={admission.name} aside={<Leave />}>
        <SummaryList facts={facts} />
        {told === null && <p className="measure">{m.admitted_text()}</p>}
        {step !== null && <Steps step={step} />}
        <Actions>
          {step === null ? (
            <Button icon="eye" kind={told === null ? 'main' : 'second'} onPress={() => { ask(audit); }}>
              {told === null ? m.admitted_ask() : m.admitted_again()}
            </Button>
          ) : (
            <Button kind="second" icon="stop" onPress={stop}>{m.read_stop()}</Button>
          )}
          {told === null && (
            <Download name="auditor-entry.json" mediaType="application/json" text={() => registryEntry(admission)} label={m.admitted_entry()} />
          )}
        </Actions>
      </Card>
    </>
  );
}

function Leave() {
  useLanguage();
  const { leave } = useAdmission();
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button kind="quiet" icon="bin" onPress={() => { setIsAsked(true); }}>{m.admitted_leave()}</Button>
      <ConfirmDialog
        heading={m.admitted_leave()}
        isOpen={isAsked}
        onClose={() => { setIsAsked(false); }}
        confirm={m.admitted_leave_do()}
        onConfirm={leave}
        kind="danger"
      >
        <p>{m.admitted_leave_text()}</p>
      </ConfirmDialog>
    </>
  );
}
