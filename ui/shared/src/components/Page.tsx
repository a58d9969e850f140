// The frame of every page: a way past the top, the name, the language, and one main part.
import type { ReactNode } from 'react';
import { LanguageChoice } from './LanguageChoice';
import { Mark } from './Mark';

interface PageProps {
  name: string;
  skipLabel: string;
  languageLabel: string;
  children: ReactNode;
}

/** Puts a page's content under the header that all pages share. */
export function Page({ name, skipLabel, languageLabel, children }: PageProps) {
  return (
    <>
      <a className="skip-link" href="#main">
        {skipLabel}
      </a>
      <header className="page-header">
        <p className="page-name">
          <Mark />
          {name}
        </p>
        <LanguageChoice label={languageLabel} />
      </header>
      <main id="main" className="page-main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
