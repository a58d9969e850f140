// Every request that was made, and what became of it; a change is here as soon as it happened.
import { EmptyState, LinkButton, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import type { RequestView } from '../../host/types';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { RequestTag } from './RequestTag';
import { usePurposeNames } from '../../session/catalogue';

/** Lists requests, the newest first. */
export function AskPage() {
  useLanguage();
  const host = useHost();
  const requests = useQuery({ queryKey: ['requests'], queryFn: () => host.ask('requests', {lang: 'en'}) });
  return (
    <div className="stack wide">
      <Heading lede={m.ask_lede()}>{m.ask_heading()}</Heading>
      <LinkButton icon="plus" href={addressOf('ask', 'new')}>{m.ask_new()}</LinkButton>
      <Loaded query={requests}>
        {(all) =>
          all.requests.length === 0 ? (
            <EmptyState icon="inbox" heading={m.ask_none()}><p>{m.ask_none_text()}</p></EmptyState>
          ) : (
            <ul className="rows" aria-label={m.ask_heading()}>
              {all.requests.map((request) => (
                <RequestRow key={request.id} request={request} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function RequestRow({ request }: { request: RequestView }) {
  const format = useFormat();
  const nameOf = usePurposeNames();
  const title = request.draft.purposes.map(nameOf).join(', ');
  return (
    <li className="row-card">
      <div>
        <a className="row-title" href={addressOf('ask', request.id)}>{title}</a>
        {request.note !== '' && <p><Name text={request.note} most={120} /></p>}
        <p className="soft">{m.ask_made({ when: format.moment(request.made_at * 1000), who: request.made_by })}</p>
      </div>
      <RequestTag request={request} />
    </li>
  );
}
