// What is asked: a token or a proof, pasted or from a file, and a time in UTC.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Form, Label, Text, TextArea, TextField } from 'react-aria-components';
import { m } from '../../words/messages';

/** Hands on the text and the time in Unix milliseconds. */
export function GrantForm({ ask }: { ask: (given: string, at: number) => void }) {
  useLanguage();
  const [given, setGiven] = useState('');
  const [moment, setMoment] = useState(() => new Date().toISOString().slice(0, 19));
  const at = Date.parse(`${moment}Z`);
  const take = (file: File | undefined) => {
    void file?.text().then(setGiven);
  };
  return (
    <Form className="card stack form" onSubmit={(event) => { event.preventDefault(); ask(given, at); }}>
      <TextField value={given} onChange={setGiven} isRequired>
        <Label>{m.grant_given()}</Label>
        <Text slot="description">{m.grant_given_help()}</Text>
        <TextArea rows={6} spellCheck="false" className="mono" />
      </TextField>
      <label className="field">
        <span>{m.grant_file()}</span>
        <input type="file" onChange={(event) => { take(event.target.files?.[0]); }} />
      </label>
      <label className="field">
        <span>{m.grant_time()}</span>
        <input
          type="datetime-local"
          step={1}
          required
          value={moment}
          onChange={(event) => { setMoment(event.target.value); }}
        />
      </label>
      <button type="submit" className="button">
        {m.grant_do()}
      </button>
    </Form>
  );
}
