// Everything that is written down, by section, with who can see it; and what could be.
import { Actions, Card, EmptyState, Icon, LinkButton, useLanguage } from '@assent/shared';
import { Answered } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { DataItem, DataSection } from '../../host/host';
import { ItemValue, useFileFacts } from '../../parts/ItemValue';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function InformationPage() {
  const { language } = useLanguage();
  const data = useAnswer('data_list', { lang: language });
  const isEmpty = data.data?.sections.every(({ items }) => items.every(({ value }) => value === null)) ?? true;
  return (
    <WalletPage title={m.nav_information()} lede={m.information_lede()} aside={!isEmpty && <ImportLink />}>
      <Answered query={data}>
        {({ sections }) => (
          <>
            {isEmpty && <Nothing />}
            {sections.map((section) => (
              <Section key={section.id} section={section} />
            ))}
          </>
        )}
      </Answered>
    </WalletPage>
  );
}

function ImportLink() {
  return <LinkButton kind="second" icon="upload" href={addressOf('import')}>{m.information_import()}</LinkButton>;
}

function Nothing() {
  return (
    <EmptyState icon="pencil" heading={m.information_none()}>
      <p>{m.information_none_text()}</p>
      <Actions>
        <LinkButton href={addressOf('item', { path: 'identity.name' })}>{m.information_begin()}</LinkButton>
        <ImportLink />
      </Actions>
    </EmptyState>
  );
}

function Section({ section }: { section: DataSection }) {
  const written = section.items.filter(({ value }) => value !== null);
  const free = section.items.filter(({ value }) => value === null);
  const takesFiles = section.id === 'documents';
  if (section.items.length === 0 && !takesFiles) return null;
  return (
    <Card heading={section.label}>
      {written.length > 0 && (
        <ul className="items">
          {written.map((item) => (
            <Written key={item.path} item={item} />
          ))}
        </ul>
      )}
      {(free.length > 0 || takesFiles) && (
        <ul className="free-items" aria-label={m.information_add({ section: section.label })}>
          {free.map((item) => (
            <li key={item.path}>
              <a href={addressOf('item', { path: item.path })}>
                <Icon name="plus" />
                {item.label}
              </a>
            </li>
          ))}
          {takesFiles && (
            <li>
              <a href={addressOf('addDocument')}>
                <Icon name="plus" />
                {m.document_heading()}
              </a>
            </li>
          )}
        </ul>
      )}
    </Card>
  );
}

function Written({ item }: { item: DataItem }) {
  return (
    <li>
      <div className="item-head">
        <h3>{item.label}</h3>
        <a href={addressOf('item', { path: item.path })} aria-label={m.information_change_named({ name: item.label })}>
          {m.information_change()}
        </a>
      </div>
      {item.shape === 'attachment' ? <FileFacts item={item} /> : <ItemValue path={item.path} value={item.value} />}
      <p className="item-seen">
        <Icon name={item.seen_by.length === 0 ? 'lock' : 'eye'} />
        {seenWords(item)}
      </p>
    </li>
  );
}

/** Its name stands above it already. */
function FileFacts({ item }: { item: DataItem }) {
  return <p>{useFileFacts(item).join(' · ')}</p>;
}

function seenWords({ seen_by }: DataItem): string {
  const names = [...new Set(seen_by.map(({ agency }) => agency))];
  if (names.length === 0) return m.information_seen_nobody();
  const now = new Set(seen_by.filter(({ on_incident }) => !on_incident).map(({ agency }) => agency));
  const [first = ''] = names;
  const who = names.length === 1 ? first : m.information_seen_many({ first, more: names.length - 1 });
  return now.size === 0 ? m.information_seen_emergency({ who }) : m.information_seen({ who });
}
