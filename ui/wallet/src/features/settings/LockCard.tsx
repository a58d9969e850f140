// When the wallet locks by itself, the passphrase, the recovery words, and what signing asks for.
import { Card, Checkbox, Select, SummaryList, useFormat, useToast } from '@assent/shared';
import { Failure } from '../../frame/Answered';
import type { Settings } from '../../host/host';
import { useAct } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

const MINUTES = [1, 2, 5, 10, 15, 30, 60];

export function LockCard({ settings }: { settings: Settings }) {
  const { duration } = useFormat();
  const change = useAct('settings_set');
  const say = useToast();
  const minutes = [...new Set([...MINUTES, settings.lock_after_minutes])].sort((one, other) => one - other);
  const saved = { onSuccess: () => { say(m.settings_saved()); } };
  return (
    <Card heading={m.settings_lock()}>
      <Failure error={change.error} />
      <Select
        label={m.settings_lock_after()}
        help={m.settings_lock_help()}
        options={minutes.map((each) => ({ value: each.toString(), label: duration(each * 60) }))}
        value={settings.lock_after_minutes.toString()}
        onChange={(next) => {
          change.mutate({ lock_after_minutes: Number(next) }, saved);
        }}
      />
      <Checkbox
        label={m.settings_ask_to_sign()}
        help={m.settings_ask_to_sign_help()}
        isSelected={settings.ask_to_sign}
        onChange={(ask_to_sign) => {
          change.mutate({ ask_to_sign }, saved);
        }}
      />
      <SummaryList
        facts={[
          { term: m.settings_passphrase(), detail: m.settings_passphrase_text(), action: <a href={addressOf('passphrase')}>{m.settings_passphrase_change()}</a> },
          { term: m.settings_phrase(), detail: m.settings_phrase_text(), action: <a href={addressOf('phrase')}>{m.settings_phrase_see()}</a> },
        ]}
      />
    </Card>
  );
}
