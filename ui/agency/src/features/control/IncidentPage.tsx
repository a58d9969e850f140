// One incident: who may be calling, what may be opened, what was, who else serves, and its end.
import { Button, Card, LinkButton, Tag, useFormat, useLanguage } from '@assent/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import { Trouble } from '../../components/Trouble';
import { elapsed } from '../../components/time';
import { useNow } from '../../components/useNow';
import type { Incident } from '../../host/types';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { CirclePart } from './CirclePart';
import { KIND_NAMES } from './kinds';
import { MatchPart } from './MatchPart';
import { useIncident } from './useIncident';

/** Shows an incident by its number. */
export function IncidentPage({ id }: { id: string }) {
  const incident = useIncident(id);
  return <Loaded query={incident}>{(found) => <Shown incident={found} />}</Loaded>;
}

function Shown({ incident }: { incident: Incident }) {
  useLanguage();
  const isOpen = incident.closed_at === null;
  return (
    <div className="stack wide">
      <Heading back={{ name: m.nav_control(), href: addressOf('control') }}>{KIND_NAMES[incident.kind]()} · {incident.id}</Heading>
      <Summary incident={incident} />
      {isOpen ? <MatchPart incident={incident} /> : <p>{m.incident_over()}</p>}
      <Openings incident={incident} />
      <CirclePart id={incident.id} />
      {isOpen && <Close id={incident.id} />}
    </div>
  );
}

function Summary({ incident }: { incident: Incident }) {
  const format = useFormat();
  return (
    <div className="incident-summary">
      <Tag tone={incident.closed_at === null ? 'bad' : 'plain'}>{incident.closed_at === null ? m.incident_open() : m.incident_closed()}</Tag>
      {incident.closed_at === null && <Running since={incident.declared_at} />}
      {incident.place !== '' && <span><Name text={incident.place} most={160} /></span>}
      {incident.phone !== '' && <span><Name text={incident.phone} most={40} /></span>}
      <span className="soft">{m.incident_declared({ when: format.moment(incident.declared_at * 1000), who: incident.declared_by })}</span>
      <LinkButton kind="second" icon="eye" href={addressOf('control', incident.id, 'screen')}>{m.incident_screen()}</LinkButton>
    </div>
  );
}

export function Running({ since }: { since: number }) {
  const now = useNow(1);
  return <span className="running"><span className="visually-hidden">{m.incident_running()} </span>{elapsed(now - since)}</span>;
}

function Openings({ incident }: { incident: Incident }) {
  const format = useFormat();
  if (incident.openings.length === 0) return null;
  return (
    <Card heading={m.openings_heading()}>
      <ul className="plain-list">
        {incident.openings.map((opening) => (
          <li key={opening.statement}>
            <p>{m.opening_line({ when: format.moment(opening.at * 1000), actor: opening.actor })}</p>
            <p className="soft">{opening.finding === null ? m.opening_review_owed() : m.opening_reviewed()}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Close({ id }: { id: string }) {
  const host = useHost();
  const queries = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const close = useMutation({
    mutationFn: () => host.ask('incident/close', { id, lang: 'en' }),
    onSuccess: (closed) => { queries.setQueryData(['incident', id], closed); },
  });
  if (!isAsked) return <Button kind="second" onPress={() => { setIsAsked(true); }}>{m.incident_close()}</Button>;
  return (
    <Card heading={m.incident_close()}>
      <Trouble error={close.error} />
      <p>{m.incident_close_text()}</p>
      <div className="actions">
        <Button onPress={() => { close.mutate(); }} isBusy={close.isPending}>{m.incident_close_sure()}</Button>
        <Button kind="quiet" onPress={() => { setIsAsked(false); }}>{m.keep()}</Button>
      </div>
    </Card>
  );
}
