// Forgetting a verifier: what it costs, and a second press.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import { useAudit } from '../session/session';
import { m } from '../words/messages';

/** Forgets the pinned key and everything seen, after asking once more. */
export function Forget() {
  useLanguage();
  const { forget } = useAudit();
  const [isAsked, setIsAsked] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" className="button secondary" onClick={() => { setIsAsked(true); }}>
        {m.forget_do()}
      </button>
    );
  }
  return (
    <div className="stack" role="group" aria-label={m.forget_do()}>
      <p>{m.forget_text()}</p>
      <div className="row">
        <button type="button" className="button danger" onClick={forget}>
          {m.forget_sure()}
        </button>
        <button type="button" className="button secondary" onClick={() => { setIsAsked(false); }}>
          {m.forget_keep()}
        </button>
      </div>
    </div>
  );
}
