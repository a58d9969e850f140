// A text to take along: it can be selected, and copied with one press.
import { Button, useLanguage } from '@assent/shared';
import { useId, useState } from 'react';
import { m } from '../words/messages';

/** Shows a text in a field that cannot be changed, with a button that copies it. */
export function Copy({ label, text }: { label: string; text: string }) {
  useLanguage();
  const id = useId();
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => { setIsCopied(true); },
      () => { document.getElementById(id)?.focus(); },
    );
  };
  return (
    <div className="field copy">
      <label htmlFor={id}>{label}</label>
      <div>
        <input id={id} readOnly value={text} onFocus={(event) => { event.currentTarget.select(); }} />
        <Button kind="second" onPress={copy}>{isCopied ? m.copied() : m.copy()}</Button>
      </div>
      <span className="visually-hidden" role="status">{isCopied ? m.copied() : ''}</span>
    </div>
  );
}
