// The frame of every page: a way past the top, the name, the language, the pages, and one main part.
import { Icon, LanguageChoice, Mark, useLanguage } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { PageName } from '../session/route';
import { PAGES, addressOf } from '../session/route';
import { m } from '../words/messages';

/** Puts a page's content beside the pages' names; without a page there is nowhere to go yet. */
export function Frame({ page, children }: { page: PageName | null; children: ReactNode }) {
  const { language } = useLanguage();
  useEffect(() => {
    document.title = page === null ? m.app_name() : `${NAMES[page]()} – ${m.app_name()}`;
  }, [page, language]);
  useFocusAfterMove(page);
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
      <div className="desk">
        {page !== null && <Pages page={page} />}
        <main id="main" className="page-main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}

const NAMES: Record<PageName, () => string> = {
  overview: m.nav_overview,
  lists: m.nav_lists,
  grant: m.nav_grant,
  log: m.nav_log,
  figures: m.nav_figures,
  duties: m.nav_duties,
};

const ICONS: Record<PageName, IconName> = {
  overview: 'shield',
  lists: 'tick',
  grant: 'clock',
  log: 'file',
  figures: 'chart',
  duties: 'eye',
};

function Pages({ page }: { page: PageName }) {
  return (
    <nav className="rail" aria-label={m.nav_label()}>
      <ul>
        {PAGES.map((each) => (
          <li key={each}>
            <a href={addressOf(each)} aria-current={each === page ? 'page' : undefined}>
              <Icon name={ICONS[each]} />
              {NAMES[each]()}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** After a move the heading has the focus, so that a screen reader starts with the page's name. */
function useFocusAfterMove(page: PageName | null): void {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    document.querySelector<HTMLElement>('main h1')?.focus();
    window.scrollTo(0, 0);
  }, [page]);
}

/** The address's number sign names the page here, so the jump is made by hand. */
function toMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
