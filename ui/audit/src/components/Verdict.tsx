// A verdict in words, with a sign that does not rely on colour.
import { Icon } from '@assent/shared';
import type { IconName } from '@assent/shared';
import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'unknown';

const SIGNS: Record<Tone, IconName> = { good: 'tick', bad: 'cross', unknown: 'info' };

/** Says how it stands; a bad one is told at once by a screen reader. */
export function Verdict({ tone, heading, children }: { tone: Tone; heading: string; children?: ReactNode }) {
  return (
    <div className={`verdict ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <span className="verdict-sign">
        <Icon name={SIGNS[tone]} />
      </span>
      <div>
        <h2>{heading}</h2>
        {children}
      </div>
    </div>
  );
}
