// The frame before the wallet is open: the name, the language, and one question at a time.
import { Icon, LanguageChoice, Mark } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { SkipLink } from '../../frame/Frame';
import { m } from '../../words/messages';

/** Puts a step under the name. */
export function Gate({ children }: { children: ReactNode }) {
  return (
    <div className="gate">
      <SkipLink />
      <header className="gate-head">
        <p className="page-name">
          <Mark />
          {m.app_name()}
        </p>
        <LanguageChoice label={shared.language_choice()} />
      </header>
      <main id="main" className="gate-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

interface StepProps {
  title: string;
  lede?: ReactNode;
  back?: () => void;
  /** The step that the window opens with leaves the focus where it is. */
  isFirst?: boolean;
  children: ReactNode;
}

/** One question. Its heading takes the focus when it appears. */
export function Step({ title, lede, back, isFirst = false, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
  }, [isFirst]);
  useEffect(() => {
    document.title = `${title} – ${m.app_name()}`;
  }, [title]);
  return (
    <div className="step">
      {back !== undefined && (
        <button type="button" className="back" onClick={back}>
          <Icon name="back" />
          {m.start_back()}
        </button>
      )}
      <h1 tabIndex={-1} ref={heading}>{title}</h1>
      {lede !== undefined && <p className="lede">{lede}</p>}
      {children}
    </div>
  );
}
