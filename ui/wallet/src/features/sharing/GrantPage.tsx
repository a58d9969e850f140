// One consent: where it stands, what can be done, what was agreed to, what has happened.
import { Notice, useFormat } from '@assent/shared';
import { useState } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { HostError } from '../../host/host';
import type { Grants, GrantView } from '../../host/host';
import { GrantTag } from '../../parts/GrantTag';
import { KindSign } from '../../parts/AgencyMark';
import { m } from '../../words/messages';
import { ActionsCard } from './ActionsCard';
import { AfterCard } from './AfterCard';
import { AgreedCard, PromiseCard } from './AgreedCards';
import { HistoryCard } from './HistoryCard';
import { NotStopped } from './NotStopped';
import { backToSharing, OneGrant } from './OneGrant';
import { isOpen } from './groups';
import { nowWords, refusalWords } from './words';

export function GrantPage({ id }: { id: string }) {
  return <OneGrant id={id}>{(grant, all) => <Grant key={grant.id} grant={grant} all={all} />}</OneGrant>;
}

function Grant({ grant, all }: { grant: GrantView; all: Grants }) {
  const [news, setNews] = useState<string | null>(null);
  const [error, setError] = useState<HostError | null>(null);
  return (
    <WalletPage
      title={grant.agency_name}
      back={backToSharing()}
      aside={<span className="grant-aside"><KindSign kind={grant.kind} /><GrantTag grant={grant} /></span>}
    >
      <Failure error={error} />
      {news !== null && <Notice kind="success" isLive heading={news} />}
      <Stands grant={grant} />
      <ActionsCard grant={grant} all={all} tell={setNews} fail={setError} />
      {grant.ending !== null && <AfterCard grant={grant} ending={grant.ending} />}
      {grant.other_basis && isOpen(grant) && <NotStopped grants={[grant]} />}
      <AgreedCard grant={grant} all={all} />
      <PromiseCard grant={grant} />
      <HistoryCard grant={grant} />
    </WalletPage>
  );
}

/** Where it stands, and whether agencies are told the same. */
function Stands({ grant }: { grant: GrantView }) {
  const { moment } = useFormat();
  const kind = grant.becoming !== null || grant.state === 'waiting' ? 'offline' : 'info';
  const isListed = grant.state === 'valid' || grant.state === 'suspended' || grant.state === 'revoked';
  return (
    <Notice kind={grant.state === 'refused' || grant.share === 'too_large' ? 'warning' : kind} heading={nowWords(grant, moment)}>
      {isListed && grant.becoming === null && <p>{grant.published ? m.sharing_published_yes() : m.sharing_published_no()}</p>}
      {grant.refusal !== null && <p>{refusalWords(grant.refusal)}</p>}
      {grant.share === 'waits' && grant.state === 'valid' && <p>{m.sharing_share_waits()}</p>}
      {grant.share === 'too_large' && <p>{m.sharing_share_too_large()}</p>}
      {grant.share === 'no_key' && <p>{m.sharing_share_no_key()}</p>}
    </Notice>
  );
}
