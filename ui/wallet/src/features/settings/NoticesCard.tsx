// Whether the device tells that somebody looked or that a permission nears its end.
import { Card, Checkbox, useToast } from '@assent/shared';
import { Failure } from '../../frame/Answered';
import type { Settings } from '../../host/host';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';

export function NoticesCard({ settings }: { settings: Settings }) {
  const change = useAct('settings_set');
  const say = useToast();
  return (
    <Card heading={m.notices_heading()}>
      <Failure error={change.error} />
      <Checkbox
        label={m.notices_do()}
        help={m.notices_help()}
        isSelected={settings.notify}
        onChange={(notify) => {
          change.mutate({ notify }, { onSuccess: () => { say(m.settings_saved()); } });
        }}
      />
    </Card>
  );
}
