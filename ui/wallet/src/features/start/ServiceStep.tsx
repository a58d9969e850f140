// The consent service that passes decisions on.
import { Actions, Button, TextField } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { useAct } from '../../session/ask';
import { useTouch } from '../../session/touch';
import { m } from '../../words/messages';
import { Step } from './Gate';

export function ServiceStep({ suggested, done }: { suggested: string | null; done: () => void }) {
  useTouch();
  const [url, setUrl] = useState(suggested ?? '');
  const name = useAct('verifier_set');
  return (
    <Step title={m.service_heading()} lede={m.service_lede()}>
      <Failure error={name.error} />
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          name.mutate({ url }, { onSuccess: done });
        }}
      >
        <TextField
          label={m.service_address()}
          help={suggested === null ? m.service_address_help() : m.service_suggested()}
          type="url"
          inputMode="url"
          autoComplete="off"
          value={url}
          onChange={setUrl}
          error={faultOf(name.error, 'url')}
        />
        <Actions>
          <Button type="submit" isBusy={name.isPending}>{m.service_use()}</Button>
          <Button kind="quiet" onPress={done}>{m.service_later()}</Button>
        </Actions>
      </form>
    </Step>
  );
}
