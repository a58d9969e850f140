// Sums over the whole log.
import { Card, useLanguage } from '@assent/shared';
import { KINDS, inForce, kindOf } from '../../audit/figures';
import type { Kind } from '../../audit/figures';
import type { Replay } from '../../audit/replay';
import { Tiles } from '../../components/Tiles';
import { number } from '../../components/format';
import { KIND_NAMES } from '../../components/kinds';
import { m } from '../../words/messages';

/** How much of each kind the log has; the time in Unix milliseconds. */
export function Totals({ replay, now }: { replay: Replay; now: number }) {
  const { language } = useLanguage();
  const counts: Record<Kind, number> = { granted: 0, revoked: 0, suspended: 0, resumed: 0, acts: replay.acts.length };
  for (const change of replay.changes) counts[kindOf(change)] += 1;
  const tiles = KINDS.map((kind) => ({ name: KIND_NAMES[kind](), value: number(counts[kind], language) }));
  return (
    <Card heading={m.totals_heading()}>
      <Tiles tiles={[{ name: m.totals_in_force(), value: number(inForce(replay, now), language) }, ...tiles]} />
    </Card>
  );
}
