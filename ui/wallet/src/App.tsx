// The wallet: the shared frame around the page that is open.
import { Page, useLanguage } from '@assent/shared';
import { m } from '@assent/shared/words';
import { WelcomePage } from './features/welcome/WelcomePage';

export function App() {
  useLanguage();
  return (
    <Page name={m.app_name()} skipLabel={m.skip_to_content()} languageLabel={m.language_choice()}>
      <WelcomePage />
    </Page>
  );
}
