// A verdict in words, with a sign that does not rely on colour.
import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'unknown';

const SIGNS: Record<Tone, string> = {
  good: 'M5 13l5 5L20 7',
  bad: 'M6 6l12 12M18 6L6 18',
  unknown: 'M12 5v9M12 18.5v.5',
};

/** Says how it stands; a bad one is told at once by a screen reader. */
export function Verdict({ tone, heading, children }: { tone: Tone; heading: string; children?: ReactNode }) {
  return (
    <div className={`verdict ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={SIGNS[tone]} />
      </svg>
      <div>
        <h2>{heading}</h2>
        {children}
      </div>
    </div>
  );
}
