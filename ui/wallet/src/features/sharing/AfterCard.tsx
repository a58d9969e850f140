// What the agency did since a consent ended: took note, deleted, or owes it.
import { Card, Icon, useFormat } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { useState } from 'react';
import type { EndingView, GrantView } from '../../host/host';
import { Evidence } from '../../parts/Evidence';
import { m } from '../../words/messages';

interface Line {
  icon: IconName;
  isLate?: true;
  words: string;
}

export function AfterCard({ grant, ending }: { grant: GrantView; ending: EndingView }) {
  const { day, duration } = useFormat();
  const [now] = useState(() => Date.now() / 1000);
  const lines = [...(grant.state === 'revoked' ? [notedLine(ending, duration)] : []), erasedLine(ending, day, now)];
  return (
    <Card heading={ending.how === 'revoked' ? m.sharing_after_heading() : m.sharing_after_heading_expired()}>
      <ul className="after">
        {lines.map(({ icon, isLate, words }) => (
          <li key={words} className={isLate === true ? 'late' : undefined}>
            <Icon name={icon} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
      {lines.some(({ isLate }) => isLate === true) && <Evidence />}
    </Card>
  );
}

function notedLine({ acknowledged_after: after }: EndingView, duration: (seconds: number) => string): Line {
  if (after === null) return { icon: 'clock', words: m.sharing_after_not_noted() };
  return { icon: 'tick', words: m.sharing_after_noted({ span: duration(Math.max(1, Math.ceil(after / 1000))) }) };
}

function erasedLine({ erased_at, looked, erase_by }: EndingView, day: (seconds: number) => string, now: number): Line {
  if (erased_at !== null) return { icon: 'tick', words: m.sharing_after_erased({ date: day(erased_at / 1000) }) };
  if (!looked) return { icon: 'tick', words: m.sharing_after_never_looked() };
  if (erase_by === null) return { icon: 'clock', words: m.sharing_after_not_erased() };
  if (erase_by < now) return { icon: 'warning', isLate: true, words: m.sharing_after_erase_late({ date: day(erase_by) }) };
  return { icon: 'clock', words: m.sharing_after_erase_by({ date: day(erase_by) }) };
}
