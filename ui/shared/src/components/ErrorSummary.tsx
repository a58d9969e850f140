// What went wrong and what to do, where nobody can miss it.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

interface ErrorSummaryProps {
  heading: string;
  happened: string;
  todo: string;
  /** What can be done about it here. */
  children?: ReactNode;
}

/** Shows an error in two lines and takes the focus, so that a screen reader starts there. */
export function ErrorSummary({ heading, happened, todo, children }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{heading}</h2>
      <p>{happened}</p>
      <p>{todo}</p>
      {children}
    </div>
  );
}
