// Sums over the whole log.
import { useLanguage } from '@assent/shared';
import { KINDS, inForce, kindOf } from '../../audit/figures';
import type { Kind } from '../../audit/figures';
import type { Replay } from '../../audit/replay';
import { Facts } from '../../components/Facts';
import { number } from '../../components/format';
import { KIND_NAMES } from '../../components/kinds';
import { m } from '../../words/messages';

/** How much of each kind the log has; the time in Unix milliseconds. */
export function Totals({ replay, now }: { replay: Replay; now: number }) {
  const { language } = useLanguage();
  const counts: Record<Kind, number> = { granted: 0, revoked: 0, suspended: 0, resumed: 0, acts: replay.acts.length };
  for (const change of replay.changes) counts[kindOf(change)] += 1;
  const facts = KINDS.map((kind) => [KIND_NAMES[kind](), number(counts[kind], language)] as const);
  return (
    <section className="card stack" aria-labelledby="totals-heading">
      <h2 id="totals-heading">{m.totals_heading()}</h2>
      <Facts facts={[[m.totals_in_force(), number(inForce(replay, now), language)], ...facts]} />
    </section>
  );
}
