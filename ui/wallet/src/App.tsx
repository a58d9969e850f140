// The wallet: what comes before it is open, then the page that the address names.
import { useLanguage } from '@assent/shared';
import { Frame } from './frame/Frame';
import { MorePage } from './frame/MorePage';
import { HomePage } from './features/home/HomePage';
import { StartPages } from './features/start/StartPages';
import { Session } from './session/Session';
import { useRoute } from './session/route';
import type { Route } from './session/route';

export function App() {
  useLanguage();
  const route = useRoute();
  return (
    <Session locked={(about) => <StartPages about={about} />}>
      <Frame page={route.name}>
        <PageOf key={route.name} route={route} />
      </Frame>
    </Session>
  );
}

function PageOf({ route }: { route: Route }) {
  switch (route.name) {
    case 'home':
      return <HomePage />;
    case 'more':
      return <MorePage />;
    default:
      return <HomePage />;
  }
}
