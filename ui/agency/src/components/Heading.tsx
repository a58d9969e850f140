// A page's heading. It takes the focus when the page opens, so that a screen reader starts there.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { m } from '../words/messages';

interface HeadingProps {
  children: ReactNode;
  /** Where the page belongs to: its name and address. */
  back?: { name: string; href: string };
  lede?: ReactNode;
}

/** Heads a page. */
export function Heading({ children, back, lede }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <header className="page-heading">
      {back !== undefined && (
        <a className="back" href={back.href}>
          {m.back_to({ name: back.name })}
        </a>
      )}
      <h1 tabIndex={-1} ref={heading}>
        {children}
      </h1>
      {lede !== undefined && <p className="lede">{lede}</p>}
    </header>
  );
}
