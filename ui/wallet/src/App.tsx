// The wallet: what comes before it is open, then its pages. They are a file of their own, fetched once the door is
// painted, so that the passphrase can be typed sooner.
import { Loading, useLanguage } from '@assent/shared';
import { Suspense, lazy, useEffect } from 'react';
import type { ReactNode } from 'react';
import { StartPages } from './features/start/StartPages';
import { Session } from './session/Session';

const fetchPages = () => import('./Pages');
const Pages = lazy(fetchPages);

export function App() {
  useLanguage();
  return (
    <Session before={(about, setup) => <Ahead><StartPages about={about} setup={setup} /></Ahead>}>
      <Suspense fallback={<main className="alone"><Loading /></main>}>
        <Pages />
      </Suspense>
    </Session>
  );
}

/** While somebody is at the door, what is behind it is made ready. */
function Ahead({ children }: { children: ReactNode }) {
  useEffect(() => {
    void fetchPages();
  }, []);
  return children;
}
