// The first visit: which key the log must be signed with.
import { ErrorSummary, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { FieldError, Form, Label, Text, TextArea, TextField } from 'react-aria-components';
import { Failure } from '../../components/Failure';
import { Trust } from '../../components/Trust';
import { useAudit } from '../../session/session';
import { m } from '../../words/messages';
import { isLogKey, linesOf, witnessesHold } from './keys';

type Field = 'key' | 'witnesses';

/** Asks for the log's key and pins it. */
export function PinPage() {
  useLanguage();
  const { auditor, pin } = useAudit();
  const [key, setKey] = useState('');
  const [witnesses, setWitnesses] = useState('');
  const [isNamed, setIsNamed] = useState(false);
  const [wrong, setWrong] = useState<Field | null>(null);

  const submit = () => {
    const fault = isLogKey(key) ? (witnessesHold(witnesses) ? null : 'witnesses') : 'key';
    setWrong(fault);
    if (fault === null) void pin(key.trim(), linesOf(witnesses));
  };
  const fill = () => {
    void auditor.namedKey().then(
      (named) => {
        setKey(named);
        setIsNamed(true);
      },
      // Pinning asks the verifier as well, and tells why it cannot.
      submit,
    );
  };
  return (
    <div className="stack wide">
      <h1>{m.pin_heading()}</h1>
      <p className="lede">{m.pin_lede()}</p>
      {wrong !== null && <ErrorSummary heading={m.problem()} happened={wordsOf(wrong)} todo={m.pin_key_help()} />}
      <Failure again={submit} />
      <Form className="card stack form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <KeyField value={key} onChange={setKey} isWrong={wrong === 'key'} />
        {isNamed && <p className="warning">{m.pin_named_note()}</p>}
        <button type="button" className="button secondary" onClick={fill}>
          {m.pin_named()}
        </button>
        <WitnessField value={witnesses} onChange={setWitnesses} isWrong={wrong === 'witnesses'} />
        <button type="submit" className="button">
          {m.pin_do()}
        </button>
      </Form>
      <Trust />
    </div>
  );
}

interface FieldProps {
  value: string;
  onChange: (value: string) => void;
  isWrong: boolean;
}

function KeyField({ value, onChange, isWrong }: FieldProps) {
  return (
    <TextField value={value} onChange={onChange} isInvalid={isWrong} isRequired validationBehavior="aria">
      <Label>{m.pin_key()}</Label>
      <Text slot="description">{m.pin_key_help()}</Text>
      <FieldError>{m.pin_key_bad()}</FieldError>
      <TextArea rows={3} spellCheck="false" className="mono" />
    </TextField>
  );
}

function WitnessField({ value, onChange, isWrong }: FieldProps) {
  return (
    <TextField value={value} onChange={onChange} isInvalid={isWrong} validationBehavior="aria">
      <Label>{m.pin_witnesses()}</Label>
      <Text slot="description">{m.pin_witnesses_help()}</Text>
      <FieldError>{m.pin_witnesses_bad()}</FieldError>
      <TextArea rows={2} spellCheck="false" className="mono" />
    </TextField>
  );
}

function wordsOf(field: Field): string {
  return field === 'key' ? m.pin_key_bad() : m.pin_witnesses_bad();
}
