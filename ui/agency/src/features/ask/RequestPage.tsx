// One request: its link and code to hand over, and what became of it, live.
import { Button, Card, LinkButton, Notice, SummaryList, useFormat, useLanguage } from '@assent/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Copy } from '../../components/Copy';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import { Trouble } from '../../components/Trouble';
import { duration } from '../../components/time';
import type { RequestView } from '../../host/types';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { RequestTag } from './RequestTag';
import { useItemNames, usePurposeNames } from '../../session/catalogue';

/** Shows a request by its id. */
export function RequestPage({ id }: { id: string }) {
  useLanguage();
  const host = useHost();
  const request = useQuery({ queryKey: ['request', id], queryFn: () => host.ask('request', { id, lang: 'en' }), retry: false });
  return <Loaded query={request}>{(found) => <Request request={found} />}</Loaded>;
}

function Request({ request }: { request: RequestView }) {
  const nameOf = usePurposeNames();
  const title = request.draft.purposes.map(nameOf).join(', ');
  return (
    <div className="stack wide">
      <Heading back={{ name: m.nav_ask(), href: addressOf('ask') }}>{title}</Heading>
      {request.note !== '' && <p><Name text={request.note} most={400} /></p>}
      <div className="columns">
        <Card heading={m.request_state()} aside={<span role="status"><RequestTag request={request} /></span>}>
          <Answers request={request} />
        </Card>
        {request.state === 'open' ? <HandOver request={request} /> : <Terms request={request} />}
      </div>
      {request.state === 'open' && <Terms request={request} />}
    </div>
  );
}

function Answers({ request }: { request: RequestView }) {
  const format = useFormat();
  const labelOf = useItemNames();
  return (
    <div className="stack">
      {request.state === 'open' && <p>{m.request_waits({ until: format.moment(request.expires_at * 1000) })}</p>}
      {request.state === 'expired' && <p>{m.request_ran_out({ when: format.moment(request.expires_at * 1000) })}</p>}
      {request.declined > 0 && <p>{m.request_declines({ count: format.number(request.declined) })}</p>}
      {request.granted.map((answer) => (
        <div className="answer" key={answer.grant}>
          <p><a href={addressOf('consents', answer.grant)}>{m.request_answer({ when: format.moment(answer.at * 1000) })}</a></p>
          {answer.without.length > 0 && <p className="soft">{m.request_without({ items: format.list(answer.without.map(labelOf)) })}</p>}
          {!answer.registered && <Notice kind="warning">{m.request_unregistered()}</Notice>}
        </div>
      ))}
    </div>
  );
}

function HandOver({ request }: { request: RequestView }) {
  const host = useHost();
  const qr = host.address('request-qr', { id: request.id, lang: 'en' });
  return (
    <Card heading={m.request_hand()}>
      <p>{m.request_hand_text()}</p>
      <img className="qr" src={qr} alt={m.request_qr()} />
      <Copy label={m.request_link()} text={request.link} />
      <div className="actions">
        <LinkButton kind="second" icon="link" href={request.link}>{m.request_open_here()}</LinkButton>
        <a className="button second" href={qr} download={`${request.id}.png`}>{m.request_qr_save()}</a>
        <Close id={request.id} />
      </div>
    </Card>
  );
}

function Close({ id }: { id: string }) {
  const host = useHost();
  const queries = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const close = useMutation({
    mutationFn: () => host.ask('request/close', { id, lang: 'en' }),
    onSuccess: (closed) => {
      queries.setQueryData(['request', id], closed);
      void queries.invalidateQueries({ queryKey: ['requests'] });
    },
  });
  if (!isAsked) return <Button kind="quiet" onPress={() => { setIsAsked(true); }}>{m.request_close()}</Button>;
  return (
    <div className="stack" role="group" aria-label={m.request_close()}>
      <Trouble error={close.error} />
      <p>{m.request_close_text()}</p>
      <Button kind="danger" onPress={() => { close.mutate(); }} isBusy={close.isPending}>{m.request_close_sure()}</Button>
      <Button kind="quiet" onPress={() => { setIsAsked(false); }}>{m.keep()}</Button>
    </div>
  );
}

function Terms({ request: { draft, made_at: madeAt, made_by: madeBy } }: { request: RequestView }) {
  const format = useFormat();
  const labelOf = useItemNames();
  return (
    <Card heading={m.request_terms()}>
      <SummaryList
        facts={[
          { term: m.terms_items(), detail: format.list(draft.items.map(labelOf)) },
          { term: m.terms_required(), detail: draft.required.length === 0 ? m.none() : format.list(draft.required.map(labelOf)) },
          { term: m.terms_release(), detail: draft.on_incident ? m.release_incident() : m.release_grant() },
          { term: m.terms_retention(), detail: duration(draft.retention, format) },
          { term: m.terms_duration(), detail: duration(draft.max_duration, format) },
          { term: m.terms_made(), detail: m.ask_made({ when: format.moment(madeAt * 1000), who: madeBy }) },
        ]}
      />
    </Card>
  );
}
