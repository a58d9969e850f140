// The console: who is there first, then the page that the address names, if the person's roles open it.
import { ErrorSummary, Loading, Notice, ToastProvider, useLanguage } from '@assent/shared';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Frame } from './components/Frame';
import { AccountPage } from './features/account/AccountPage';
import { AdminPage } from './features/admin/AdminPage';
import { AskPage } from './features/ask/AskPage';
import { BuildPage } from './features/ask/BuildPage';
import { RequestPage } from './features/ask/RequestPage';
import { CheckPage } from './features/check/CheckPage';
import { ConsentPage } from './features/consents/ConsentPage';
import { ConsentsPage } from './features/consents/ConsentsPage';
import { ControlPage } from './features/control/ControlPage';
import { IncidentPage } from './features/control/IncidentPage';
import { ScreenPage } from './features/control/ScreenPage';
import { OfficerPage } from './features/officer/OfficerPage';
import { EndedPage } from './features/sign-in/EndedPage';
import { IdleBar } from './features/sign-in/IdleBar';
import { SetUpPage } from './features/sign-in/SetUpPage';
import { SignInPage } from './features/sign-in/SignInPage';
import { Heading } from './components/Heading';
import type { Host } from './host/host';
import type { Route } from './session/route';
import { sectionsOf, useRoute } from './session/route';
import { LiveProvider } from './session/live';
import { SessionProvider, useSession } from './session/session';
import { m } from './words/messages';

/** Everything; the way to the server comes from outside, so that tests can bring their own. */
export function App({ host }: { host: Host }) {
  const [queries] = useState(newQueries);
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider host={host}>
        <LiveProvider>
          <ToastProvider>
            <Desk />
          </ToastProvider>
        </LiveProvider>
      </SessionProvider>
    </QueryClientProvider>
  );
}

/** What is shown is told by events; nothing is asked again without a reason. */
function newQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false } } });
}

function Desk() {
  useLanguage();
  const { phase, session, user, turn } = useSession();
  const route = useRoute();
  if (phase === 'unreachable') return <Unreachable />;
  if (session === null) return <Frame section={null} sections={[]}><Loading /></Frame>;
  if (phase === 'out' || user === null) {
    return <Frame section={null} sections={[]}>{session.set_up ? <SetUpPage /> : <SignInPage session={session} />}</Frame>;
  }
  const sections = sectionsOf(user.roles);
  const shown = route ?? (sections[0] === undefined ? null : { section: sections[0], rest: [] });
  const isScreen = shown?.section === 'control' && shown.rest[1] === 'screen';
  const isEnded = phase === 'ended';
  const page = <PageOf key={JSON.stringify([turn, shown])} route={shown} isOpen={shown !== null && (shown.section === 'account' || sections.includes(shown.section))} />;
  return (
    <>
      {isEnded && <Frame section={null} sections={[]}><EndedPage session={session} user={user} /></Frame>}
      {/* What was typed stays in its fields; what was read is cleared by the page itself. */}
      <div hidden={isEnded}>
        {isScreen ? page : <Frame section={isEnded ? null : (shown?.section ?? null)} sections={sections}><IdleBar />{page}</Frame>}
      </div>
    </>
  );
}

function PageOf({ route, isOpen }: { route: Route | null; isOpen: boolean }) {
  if (route === null) return <><Heading>{m.no_role_heading()}</Heading><Notice>{m.no_role_text()}</Notice></>;
  if (!isOpen) return <><Heading>{m.no_page_heading()}</Heading><Notice>{m.no_page_text()}</Notice></>;
  const [about, part] = route.rest;
  switch (route.section) {
    case 'ask':
      return about === undefined ? <AskPage /> : about === 'new' ? <BuildPage /> : <RequestPage id={about} />;
    case 'consents':
      return about === undefined ? <ConsentsPage /> : <ConsentPage grant={about} />;
    case 'control':
      if (about === undefined) return <ControlPage />;
      return part === 'screen' ? <ScreenPage id={about} /> : <IncidentPage id={about} />;
    case 'check':
      return <CheckPage />;
    case 'officer':
      return <OfficerPage part={about} />;
    case 'admin':
      return <AdminPage />;
    case 'account':
      return <AccountPage />;
  }
}

function Unreachable() {
  return (
    <Frame section={null} sections={[]}>
      <ErrorSummary heading={m.problem()} happened={m.error_desk_unreachable()} todo={m.error_desk_unreachable_do()} />
    </Frame>
  );
}
