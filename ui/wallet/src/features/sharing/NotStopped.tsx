// What taking consents back does not stop, told before and after.
import { Card, useFormat } from '@assent/shared';
import type { GrantView } from '../../host/host';
import { m } from '../../words/messages';

export function NotStopped({ grants }: { grants: GrantView[] }) {
  const { list } = useFormat();
  const recipients = [...new Set(grants.flatMap((grant) => grant.recipients))];
  return (
    <Card heading={m.sharing_stop_not_heading()}>
      <ul className="told">
        {grants.some(({ state }) => state !== 'waiting') && <li>{m.sharing_stop_not_read()}</li>}
        {grants.filter(({ other_basis }) => other_basis).map(({ id, agency_name: agency, basis_words: basis }) => (
          <li key={id}>{m.sharing_stop_not_basis({ agency, basis })}</li>
        ))}
        {recipients.length > 0 && <li>{m.sharing_stop_not_passed({ names: list(recipients) })}</li>}
      </ul>
    </Card>
  );
}
