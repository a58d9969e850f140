// What is in force, what waits, and what needs attention.
import { WalletPage } from '../../frame/WalletPage';
import { m } from '../../words/messages';

export function HomePage() {
  return <WalletPage title={m.nav_home()}>{null}</WalletPage>;
}
