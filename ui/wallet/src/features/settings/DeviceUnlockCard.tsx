// Opening by the device's keychain: a second way in, made and closed with the passphrase.
import { Actions, Button, Card, PasswordField, Tag, useToast } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import type { DeviceUnlock } from '../../host/host';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';

export function DeviceUnlockCard({ unlock }: { unlock: DeviceUnlock }) {
  const [passphrase, setPassphrase] = useState('');
  const change = useAct('device_unlock_set');
  const say = useToast();
  const submit = () => {
    change.mutate(
      { on: !unlock.on, passphrase },
      {
        onSuccess: () => {
          setPassphrase('');
          say(m.settings_saved());
        },
      },
    );
  };
  return (
    <Card heading={m.device_heading()} aside={<Tag tone={unlock.on ? 'good' : 'plain'}>{unlock.on ? m.device_on() : m.device_off()}</Tag>}>
      <p>{m.device_text()}</p>
      <Failure error={change.error} />
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <PasswordField
          label={m.device_passphrase()}
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="current-password"
          error={faultOf(change.error, 'passphrase')}
        />
        <Actions>
          <Button kind="second" type="submit" isBusy={change.isPending}>{unlock.on ? m.device_switch_off() : m.device_switch_on()}</Button>
        </Actions>
      </form>
    </Card>
  );
}
