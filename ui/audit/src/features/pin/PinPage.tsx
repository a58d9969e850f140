// The first visit: which key the log must be signed with.
import { Actions, Button, Card, ErrorSummary, Notice, TextField, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Failure } from '../../components/Failure';
import { Title } from '../../components/Title';
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
  const faultOf = (field: Field) => (wrong === field ? wordsOf(field) : null);
  return (
    <div className="stack wide">
      <Title heading={m.pin_heading()} lede={m.pin_lede()} />
      {wrong !== null && (
        <ErrorSummary key={wrong} heading={m.problem()} happened={wordsOf(wrong)} todo={helpOf(wrong)} />
      )}
      <Failure again={submit} />
      <Card>
        <Form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <TextField label={m.pin_key()} help={m.pin_key_help()} value={key} onChange={setKey} error={faultOf('key')} rows={3} spellCheck={false} />
          {isNamed && <Notice kind="warning">{m.pin_named_note()}</Notice>}
          <Button kind="quiet" icon="key" onPress={fill}>{m.pin_named()}</Button>
          <TextField
            label={m.pin_witnesses()}
            help={m.pin_witnesses_help()}
            value={witnesses}
            onChange={setWitnesses}
            error={faultOf('witnesses')}
            rows={2}
            spellCheck={false}
            isOptional
          />
          <Actions>
            <Button type="submit" icon="lock">{m.pin_do()}</Button>
          </Actions>
        </Form>
      </Card>
      <Trust />
    </div>
  );
}

function wordsOf(field: Field): string {
  return field === 'key' ? m.pin_key_bad() : m.pin_witnesses_bad();
}

function helpOf(field: Field): string {
  return field === 'key' ? m.pin_key_help() : m.pin_witnesses_help();
}
