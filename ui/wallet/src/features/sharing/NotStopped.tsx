// What taking a consent back does not stop, told before and after.
import { Card, useFormat } from '@assent/shared';
import type { GrantView } from '../../host/host';
import { m } from '../../words/messages';

export function NotStopped({ grant }: { grant: GrantView }) {
  const { list } = useFormat();
  const agency = grant.agency_name;
  return (
    <Card heading={m.sharing_stop_not_heading()}>
      <ul className="told">
        {grant.state !== 'waiting' && <li>{m.sharing_stop_not_read()}</li>}
        {grant.other_basis && <li>{m.sharing_stop_not_basis({ agency, basis: grant.basis_words })}</li>}
        {grant.recipients.length > 0 && <li>{m.sharing_stop_not_passed({ names: list(grant.recipients) })}</li>}
      </ul>
    </Card>
  );
}
