// A page of the wallet: its heading, which takes the focus after a move, the way back, and the window's title.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '@assent/shared';
import { useMoved } from '../session/route';
import { m } from '../words/messages';

interface WalletPageProps {
  title: string;
  lede?: ReactNode;
  /** The page above this one. */
  back?: { href: string; title: string } | { href: string; words: string };
  /** Beside the heading. */
  aside?: ReactNode;
  children: ReactNode;
}

/** Every page is one of these. */
export function WalletPage({ title, lede, back, aside, children }: WalletPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${m.app_name()}`;
  }, [title]);
  useMoved(() => {
    window.scrollTo(0, 0);
    // An error that is there from the start has the focus already, and keeps it.
    if (document.activeElement?.getAttribute('role') !== 'alert') heading.current?.focus();
  });
  return (
    <div className="wallet-page">
      {back !== undefined && (
        <a className="back" href={back.href}>
          <Icon name="back" />
          {'words' in back ? back.words : m.back_to({ page: back.title })}
        </a>
      )}
      <div className="page-head">
        <h1 tabIndex={-1} ref={heading}>{title}</h1>
        {aside}
      </div>
      {lede !== undefined && <p className="lede">{lede}</p>}
      {children}
    </div>
  );
}
