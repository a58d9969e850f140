// What stands where data stood: that they are gone, and why.
import { Button, Notice, useFormat } from '@assent/shared';
import type { Gone, Held } from '../session/held';
import { m } from '../words/messages';

const WORDS: Record<Gone, readonly [heading: () => string, text: () => string]> = {
  withdrawn: [m.gone_withdrawn, m.gone_withdrawn_text],
  paused: [m.gone_paused, m.gone_paused_text],
  expired: [m.gone_expired, m.gone_expired_text],
  opening: [m.gone_opening, m.gone_opening_text],
  line: [m.gone_line, m.gone_line_text],
};

/** Says so at once, also to a screen reader. */
export function Withdrawn({ held, again }: { held: Extract<Held, { kind: 'gone' }>; again?: () => void }) {
  const format = useFormat();
  const [heading, text] = WORDS[held.why];
  return (
    <div role="alert">
      <Notice kind={held.why === 'line' ? 'offline' : 'warning'} heading={heading()}>
        <p>{text()}</p>
        <p className="soft">{m.gone_at({ when: format.moment(held.at * 1000) })}</p>
        {again !== undefined && (held.why === 'line' || held.why === 'opening') && <Button kind="second" onPress={again}>{m.gone_again()}</Button>}
      </Notice>
    </div>
  );
}
