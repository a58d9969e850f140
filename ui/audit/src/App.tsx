// The auditor's pages: the key first, then the page that the address names.
import { useLanguage } from '@assent/shared';
import { Frame } from './components/Frame';
import type { Auditor } from './audit/auditor';
import type { State } from './audit/state';
import { FiguresPage } from './features/figures/FiguresPage';
import { GrantPage } from './features/grant/GrantPage';
import { ListPage } from './features/lists/ListPage';
import { LogPage } from './features/log/LogPage';
import { OverviewPage } from './features/overview/OverviewPage';
import { PinPage } from './features/pin/PinPage';
import type { PageName } from './session/route';
import { useRoute } from './session/route';
import { AuditProvider, useAudit } from './session/session';

/** Everything; the auditor and what the browser keeps come from outside, so that tests can bring their own. */
export function App({ auditor, state }: { auditor: Auditor; state: State }) {
  return (
    <AuditProvider auditor={auditor} state={state}>
      <Pages />
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
  }
}
