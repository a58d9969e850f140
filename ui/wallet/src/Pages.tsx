// What is behind the door: the page that the address names, in the frame of an open wallet.
import { useLanguage } from '@assent/shared';
import { Frame } from './frame/Frame';
import { MorePage } from './frame/MorePage';
import { CardPage } from './features/card/CardPage';
import { LooksPage } from './features/looks/LooksPage';
import { OffersPage } from './features/offers/OffersPage';
import { ProofPage } from './features/proof/ProofPage';
import { OfferPage } from './features/requests/OfferPage';
import { RequestsPage } from './features/requests/RequestsPage';
import { ReviewPage } from './features/requests/ReviewPage';
import { SharePage } from './features/requests/SharePage';
import { GrantPage } from './features/sharing/GrantPage';
import { NarrowPage } from './features/sharing/NarrowPage';
import { ReceiptPage } from './features/sharing/ReceiptPage';
import { SharingPage } from './features/sharing/SharingPage';
import { StopAllPage } from './features/sharing/StopAllPage';
import { StopPage } from './features/sharing/StopPage';
import { HomePage } from './features/home/HomePage';
import { AddDocumentPage } from './features/information/DocumentPage';
import { ImportPage } from './features/information/ImportPage';
import { InformationPage } from './features/information/InformationPage';
import { ItemPage } from './features/information/ItemPage';
import { FindingsPage } from './features/settings/FindingsPage';
import { PassphrasePage } from './features/settings/PassphrasePage';
import { PhrasePage } from './features/settings/PhrasePage';
import { RemovePage } from './features/settings/RemovePage';
import { SettingsPage } from './features/settings/SettingsPage';
import { VerifierPage } from './features/settings/VerifierPage';
import { useRoute } from './session/route';
import type { Route } from './session/route';

export default function Pages() {
  useLanguage();
  const route = useRoute();
  return (
    <Frame page={route.name}>
      <PageOf key={window.location.hash} route={route} />
    </Frame>
  );
}

function PageOf({ route }: { route: Route }) {
  switch (route.name) {
    case 'home':
      return <HomePage />;
    case 'information':
      return <InformationPage />;
    case 'item':
      return <ItemPage path={route.about.path} />;
    case 'addDocument':
      return <AddDocumentPage />;
    case 'import':
      return <ImportPage />;
    case 'settings':
      return <SettingsPage />;
    case 'passphrase':
      return <PassphrasePage />;
    case 'phrase':
      return <PhrasePage />;
    case 'verifier':
      return <VerifierPage />;
    case 'findings':
      return <FindingsPage />;
    case 'remove':
      return <RemovePage />;
    case 'requests':
      return <RequestsPage />;
    case 'review':
      return <ReviewPage />;
    case 'share':
      return <SharePage />;
    case 'sharing':
      return <SharingPage />;
    case 'stopAll':
      return <StopAllPage />;
    case 'grant':
      return <GrantPage id={route.about.grant} />;
    case 'stop':
      return <StopPage id={route.about.grant} whom="one" />;
    case 'stopCircle':
      return <StopPage id={route.about.grant} whom="all" />;
    case 'narrow':
      return <NarrowPage id={route.about.grant} />;
    case 'receipt':
      return <ReceiptPage id={route.about.grant} />;
    case 'proof':
      return <ProofPage id={route.about.grant} />;
    case 'looked':
      return <LooksPage />;
    case 'card':
      return <CardPage />;
    case 'offers':
      return <OffersPage />;
    case 'offer':
      return <OfferPage id={route.about.offer} />;
    case 'more':
      return <MorePage />;
  }
}
