// The frame of an unlocked wallet: a way past the top, the pages, the lock, news, and one main part.
import { Button, Icon, Mark } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import type { ReactNode } from 'react';
import { useAct } from '../session/ask';
import { addressOf } from '../session/route';
import type { PageName } from '../session/route';
import { useRounds } from '../session/round';
import { m } from '../words/messages';
import { Banners } from './Banners';

interface Place {
  page: 'home' | 'information' | 'requests' | 'sharing' | 'looked' | 'card' | 'offers' | 'settings' | 'more';
  icon: IconName;
  name: () => string;
  /** Where the name is too long for the foot of a phone. */
  shortName?: () => string;
  /** Where there is room for few, these stay. */
  isFirst?: true;
}

export const PLACES: readonly Place[] = [
  { page: 'home', icon: 'home', name: m.nav_home, isFirst: true },
  { page: 'information', icon: 'person', name: m.nav_information, shortName: m.nav_information_short, isFirst: true },
  { page: 'requests', icon: 'inbox', name: m.nav_requests, isFirst: true },
  { page: 'sharing', icon: 'share', name: m.nav_sharing, isFirst: true },
  { page: 'looked', icon: 'eye', name: m.nav_looked },
  { page: 'card', icon: 'card', name: m.nav_card },
  { page: 'offers', icon: 'gift', name: m.nav_offers },
  { page: 'settings', icon: 'settings', name: m.nav_settings },
];

/** The place in the navigation that a page belongs to. */
const ABOVE: Partial<Record<PageName, Place['page']>> = {
  import: 'information',
  addDocument: 'information',
  item: 'information',
  review: 'requests',
  share: 'sharing',
  stopAll: 'sharing',
  grant: 'sharing',
  stop: 'sharing',
  stopCircle: 'sharing',
  narrow: 'sharing',
  receipt: 'sharing',
  proof: 'sharing',
  offer: 'offers',
  findings: 'settings',
  passphrase: 'settings',
  phrase: 'settings',
  verifier: 'settings',
  remove: 'settings',
};

/** Puts a page beside the navigation. */
export function Frame({ page, children }: { page: PageName; children: ReactNode }) {
  useRounds();
  return (
    <div className="frame">
      <SkipLink />
      <header className="frame-head">
        <p className="page-name">
          <Mark />
          {m.app_name()}
        </p>
        <LockButton />
      </header>
      <Navigation page={page} />
      <main id="main" className="frame-main" tabIndex={-1}>
        <Banners />
        {children}
      </main>
    </div>
  );
}

function Navigation({ page }: { page: PageName }) {
  const here = ABOVE[page] ?? page;
  const isInMore = here === 'more' || PLACES.some((place) => place.page === here && place.isFirst === undefined);
  return (
    <nav className="places" aria-label={m.nav_label()}>
      <ul>
        {PLACES.map((place) => (
          <li key={place.page} className={place.isFirst === undefined ? 'place-rest' : undefined}>
            <PlaceLink place={place} isHere={place.page === here} />
          </li>
        ))}
        <li className="place-more">
          <PlaceLink place={{ page: 'more', icon: 'more', name: m.nav_more }} isHere={isInMore} />
        </li>
      </ul>
    </nav>
  );
}

function PlaceLink({ place, isHere }: { place: Place; isHere: boolean }) {
  return (
    <a href={addressOf(place.page)} aria-current={isHere ? 'page' : undefined}>
      <Icon name={place.icon} />
      {place.shortName !== undefined && <span className="place-short">{place.shortName()}</span>}
      <span className={place.shortName === undefined ? undefined : 'place-long'}>{place.name()}</span>
    </a>
  );
}

function LockButton() {
  const lock = useAct('lock');
  return (
    <Button kind="quiet" icon="lock" isBusy={lock.isPending} onPress={() => { lock.mutate({}); }}>
      {m.lock_now()}
    </Button>
  );
}

/** The address's number sign names the page here, so the jump is made by hand. */
export function SkipLink() {
  return (
    <a
      className="skip-link"
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      {shared.skip_to_content()}
    </a>
  );
}
