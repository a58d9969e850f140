// What is held about one grant, for the person who asks for it (GDPR Article 15).
import { Button, Card, TextField, useLanguage, useToast } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Trouble } from '../../components/Trouble';
import { saveFile } from '../../components/saveFile';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Asks which consent and why, and saves the file. */
export function AccessPart() {
  useLanguage();
  const host = useHost();
  const say = useToast();
  const [asked, setAsked] = useState({ grant: '', reason: '' });
  const fetchFile = useMutation({
    mutationFn: () => host.file('subject-access', { grant: asked.grant.trim(), reason: asked.reason.trim() }),
    onSuccess: (file) => {
      saveFile(file, `subject-access-${asked.grant.trim()}.json`);
      say(m.access_done());
    },
  });
  return (
    <Card>
      <p>{m.access_text()}</p>
      <Trouble error={fetchFile.error} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          fetchFile.mutate();
        }}
      >
        <TextField label={m.fact_number()} help={m.access_number_help()} value={asked.grant} onChange={(grant) => { setAsked({ ...asked, grant }); }} width="medium" spellCheck={false} autoComplete="off" />
        <TextField label={m.access_reason()} help={m.access_reason_help()} value={asked.reason} onChange={(reason) => { setAsked({ ...asked, reason }); }} />
        <Button type="submit" icon="download" isBusy={fetchFile.isPending}>{m.access_do()}</Button>
      </form>
    </Card>
  );
}
