// Who the auditor is: an address and a name, and a key made here or taken from a file.
import { Actions, Button, Card, Disclosure, ErrorSummary, FileField, TextField, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { isAuditorId } from '../../audit/admission';
import { failureWords } from '../../components/Failure';
import { useAdmission } from '../../session/admission';
import { m } from '../../words/messages';

type Wrong = 'id' | 'name' | 'file';

/** Makes or takes a key, which then stays in this browser. */
export function KeyForm() {
  useLanguage();
  const { make, take, failure } = useAdmission();
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<Wrong | null>(null);

  const isComplete = (): boolean => {
    const fault = isAuditorId(id.trim()) ? (name.trim() === '' ? 'name' : null) : 'id';
    setWrong(fault);
    return fault === null;
  };
  const submit = () => {
    if (isComplete()) make(id.trim(), name.trim());
  };
  const takeFile = async (file: File) => {
    if (isComplete() && !(await take(id.trim(), name.trim(), await file.text()))) setWrong('file');
  };
  const faultOf = (field: Wrong) => (wrong === field ? WORDS[field]()[0] : null);
  return (
    <>
      {wrong !== null && <ErrorSummary key={wrong} heading={m.problem()} happened={WORDS[wrong]()[0]} todo={WORDS[wrong]()[1]} />}
      {failure !== null && <ErrorSummary key={failure} heading={m.problem()} {...failureWords(failure)} />}
      <Card heading={m.key_heading()}>
        <p className="measure">{m.key_text()}</p>
        <Form className="stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <TextField label={m.key_id()} help={m.key_id_help()} value={id} onChange={setId} error={faultOf('id')} inputMode="url" spellCheck={false} />
          <TextField label={m.key_name()} help={m.key_name_help()} value={name} onChange={setName} error={faultOf('name')} width="medium" />
          <Actions>
            <Button type="submit" icon="key">{m.key_make()}</Button>
          </Actions>
          <Disclosure summary={m.key_have()}>
            <FileField
              label={m.key_file()}
              help={m.key_file_help()}
              accept=""
              onFile={(file) => { void takeFile(file); }}
              error={faultOf('file')}
            />
          </Disclosure>
        </Form>
      </Card>
    </>
  );
}

/** What is wrong, and what to do. */
const WORDS: Record<Wrong, () => [happened: string, todo: string]> = {
  id: () => [m.key_id_bad(), m.key_id_help()],
  name: () => [m.key_name_bad(), m.key_name_help()],
  file: () => [m.key_file_bad(), m.key_file_help()],
};
