// What is asked: a token or a proof, pasted or from a file, and a time in UTC.
import { Actions, Button, Card, FileField, TextField, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { m } from '../../words/messages';

/** Hands on the text and the time in Unix milliseconds. */
export function GrantForm({ ask }: { ask: (given: string, at: number) => void }) {
  useLanguage();
  const [given, setGiven] = useState('');
  const [moment, setMoment] = useState(() => new Date().toISOString().slice(0, 19));
  const at = Date.parse(`${moment}Z`);
  const [file, setFile] = useState<string | null>(null);
  const take = (chosen: File) => {
    setFile(chosen.name);
    void chosen.text().then(setGiven);
  };
  return (
    <Card>
      <Form className="stack" onSubmit={(event) => { event.preventDefault(); ask(given, at); }}>
        <TextField label={m.grant_given()} help={m.grant_given_help()} value={given} onChange={setGiven} rows={5} spellCheck={false} />
        <FileField label={m.grant_file()} accept=".json,.txt,.jwt,.tlog-proof" onFile={take} chosen={file} />
        <div className="field">
          <label htmlFor="grant-time">{m.grant_time()}</label>
          <input
            id="grant-time"
            type="datetime-local"
            step={1}
            required
            value={moment}
            onChange={(event) => { setMoment(event.target.value); }}
          />
        </div>
        <Actions>
          <Button type="submit">{m.grant_do()}</Button>
        </Actions>
      </Form>
    </Card>
  );
}
