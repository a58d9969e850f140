// The way in: the passphrase, and how long to wait after wrong ones.
import { Actions, Button, Notice, PasswordField, useFormat } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import type { About } from '../../host/host';
import { useAct, useRefresh } from '../../session/ask';
import { useWasWrong } from '../../session/whyLocked';
import { m } from '../../words/messages';
import { Step } from './Gate';
import { useCountdown } from './useCountdown';

export function UnlockStep({ about, recover }: { about: About; recover: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const wasWrong = useWasWrong();
  const unlock = useAct('unlock', { isRefusalFresh: true });
  const byDevice = useAct('unlock_with_device');
  const wait = useCountdown(about.wait_seconds, useRefresh());
  const submit = () => {
    unlock.mutate({ passphrase }, { onError: () => { setPassphrase(''); } });
  };
  return (
    <Step title={m.unlock_heading()} lede={about.links > 0 ? m.unlock_links() : undefined} isFirst>
      {wasWrong && wait === 0 && unlock.error === null && (
        <Notice kind="warning" heading={m.unlock_was_wrong()} isLive>
          <p>{m.unlock_was_wrong_text()}</p>
        </Notice>
      )}
      {/* The wait is told below by itself, and counts down there. */}
      {wait === 0 && <Failure error={unlock.error ?? byDevice.error} />}
      {about.device_unlock && (
        <Button kind="second" icon="key" isBusy={byDevice.isPending} onPress={() => { byDevice.mutate({}); }}>{m.unlock_by_device()}</Button>
      )}
      {wait > 0 && <Wait seconds={wait} />}
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <PasswordField
          label={m.unlock_passphrase()}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="current-password"
          error={wait === 0 ? faultOf(unlock.error, 'passphrase') : null}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- there is nothing else to do here
          autoFocus
        />
        <Actions>
          <Button type="submit" icon="lock" isBusy={unlock.isPending} isDisabled={wait > 0}>{m.unlock_do()}</Button>
          <Button kind="quiet" onPress={recover}>{m.unlock_forgot()}</Button>
        </Actions>
      </form>
      <p className="help gate-place">{m.unlock_place()} <code>{about.vault}</code></p>
    </Step>
  );
}

/** Said once; the seconds go down in sight, and are not read out each time. */
function Wait({ seconds }: { seconds: number }) {
  const { duration } = useFormat();
  const [first] = useState(seconds);
  return (
    <Notice kind="warning" heading={m.unlock_wait_heading()} isLive>
      <p className="visually-hidden">{m.unlock_wait({ duration: duration(first) })}</p>
      <p aria-hidden="true">{m.unlock_wait({ duration: duration(seconds) })}</p>
      <p>{m.unlock_wait_why()}</p>
    </Notice>
  );
}
