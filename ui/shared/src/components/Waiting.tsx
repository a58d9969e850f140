// What stands while something is awaited.
import { ProgressBar } from 'react-aria-components';
import { m } from '../words/messages';

/** Said once to a screen reader; drawn only after a moment, so that quick answers do not flicker. */
export function Loading({ label }: { label?: string }) {
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {label ?? m.loading()}
    </p>
  );
}

interface ProgressProps {
  label: string;
  /** From 0 to 100. */
  value: number;
  text?: string;
}

/** How far something has come. */
export function Progress({ label, value, text }: ProgressProps) {
  return (
    <ProgressBar className="meter" value={value} {...(text === undefined ? {} : { valueLabel: text })} aria-label={label}>
      {({ percentage = 0, valueText }) => (
        <>
          <span className="meter-label">{label}</span>
          <span className="meter-value">{valueText}</span>
          <svg className="meter-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect className="meter-ground" width="100" height="4" />
            <rect className="meter-fill" width={percentage} height="4" />
          </svg>
        </>
      )}
    </ProgressBar>
  );
}
