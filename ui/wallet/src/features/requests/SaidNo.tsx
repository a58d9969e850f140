// Requests that were answered with a no, and whether the agency knows.
import { Card, Disclosure, useFormat } from '@assent/shared';
import { useAnswer } from '../../session/ask';
import { m } from '../../words/messages';
import { deliveryWords } from './DeclinedStep';

export function SaidNo() {
  const { day } = useFormat();
  const declined = useAnswer('declined_list', {}).data?.declined ?? [];
  if (declined.length === 0) return null;
  return (
    <Card>
      <Disclosure summary={m.requests_declined_heading()}>
        <ul className="plain">
          {declined.map((one) => (
            <li key={one.statement}>
              <strong>{m.requests_declined_item({ agency: one.agency, date: day(one.at) })}</strong>
              <p className="help">{deliveryWords(one.delivery)}</p>
            </li>
          ))}
        </ul>
      </Disclosure>
    </Card>
  );
}
