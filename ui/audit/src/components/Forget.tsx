// Forgetting a verifier: what it costs, and a second press.
import { Button, ConfirmDialog, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { useAudit } from '../session/session';
import { m } from '../words/messages';

/** Forgets the pinned key and everything seen, after asking once more. */
export function Forget() {
  useLanguage();
  const { forget } = useAudit();
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button kind="quiet" icon="bin" onPress={() => { setIsAsked(true); }}>{m.forget_do()}</Button>
      <ConfirmDialog
        heading={m.forget_heading()}
        isOpen={isAsked}
        onClose={() => { setIsAsked(false); }}
        confirm={m.forget_sure()}
        onConfirm={forget}
        kind="danger"
      >
        <p>{m.forget_text()}</p>
      </ConfirmDialog>
    </>
  );
}
