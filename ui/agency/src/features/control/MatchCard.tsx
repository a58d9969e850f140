// A consent that may be the caller's: what opens at this agency's tier, the opening itself, and what was opened.
import { Button, Card, LinkButton, Select, Tag, TextField, useFormat, useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ConsentTag } from '../../components/ConsentTag';
import { REASON_NAMES } from '../../components/reasons';
import { Trouble } from '../../components/Trouble';
import { Withdrawn } from '../../components/Withdrawn';
import { saveFile } from '../../components/saveFile';
import type { Incident, MatchView, OpenReason, ReadAnswer } from '../../host/types';
import { useHeld } from '../../session/held';
import { useIsLive } from '../../session/live';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { options } from './kinds';
import { SafetyView } from './SafetyView';

interface MatchCardProps {
  incident: Incident;
  match: MatchView;
  /** Told when something was opened. */
  opened: () => void;
}

/** Opens it, and shows what was opened, the most urgent first. */
export function MatchCard({ incident, match, opened }: MatchCardProps) {
  const format = useFormat();
  const { held, hold, drop } = useHeld(match.grant, null);
  const percent = format.number(Math.round(match.score * 100));
  return (
    <Card
      heading={match.by === 'phone' ? m.match_card_phone() : m.match_card_address({ percent })}
      aside={<ConsentTag state={held.kind === 'gone' && held.why !== 'line' && held.why !== 'opening' ? held.why : match.state} />}
    >
      {held.kind === 'nothing' && <MayOpen match={match} />}
      {held.kind === 'gone' && <Withdrawn held={held} again={drop} />}
      {held.kind === 'nothing' && match.state === 'valid' && <OpenForm incident={incident} match={match} hold={(answer) => {
        hold(answer);
        opened();
      }} />}
      {held.kind === 'shown' && <Opened incident={incident} answer={held.answer} drop={drop} />}
    </Card>
  );
}

function MayOpen({ match }: { match: MatchView }) {
  useLanguage();
  return (
    <div className="stack">
      <p>{match.tier === null ? m.match_opens() : m.match_opens_tier({ tier: match.tier.toString(), circle: match.circle ?? '' })}</p>
      <ul className="chips">
        {match.items.map((item) => (
          <li key={item.path}><Tag tone="calm">{item.label}</Tag></li>
        ))}
      </ul>
    </div>
  );
}

function OpenForm({ incident, match, hold }: Omit<MatchCardProps, 'opened'> & { hold: (answer: ReadAnswer) => void }) {
  const { language } = useLanguage();
  const host = useHost();
  const isLive = useIsLive();
  const [reason, setReason] = useState<OpenReason>('call');
  const [position, setPosition] = useState(rememberedPosition);
  const open = useMutation({
    mutationFn: () => {
      sessionStorage.setItem(POSITION, position);
      return host.ask('incident/open', { grant: match.grant, incident: incident.id, reason, position: position.trim(), lang: language });
    },
    onSuccess: hold,
    gcTime: 0,
  });
  return (
    <form
      className="open-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate();
      }}
    >
      <Trouble error={open.error} />
      <Select label={m.open_reason()} value={reason} onChange={setReason} options={options(REASON_NAMES)} />
      <TextField label={m.open_position()} value={position} onChange={setPosition} width="medium" autoComplete="off" />
      <Button type="submit" kind="danger" icon="lock" isBusy={open.isPending} isDisabled={!isLive}>
        {match.open_until === null ? m.open_do() : m.open_again()}
      </Button>
      <p className="help">{match.open_until === null ? m.open_help() : m.open_again_help()}</p>
    </form>
  );
}

function Opened({ incident, answer, drop }: { incident: Incident; answer: ReadAnswer; drop: () => void }) {
  const { language } = useLanguage();
  const format = useFormat();
  const host = useHost();
  const hand = useMutation({
    mutationFn: () => host.file('incident/hand-over', { grant: answer.grant, incident: incident.id, lang: language }),
    onSuccess: (file) => { saveFile(file, `${incident.id}.additional-data.mime`); },
  });
  return (
    <div className="stack">
      <SafetyView fields={answer.fields} />
      <p className="help">
        {m.opened_recorded({ index: format.number(answer.index) })} {answer.open_until !== null && m.opened_until({ when: format.moment(answer.open_until * 1000) })}
      </p>
      <Trouble error={hand.error} />
      <div className="actions">
        <Button kind="second" icon="download" onPress={() => { hand.mutate(); }} isBusy={hand.isPending}>{m.hand_over()}</Button>
        <LinkButton kind="second" icon="eye" href={addressOf('control', incident.id, 'screen')}>{m.incident_screen()}</LinkButton>
        <Button kind="quiet" icon="eyeOff" onPress={drop}>{m.read_hide()}</Button>
      </div>
    </div>
  );
}

/** A desk's position does not change between calls. */
const POSITION = 'assent-position';

function rememberedPosition(): string {
  return sessionStorage.getItem(POSITION) ?? '';
}
