// What a person should do something about, the most pressing first.
import { Icon, useLanguage } from '@assent/shared';
import type { IconName } from '@assent/shared';
import type { Overview } from '../../host/host';
import { isPhraseChecked } from '../../session/remembered';
import { addressOf } from '../../session/route';
import { useAbout } from '../../session/Session';
import { m } from '../../words/messages';

interface Matter {
  icon: IconName;
  words: string;
  link: string;
  href: string;
  isUrgent?: true;
}

export function Attention({ overview }: { overview: Overview }) {
  useLanguage();
  const links = useAbout().data?.links ?? 0;
  const matters = mattersOf(overview, links);
  if (matters.length === 0) return null;
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">{m.home_attention()}</h2>
      <ul className="matters">
        {matters.map(({ icon, words, link, href, isUrgent }) => (
          <li key={href + words} className={isUrgent ? 'urgent' : undefined}>
            <Icon name={icon} />
            <p>{words}</p>
            <a href={href}>{link}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function mattersOf(overview: Overview, links: number): Matter[] {
  const matters: Matter[] = [];
  const { looks, openings, overdue } = overview;
  if (openings > 0)
    matters.push({ icon: 'siren', words: openings === 1 ? m.home_opened_one() : m.home_opened_many({ count: openings }), link: m.home_looks_see(), href: addressOf('looked'), isUrgent: true });
  if (overdue > 0)
    matters.push({ icon: 'warning', words: overdue === 1 ? m.home_overdue_one() : m.home_overdue_many({ count: overdue }), link: m.home_overdue_see(), href: addressOf('looked'), isUrgent: true });
  if (looks > openings)
    matters.push({ icon: 'eye', words: looks - openings === 1 ? m.home_looks_one() : m.home_looks_many({ count: looks - openings }), link: m.home_looks_see(), href: addressOf('looked') });
  if (links > 0) matters.push({ icon: 'inbox', words: m.home_link(), link: m.home_link_see(), href: addressOf('requests') });
  if (overview.ending > 0)
    matters.push({ icon: 'clock', words: overview.ending === 1 ? m.home_ends_one() : m.home_ends_many({ count: overview.ending }), link: m.home_ends_see(), href: addressOf('sharing') });
  if (overview.verifier === null) matters.push({ icon: 'link', words: m.home_no_service(), link: m.home_no_service_do(), href: addressOf('verifier') });
  if (overview.items === 0) matters.push({ icon: 'pencil', words: m.home_no_items(), link: m.home_no_items_do(), href: addressOf('information') });
  if (!isPhraseChecked()) matters.push({ icon: 'key', words: m.home_phrase(), link: m.home_phrase_do(), href: addressOf('phrase') });
  return matters;
}
