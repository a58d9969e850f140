// The auditor's pages: the key first, then the page that the address names.
import { useLanguage } from '@assent/shared';
import { Frame } from './components/Frame';
import type { Cabinet } from './audit/admission';
import type { Auditor } from './audit/auditor';
import type { Desk } from './audit/desk';
import type { State } from './audit/state';
import { DutiesPage } from './features/duties/DutiesPage';
import { FiguresPage } from './features/figures/FiguresPage';
import { GrantPage } from './features/grant/GrantPage';
import { ListPage } from './features/lists/ListPage';
import { LogPage } from './features/log/LogPage';
import { OverviewPage } from './features/overview/OverviewPage';
import { PinPage } from './features/pin/PinPage';
import { AdmissionProvider } from './session/admission';
import type { PageName } from './session/route';
import { useRoute } from './session/route';
import { AuditProvider, useAudit } from './session/session';

interface AppProps {
  auditor: Auditor;
  state: State;
  cabinet: Cabinet;
  desk: Desk;
  now: () => number;
}

/** Everything; what it asks and what the browser keeps come from outside, so that tests can bring their own. */
export function App({ auditor, state, cabinet, desk, now }: AppProps) {
  return (
    <AuditProvider auditor={auditor} state={state}>
      <AdmissionProvider cabinet={cabinet} desk={desk} now={now}>
        <Pages />
      </AdmissionProvider>
    </AuditProvider>
  );
}

function Pages() {
  useLanguage();
  const { isPinned } = useAudit();
  const page = useRoute();
  return <Frame page={isPinned ? page : null}>{isPinned ? <PageOf page={page} /> : <PinPage />}</Frame>;
}

function PageOf({ page }: { page: PageName }) {
  switch (page) {
    case 'overview':
      return <OverviewPage />;
    case 'lists':
      return <ListPage />;
    case 'grant':
      return <GrantPage />;
    case 'log':
      return <LogPage />;
    case 'figures':
      return <FiguresPage />;
    case 'duties':
      return <DutiesPage />;
  }
}
