// What these pages cannot promise: they came from whom they check.
import { useLanguage } from '@assent/shared';
import { m } from '../words/messages';

/** Says so, briefly. */
export function Trust() {
  useLanguage();
  return (
    <details className="trust">
      <summary>{m.trust_heading()}</summary>
      <p>{m.trust_text()}</p>
    </details>
  );
}
