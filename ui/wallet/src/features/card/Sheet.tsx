// The card itself: who may open it, and each step with what is written down there.
import { useFormat, valueText } from '@assent/shared';
import type { Card, CardTier } from '../../host/host';
import { ItemValue, useValueWords } from '../../parts/ItemValue';
import { m } from '../../words/messages';

interface SheetProps {
  card: Card;
  /** Whether what is written down stands on it, or only what it is about. */
  hasValues: boolean;
  asOf: string;
}

export function Sheet({ card, hasValues, asOf }: SheetProps) {
  const words = useValueWords();
  const { day } = useFormat();
  const name = card.name === null || !hasValues ? null : valueText('identity.name', card.name, words);
  const parties = card.parties.map((party) => party.name);
  return (
    <article className="card sheet emergency-card" aria-label={m.card_heading()}>
      <header className="emergency-head">
        <h2>{name === null ? m.card_of_nobody() : m.card_of({ name })}</h2>
        <p>{m.card_printed({ date: asOf })}</p>
      </header>
      <section>
        <h3>{m.card_who_heading()}</h3>
        <ul className="parties">
          {card.parties.map((party) => (
            <li key={`${party.name} ${party.ends_at.toString()}`}>
              <strong>{party.name}</strong> <span>{m.card_who_until({ date: day(party.ends_at) })}</span>
            </li>
          ))}
        </ul>
      </section>
      {card.tiers.map((tier) => <Tier key={tier.tier} tier={tier} parties={parties} hasValues={hasValues} />)}
      <footer>
        <p>{m.card_told()}</p>
        <p>{m.card_never()}</p>
      </footer>
    </article>
  );
}

interface TierProps {
  tier: CardTier;
  /** Everybody who may open something. */
  parties: readonly string[];
  hasValues: boolean;
}

/** To whom is said once where it is the same for every item. */
function Tier({ tier: { tier, items }, parties, hasValues }: TierProps) {
  const [first] = items;
  const same = first !== undefined && items.every(({ agencies }) => agencies.join() === first.agencies.join()) ? first.agencies : null;
  return (
    <section>
      <h3>
        <span className="tier-step">{m.card_tier_step({ tier })}</span> {tierWords(tier)}
      </h3>
      {same !== null && <p className="help"><OpensFor agencies={same} parties={parties} /></p>}
      <dl className="card-items">
        {items.map(({ path, label, value, agencies }) => (
          <div key={path}>
            <dt>{label}</dt>
            {hasValues && <dd>{value === null ? <span className="item-none">{m.card_missing()}</span> : <ItemValue path={path} value={value} />}</dd>}
            {same === null && <dd className="help"><OpensFor agencies={agencies} parties={parties} /></dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}

function OpensFor({ agencies, parties }: { agencies: readonly string[]; parties: readonly string[] }) {
  const { list } = useFormat();
  return new Set(parties).size === agencies.length ? m.card_seen_by_all() : m.card_seen_by({ names: list(agencies) });
}

function tierWords(tier: number): string {
  return [m.card_tier_0, m.card_tier_1, m.card_tier_2, m.card_tier_3][tier]?.() ?? '';
}
