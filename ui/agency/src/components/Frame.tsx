// The frame of every page: a way past the top, whose desk it is, who sits at it, the pages, and one main part.
import { Icon, LanguageChoice, Mark, useLanguage } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { SignedIn } from '../host/types';
import type { Section } from '../session/route';
import { addressOf } from '../session/route';
import { useIsLive } from '../session/live';
import { useSession } from '../session/session';
import { m } from '../words/messages';
import { Name } from './Name';
import { inLanguage } from './words';

interface FrameProps {
  section: Section | null;
  /** The pages that this person's roles open. */
  sections: readonly Section[];
  children: ReactNode;
}

/** Puts a page's content under the bar and beside the rail. */
export function Frame({ section, sections, children }: FrameProps) {
  const { language } = useLanguage();
  const { user } = useSession();
  useEffect(() => {
    document.title = section === null ? m.app_name() : `${NAMES[section]()} – ${m.app_name()}`;
  }, [section, language]);
  return (
    <>
      <a className="skip-link" href="#main" onClick={toMain}>
        {m.skip_to_content()}
      </a>
      <Bar user={user} />
      <div className="desk">
        {sections.length > 0 && <Rail section={section} sections={sections} />}
        <main id="main" className="page-main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}

export const NAMES: Record<Section, () => string> = {
  ask: m.nav_ask,
  consents: m.nav_consents,
  control: m.nav_control,
  check: m.nav_check,
  officer: m.nav_officer,
  admin: m.nav_admin,
  account: m.nav_account,
};

const ICONS: Record<Section, IconName> = {
  ask: 'inbox',
  consents: 'share',
  control: 'siren',
  check: 'shield',
  officer: 'eye',
  admin: 'settings',
  account: 'person',
};

function Bar({ user }: { user: SignedIn | null }) {
  const { language } = useLanguage();
  const { session, leave } = useSession();
  return (
    <header className="bar">
      <Mark />
      <p className="bar-agency">
        <strong>{session === null ? m.app_name() : <Name text={inLanguage(session.agency_names, language)} />}</strong>
        <span>{m.app_name()}</span>
      </p>
      <div className="bar-user">
        {user !== null && (
          <a className="who" href={addressOf('account')}>
            <Name text={user.name} most={40} />
            <span>{m.known_as({ actor: user.actor })}</span>
          </a>
        )}
        <LanguageChoice label={m.language_choice()} />
        {user !== null && (
          <button type="button" className="link-button" onClick={() => void leave()}>
            {m.sign_out()}
          </button>
        )}
      </div>
    </header>
  );
}

function Rail({ section, sections }: { section: Section | null; sections: readonly Section[] }) {
  const isLive = useIsLive();
  return (
    <nav className="rail" aria-label={m.nav_label()}>
      <ul>
        {sections.map((each) => (
          <li key={each}>
            <a href={addressOf(each)} aria-current={each === section ? 'page' : undefined}>
              <Icon name={ICONS[each]} />
              {NAMES[each]()}
            </a>
          </li>
        ))}
        <li>
          <span className={isLive ? 'live-dot' : 'live-dot off'} role="status">
            {isLive ? m.live_on() : m.live_off()}
          </span>
        </li>
      </ul>
    </nav>
  );
}

/** The address's number sign names the page here, so the jump is made by hand. */
function toMain(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
