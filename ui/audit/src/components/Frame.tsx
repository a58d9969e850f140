// The frame of every page: a way past the top, the name, the language, the pages, and one main part.
import { LanguageChoice, Mark, useLanguage } from '@assent/shared';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { PageName } from '../session/route';
import { PAGES, addressOf } from '../session/route';
import { m } from '../words/messages';

/** Puts a page's content under the header; without a page there is nowhere to go yet. */
export function Frame({ page, children }: { page: PageName | null; children: ReactNode }) {
  const { language } = useLanguage();
  useEffect(() => {
    document.title = page === null ? m.app_name() : `${NAMES[page]()} – ${m.app_name()}`;
  }, [page, language]);
  return (
    <>
      <a className="skip-link" href="#main" onClick={toMain}>
        {m.skip_to_content()}
      </a>
      <header className="page-header">
        <p className="page-name">
          <Mark />
          {m.app_name()}
        </p>
        <LanguageChoice label={m.language_choice()} />
      </header>
      {page !== null && <Pages page={page} />}
      <main id="main" className="page-main" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

const NAMES: Record<PageName, () => string> = {
  overview: m.nav_overview,
  lists: m.nav_lists,
  grant: m.nav_grant,
  log: m.nav_log,
  figures: m.nav_figures,
};

function Pages({ page }: { page: PageName }) {
  return (
    <nav className="pages" aria-label={m.nav_label()}>
      <ul>
        {PAGES.map((each) => (
          <li key={each}>
            <a href={addressOf(each)} aria-current={each === page ? 'page' : undefined}>
              {NAMES[each]()}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The address's number sign names the page here, so the jump is made by hand. */
function toMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
