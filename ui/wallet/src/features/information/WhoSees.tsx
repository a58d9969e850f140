// Who may see an item now, and how far it opens in an emergency.
import { Card, useFormat } from '@assent/shared';
import type { DataItem } from '../../host/host';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function WhoSees({ item }: { item: DataItem }) {
  const { day } = useFormat();
  return (
    <Card heading={m.sees_heading()}>
      {item.seen_by.length === 0 ? (
        <p>{m.sees_nobody()}</p>
      ) : (
        <ul className="sees">
          {item.seen_by.map((seen) => (
            <li key={seen.grant}>
              <a href={addressOf('grant', { grant: seen.grant })}>{seen.agency}</a>
              <span className="help">{seen.on_incident ? m.sees_emergency({ day: day(seen.ends_at) }) : m.sees_until({ day: day(seen.ends_at) })}</span>
            </li>
          ))}
        </ul>
      )}
      {item.special && <p className="help">{m.sees_special()}</p>}
      <p className="help">{item.tier >= 4 ? m.sees_never() : m.sees_tier()}</p>
    </Card>
  );
}
