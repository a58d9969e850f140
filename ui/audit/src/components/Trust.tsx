// What these pages cannot promise: they came from whom they check.
import { Disclosure, useLanguage } from '@assent/shared';
import { m } from '../words/messages';

/** Says so, briefly. */
export function Trust() {
  useLanguage();
  return (
    <Disclosure summary={m.trust_heading()}>
      <p className="measure">{m.trust_text()}</p>
    </Disclosure>
  );
}
