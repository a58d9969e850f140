// Agencies that receive under another encryption key. Nothing but the registrar's word says that it is theirs: whoever
// shares with them is told, and can ask.
import { Button, Notice, useFormat } from '@assent/shared';
import type { KeyChanged } from '../../host/host';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';

export function NewKeys({ changes }: { changes: readonly KeyChanged[] }) {
  const { day } = useFormat();
  const told = useAct('key_changes_told');
  return changes.map(({ agency, contact, at }, nr) => (
    <Notice key={`${agency} ${String(at)}`} kind="warning" heading={m.home_key_heading({ agency })}>
      <p>{contact === null ? m.home_key_text_short() : m.home_key_text({ whom: contact })} {m.home_key_found({ date: day(at) })}</p>
      {/* One press is for all of them, and comes after the last. */}
      {nr === changes.length - 1 && (
        <Button kind="second" isBusy={told.isPending} onPress={() => { told.mutate({}); }}>{m.home_key_told()}</Button>
      )}
    </Notice>
  ));
}
