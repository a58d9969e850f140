// The second screen: the same incident, live, for everybody in the room. It opens nothing anew: it shows what is
// open, for as long as it is.
import { Icon, LinkButton, Mark, Notice, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import { Withdrawn } from '../../components/Withdrawn';
import { useNow } from '../../components/useNow';
import type { Incident, OpeningView, OpenReason, ReadAnswer } from '../../host/types';
import { useHeld } from '../../session/held';
import { useIsLive } from '../../session/live';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { CirclePart } from './CirclePart';
import { Running } from './IncidentPage';
import { KIND_NAMES } from './kinds';
import { SafetyView } from './SafetyView';
import { useIncident } from './useIncident';

/** Shows an incident to a whole room. */
export function ScreenPage({ id }: { id: string }) {
  useLanguage();
  const incident = useIncident(id);
  useEffect(() => {
    document.title = `${id} – ${m.app_name()}`;
  }, [id]);
  return (
    <main className="screen" id="main">
      <Loaded query={incident}>{(found) => <Screen incident={found} />}</Loaded>
    </main>
  );
}

function Screen({ incident }: { incident: Incident }) {
  const isLive = useIsLive();
  const now = useNow(5);
  const open = incident.closed_at === null ? incident.openings.filter(({ until, state }) => until > now || state !== 'valid') : [];
  // The same consent opened twice is shown once.
  const newest = [...new Map(open.map((opening) => [opening.grant, opening])).values()];
  return (
    <div className="stack wide">
      <header className="screen-head">
        <Mark />
        <h1>{KIND_NAMES[incident.kind]()}<span className="screen-id">{incident.id}</span></h1>
        {incident.closed_at === null ? <Running since={incident.declared_at} /> : <strong>{m.incident_closed()}</strong>}
        <p className={isLive ? 'live-dot' : 'live-dot off'} role="status">{isLive ? m.live_on() : m.live_off()}</p>
        <LinkButton kind="quiet" icon="back" href={addressOf('control', incident.id)}>{m.screen_leave()}</LinkButton>
      </header>
      {incident.place !== '' && <p className="screen-place"><Icon name="home" /><Name text={incident.place} most={160} /></p>}
      {newest.length === 0 && <Notice>{incident.closed_at === null ? m.screen_nothing() : m.incident_over()}</Notice>}
      {newest.map((opening) => <OpenPart key={opening.grant} incident={incident} opening={opening} now={now} />)}
      <CirclePart id={incident.id} />
    </div>
  );
}

/** Within two hours the same opening serves again: nothing is opened a second time. */
function OpenPart({ incident, opening, now }: { incident: Incident; opening: OpeningView; now: number }) {
  const { language } = useLanguage();
  const host = useHost();
  const { held, hold, drop } = useHeld(opening.grant, opening.until);
  const isLive = useIsLive();
  const { data, error } = useQuery<ReadAnswer>({
    queryKey: ['screen', opening.statement, language, isLive],
    queryFn: async () => {
      const reason = opening.reason as OpenReason;
      const answer = await host.ask('incident/open', { grant: opening.grant, incident: incident.id, reason, position: '', lang: language });
      hold(answer);
      return answer;
    },
    enabled: isLive && opening.state === 'valid',
    gcTime: 0,
    staleTime: Infinity,
  });
  if (opening.state !== 'valid' && held.kind !== 'gone') return <Withdrawn held={{ kind: 'gone', why: opening.state, at: now }} />;
  if (held.kind === 'gone') return <Withdrawn held={held} again={drop} />;
  if (held.kind === 'shown') return <SafetyView fields={held.answer.fields} isAlone />;
  return error === null || data !== undefined ? null : <Notice kind="warning">{m.screen_refused()}</Notice>;
}
