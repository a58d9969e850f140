// Everything that is shared: in force, paused, ended. Each can be stopped from here.
import { Actions, Card, Disclosure, EmptyState, LinkButton, Select, TextField, useFormat } from '@assent/shared';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Answered } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Grants, GrantView, WaitingAct } from '../../host/host';
import { LongList } from '../../parts/LongList';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { DecisionRow } from './DecisionRow';
import { decisionsOf, groupOf, isOpen, search } from './groups';
import type { Group, Shown } from './groups';
import { useGrants } from './useGrants';
import { actWords } from './words';

export function SharingPage() {
  const grants = useGrants();
  return (
    <WalletPage
      title={m.sharing_heading()}
      aside={<LinkButton kind="second" icon="plus" href={addressOf('share')}>{m.sharing_share_yourself()}</LinkButton>}
    >
      <Answered query={grants}>{(answer) => (answer.grants.length === 0 ? <Nothing /> : <Lists answer={answer} />)}</Answered>
    </WalletPage>
  );
}

function Nothing() {
  return (
    <EmptyState icon="share" heading={m.sharing_empty()}>
      <p>{m.sharing_empty_text()}</p>
      <Actions>
        <LinkButton href={addressOf('requests')}>{m.sharing_answer_request()}</LinkButton>
      </Actions>
    </EmptyState>
  );
}

/** Fewer are seen at one glance. */
const WORTH_A_SEARCH = 4;

function Lists({ answer: { grants, waiting } }: { answer: Grants }) {
  const { locale, number } = useFormat();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const found = search(grants, text, locale).filter((grant) => shown === 'all' || groupOf(grant) === shown);
  const of = (group: Group) => found.filter((grant) => groupOf(grant) === group);
  return (
    <>
      {waiting.length > 0 && <Waiting waiting={waiting} />}
      {grants.length >= WORTH_A_SEARCH && (
        <div className="finder" role="search" aria-label={m.sharing_find()}>
          <TextField type="search" label={m.sharing_find()} help={m.sharing_find_hint()} value={text} onChange={setText} />
          <Select<Shown> label={m.sharing_show()} value={shown} onChange={setShown} options={shownOptions()} />
          <p className="help" role="status">{m.sharing_shown({ count: number(found.length) })}</p>
        </div>
      )}
      {found.length === 0 && <p>{m.sharing_none_found()}</p>}
      <GroupList heading={m.sharing_group_open()} grants={of('open')} />
      <GroupList heading={m.sharing_group_paused()} grants={of('paused')} />
      <Ended grants={of('ended')} isFolded={text === '' && shown === 'all' && grants.some(isOpen)} />
      {grants.some(isOpen) && (
        <Actions>
          <LinkButton kind="second" icon="stop" href={addressOf('stopAll')}>{m.sharing_stop_all()}</LinkButton>
        </Actions>
      )}
    </>
  );
}

function shownOptions(): { value: Shown; label: string }[] {
  return [
    { value: 'all', label: m.sharing_show_all() },
    { value: 'open', label: m.sharing_show_open() },
    { value: 'paused', label: m.sharing_show_paused() },
    { value: 'ended', label: m.sharing_show_ended() },
  ];
}

function GroupList({ heading, grants }: { heading: string; grants: GrantView[] }) {
  if (grants.length === 0) return null;
  return (
    <section className="stack">
      <h2>{heading}</h2>
      <Rows grants={grants} />
    </section>
  );
}

function Ended({ grants, isFolded }: { grants: GrantView[]; isFolded: boolean }) {
  const { number } = useFormat();
  if (grants.length === 0) return null;
  if (!isFolded) return <GroupList heading={m.sharing_group_ended()} grants={grants} />;
  return (
    <Disclosure summary={`${m.sharing_group_ended()} (${number(grants.length)})`}>
      <Rows grants={grants} />
    </Disclosure>
  );
}

function Rows({ grants }: { grants: GrantView[] }): ReactNode {
  return (
    <LongList className="grants" rowName="card stack" entries={decisionsOf(grants)} keyOf={(decision) => (decision.kind === 'one' ? decision.grant.id : decision.id)}>
      {(decision) => <DecisionRow decision={decision} />}
    </LongList>
  );
}

function Waiting({ waiting }: { waiting: WaitingAct[] }) {
  const { moment } = useFormat();
  return (
    <Card heading={m.sharing_waiting_heading()}>
      <p>{m.sharing_waiting_text()}</p>
      <ul>
        {waiting.map(({ grant, agency, what, since }) => (
          <li key={`${grant} ${what}`}>
            {m.sharing_waiting_item({ what: actWords(what), agency, when: moment(since * 1000) })}
          </li>
        ))}
      </ul>
    </Card>
  );
}
