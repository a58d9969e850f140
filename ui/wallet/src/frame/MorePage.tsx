// The pages that have no room at the foot of a phone.
import { Icon } from '@assent/shared';
import { addressOf } from '../session/route';
import { m } from '../words/messages';
import { PLACES } from './Frame';
import { WalletPage } from './WalletPage';

export function MorePage() {
  return (
    <WalletPage title={m.nav_more()}>
      <ul className="more">
        {PLACES.filter(({ isFirst }) => isFirst === undefined).map(({ page, icon, name }) => (
          <li key={page}>
            <a href={addressOf(page)}>
              <Icon name={icon} />
              {name()}
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </WalletPage>
  );
}
