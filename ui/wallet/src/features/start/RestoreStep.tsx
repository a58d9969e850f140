// A wallet from a backup file.
import { Actions, Button, FileField, Notice, PasswordField } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { base64Of } from '../../host/base64';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';
import { Step } from './Gate';

export function RestoreStep({ back }: { back: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const restore = useAct('restore');
  const submit = async () => {
    setIsMissing(file === null);
    if (file !== null) restore.mutate({ file: await base64Of(file), passphrase });
  };
  return (
    <Step title={m.restore_heading()} lede={m.restore_lede()} back={back}>
      <Failure error={restore.error} />
      <form className="form" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <FileField
          label={m.restore_file()}
          accept=".vault"
          onFile={setFile}
          chosen={file?.name ?? null}
          error={isMissing ? m.restore_no_file() : faultOf(restore.error, 'file')}
        />
        <PasswordField
          label={m.restore_passphrase()}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="current-password"
          error={faultOf(restore.error, 'passphrase')}
        />
        <Notice kind="info"><p>{m.restore_note()}</p></Notice>
        <Actions>
          <Button type="submit" isBusy={restore.isPending}>{m.restore_do()}</Button>
        </Actions>
      </form>
    </Step>
  );
}
