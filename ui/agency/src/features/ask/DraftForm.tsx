// The words of a request: what for, what, how, how long, and the text that the citizen reads.
import { Actions, Button, Card, Select, TextField, useFormat, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Trouble } from '../../components/Trouble';
import { duration } from '../../components/time';
import { Refusal } from '../../host/refusal';
import type { Catalogue, Draft } from '../../host/types';
import { m } from '../../words/messages';
import { ANSWERS, DURATIONS, RETENTIONS, missing, withNotice } from './draft';
import { HowFields } from './HowFields';
import { ItemFields } from './ItemFields';
import { NoticeField } from './NoticeField';

export interface DraftProps {
  catalogue: Catalogue;
  draft: Draft;
  change: (draft: Draft) => void;
}

/** Fills in a draft. */
export function DraftForm({ catalogue, draft, change, back, next }: DraftProps & { back: () => void; next: () => void }) {
  useLanguage();
  const [error, setError] = useState<Refusal | null>(null);
  const check = () => {
    const field = missing(draft);
    setError(field === null ? null : new Refusal(`draft_${field}`));
    if (field === null) next();
  };
  return (
    <div className="stack wide">
      <Trouble error={error} />
      <Card heading={m.draft_purpose()}>
        <PurposeField catalogue={catalogue} draft={draft} change={change} />
      </Card>
      <ItemFields catalogue={catalogue} draft={draft} change={change} />
      <HowFields catalogue={catalogue} draft={draft} change={change} />
      <Card heading={m.draft_long()}>
        <LongFields draft={draft} change={change} />
      </Card>
      <Card heading={m.draft_notice()}>
        <p className="help">{m.draft_notice_help()}</p>
        <NoticeField language="en" text={draft.notice.en} change={(text) => { change(withNotice(draft, 'en', text)); }} />
        <NoticeField language="cy" text={draft.notice.cy} change={(text) => { change(withNotice(draft, 'cy', text)); }} />
      </Card>
      <Card heading={m.draft_own()}>
        <TextField label={m.draft_note()} help={m.draft_note_help()} value={draft.note} onChange={(note) => { change({ ...draft, note }); }} isOptional />
      </Card>
      <Actions>
        <Button onPress={check}>{m.draft_next()}</Button>
        <Button kind="second" onPress={back}>{m.back()}</Button>
      </Actions>
    </div>
  );
}

function PurposeField({ catalogue, draft, change }: DraftProps) {
  const code = draft.purposes[0] ?? '';
  const options = catalogue.purposes.map((purpose) => ({ value: purpose.code, label: purpose.label }));
  const chosen = catalogue.purposes.find((purpose) => purpose.code === code);
  return (
    <Select
      label={m.draft_purpose_label()}
      value={code}
      options={[...(code === '' ? [{ value: '', label: m.choose() }] : []), ...options]}
      onChange={(purpose) => { change({ ...draft, purposes: [purpose] }); }}
      {...(chosen === undefined ? {} : { help: chosen.explanation })}
    />
  );
}

function LongFields({ draft, change }: Omit<DraftProps, 'catalogue'>) {
  const format = useFormat();
  const terms = (known: readonly string[], own: string) =>
    (known.includes(own) ? known : [own, ...known]).map((iso) => ({ value: iso, label: duration(iso, format) }));
  const minutes = (ANSWERS.includes(draft.answer_within) ? ANSWERS : [draft.answer_within, ...ANSWERS]).map((value) => ({
    value: value.toString(),
    label: format.duration(value * 60),
  }));
  return (
    <>
      <Select label={m.draft_retention()} help={m.draft_retention_help()} value={draft.retention} options={terms(RETENTIONS, draft.retention)} onChange={(retention) => { change({ ...draft, retention }); }} />
      <Select label={m.draft_duration()} help={m.draft_duration_help()} value={draft.max_duration} options={terms(DURATIONS, draft.max_duration)} onChange={(max_duration) => { change({ ...draft, max_duration }); }} />
      <Select label={m.draft_answer()} value={draft.answer_within.toString()} options={minutes} onChange={(value) => { change({ ...draft, answer_within: Number(value) }); }} />
    </>
  );
}
