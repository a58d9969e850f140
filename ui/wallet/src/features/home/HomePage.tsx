// The first page: who may see something now, what needs attention, who looked last.
import { Card, Icon, LinkButton, useFormat, useLanguage } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { Answered } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Overview } from '../../host/host';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { Attention } from './Attention';
import { LastLooks } from './LastLooks';
import { NewKeys } from './NewKeys';

export function HomePage() {
  useLanguage();
  const overview = useAnswer('overview', {});
  return (
    <WalletPage title={m.home_heading()}>
      <Answered query={overview}>
        {(told) => (
          <>
            <InForce overview={told} />
            <NewKeys changes={told.key_changes} />
            <Attention overview={told} />
            <LastLooks />
            <Tiles overview={told} />
          </>
        )}
      </Answered>
    </WalletPage>
  );
}

function InForce({ overview: { in_force, paused, ending } }: { overview: Overview }) {
  return (
    <section className={`in-force${in_force === 0 ? ' none' : ''}`} aria-labelledby="in-force">
      <Icon name={in_force === 0 ? 'lock' : 'shield'} />
      <div>
        <h2 id="in-force">{inForceWords(in_force)}</h2>
        <p>{in_force === 0 ? m.home_none_text() : m.home_some_text()}</p>
        <p className="in-force-more">
          {paused > 0 && <span>{paused === 1 ? m.home_paused_one() : m.home_paused_many({ count: paused })}</span>}
          {ending > 0 && <span>{ending === 1 ? m.home_ending_one() : m.home_ending_many({ count: ending })}</span>}
        </p>
      </div>
      {in_force + paused > 0 && <LinkButton kind="second" href={addressOf('sharing')}>{m.home_see_sharing()}</LinkButton>}
    </section>
  );
}

function inForceWords(count: number): string {
  if (count === 0) return m.home_none();
  return count === 1 ? m.home_one() : m.home_many({ count });
}

function Tiles({ overview }: { overview: Overview }) {
  const tiles: { href: string; icon: IconName; name: string; text: string }[] = [
    { href: addressOf('information'), icon: 'person', name: m.nav_information(), text: useItemsWords(overview.items) },
    { href: addressOf('requests'), icon: 'inbox', name: m.nav_requests(), text: m.home_requests() },
    { href: addressOf('card'), icon: 'card', name: m.nav_card(), text: m.home_card() },
    { href: addressOf('looked'), icon: 'eye', name: m.nav_looked(), text: m.home_looked() },
  ];
  return (
    <Card heading={m.home_go_on()}>
      <ul className="tiles">
        {tiles.map(({ href, icon, name, text }) => (
          <li key={href}>
            <a href={href}>
              <span className="tile-sign"><Icon name={icon} /></span>
              <span>
                <strong>{name}</strong>
                <span className="tile-text">{text}</span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function useItemsWords(count: number): string {
  const { number } = useFormat();
  if (count === 0) return m.home_items_none();
  return count === 1 ? m.home_items_one() : m.home_items({ count: number(count) });
}
