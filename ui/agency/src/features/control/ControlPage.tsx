// The control room's first page: a new incident, a question about a place, and the incidents there are.
import { Button, Card, EmptyState, Select, Tag, TextField, useFormat, useLanguage } from '@assent/shared';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import { Trouble } from '../../components/Trouble';
import type { Incident, IncidentKind } from '../../host/types';
import { addressOf, go } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { KIND_NAMES, options } from './kinds';

/** Declares, asks, lists. */
export function ControlPage() {
  useLanguage();
  const host = useHost();
  const incidents = useQuery({ queryKey: ['incidents'], queryFn: () => host.ask('incidents', {}) });
  return (
    <div className="stack wide">
      <Heading lede={m.control_lede()}>{m.control_heading()}</Heading>
      <div className="columns">
        <Declare />
        <PlaceQuestion />
      </div>
      <section className="stack" aria-labelledby="incidents">
        <h2 id="incidents">{m.incidents_heading()}</h2>
        <Loaded query={incidents}>
          {({ incidents: all }) => all.length === 0 ? <EmptyState icon="siren" heading={m.incidents_none()} /> : <List incidents={all} />}
        </Loaded>
      </section>
    </div>
  );
}

function Declare() {
  const host = useHost();
  const [asked, setAsked] = useState({ kind: 'medical' as IncidentKind, place: '', phone: '', reference: '' });
  const change = (part: Partial<typeof asked>) => { setAsked({ ...asked, ...part }); };
  const declare = useMutation({
    mutationFn: () => host.ask('incident/declare', asked),
    onSuccess: ({ id }) => { go('control', id); },
  });
  return (
    <Card heading={m.declare_heading()}>
      <Trouble error={declare.error} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          declare.mutate();
        }}
      >
        <Select label={m.declare_kind()} value={asked.kind} onChange={(kind) => { change({ kind }); }} options={options(KIND_NAMES)} />
        <TextField label={m.declare_phone()} type="tel" value={asked.phone} onChange={(phone) => { change({ phone }); }} width="medium" autoComplete="off" />
        <TextField label={m.declare_place()} value={asked.place} onChange={(place) => { change({ place }); }} autoComplete="off" />
        <TextField label={m.declare_reference()} help={m.declare_reference_help()} value={asked.reference} onChange={(reference) => { change({ reference }); }} width="medium" isOptional autoComplete="off" />
        <Button type="submit" kind="danger" icon="siren" isBusy={declare.isPending}>{m.declare_do()}</Button>
      </form>
    </Card>
  );
}

/** A number before any name: nobody's data are touched by it. */
function PlaceQuestion() {
  const format = useFormat();
  const host = useHost();
  const [address, setAddress] = useState('');
  const count = useMutation({ mutationFn: () => host.ask('place/count', { address: address.trim() }) });
  return (
    <Card heading={m.place_heading()}>
      <p>{m.place_text()}</p>
      <Trouble error={count.error} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          count.mutate();
        }}
      >
        <TextField label={m.place_address()} help={m.place_help()} value={address} onChange={setAddress} autoComplete="off" />
        <Button type="submit" kind="second" isBusy={count.isPending}>{m.place_do()}</Button>
      </form>
      <div role="status">
        {count.data !== undefined && (
          <p className="place-answer">
            <span className="big-number">{format.number(count.data.people)}</span>
            {count.data.people === 0 ? m.place_nobody() : m.place_somebody()}
          </p>
        )}
      </div>
    </Card>
  );
}

function List({ incidents }: { incidents: readonly Incident[] }) {
  const format = useFormat();
  return (
    <ul className="rows">
      {incidents.map((incident) => (
        <li className="row-card" key={incident.id}>
          <div>
            <a className="row-title" href={addressOf('control', incident.id)}>{KIND_NAMES[incident.kind]()} · {incident.id}</a>
            {incident.place !== '' && <p><Name text={incident.place} most={160} /></p>}
            <p className="soft">{m.incident_declared({ when: format.moment(incident.declared_at * 1000), who: incident.declared_by })}</p>
          </div>
          <div className="row-tags">
            {incident.openings.length > 0 && <Tag tone="calm">{m.incident_opened({ count: format.number(incident.openings.length) })}</Tag>}
            <Tag tone={incident.closed_at === null ? 'bad' : 'plain'}>{incident.closed_at === null ? m.incident_open() : m.incident_closed()}</Tag>
          </div>
        </li>
      ))}
    </ul>
  );
}
