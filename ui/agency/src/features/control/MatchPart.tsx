// Who may be calling: found by number or address in this agency's own index, without sending anything.
import { Button, Card, RadioGroup, TextField, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Trouble } from '../../components/Trouble';
import type { Incident, MatchView, Matches } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { MatchCard } from './MatchCard';

type By = 'phone' | 'address';

/** Asks who it may be, and shows what may be opened. */
export function MatchPart({ incident }: { incident: Incident }) {
  const { language } = useLanguage();
  const host = useHost();
  const first: By = incident.phone === '' && incident.place !== '' ? 'address' : 'phone';
  const [by, setBy] = useState<By>(first);
  const [texts, setTexts] = useState({ phone: incident.phone, address: incident.place });
  const [asked, setAsked] = useState<{ by: By; text: string } | null>(texts[first] === '' ? null : { by: first, text: texts[first] });
  // What was opened stays in its place when its consent ends, to say so.
  const [opened, setOpened] = useState<readonly MatchView[]>([]);
  const matches = useQuery({
    queryKey: ['matches', incident.id, asked, language],
    queryFn: () => {
      const call = asked?.by === 'phone' ? { phone: asked.text, address: '' } : { phone: '', address: asked?.text ?? '' };
      return host.ask('incident/match', { incident: incident.id, lang: language, ...call });
    },
    enabled: asked !== null,
    placeholderData: (before: Matches | undefined) => before,
  });
  return (
    <div className="stack wide">
      <Card heading={m.match_heading()}>
        <form
          className="match-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setAsked({ by, text: texts[by].trim() });
          }}
        >
          <RadioGroup label={m.match_by()} value={by} onChange={setBy} options={[{ value: 'phone', label: m.match_phone() }, { value: 'address', label: m.match_address() }]} />
          <TextField
            key={by}
            label={by === 'phone' ? m.match_phone_label() : m.match_address_label()}
            help={by === 'phone' ? m.match_phone_help() : m.match_address_help()}
            type={by === 'phone' ? 'tel' : 'text'}
            value={texts[by]}
            onChange={(text) => { setTexts({ ...texts, [by]: text }); }}
            autoComplete="off"
          />
          <Button type="submit" isBusy={matches.isFetching}>{m.match_do()}</Button>
        </form>
        <Trouble error={matches.error} />
        <div role="status">{matches.data !== undefined && <Found matches={matches.data} />}</div>
      </Card>
      {together(matches.data?.matches ?? [], opened).map((match) => (
        <MatchCard key={match.grant} incident={incident} match={match} opened={() => { setOpened([...opened, match]); }} />
      ))}
    </div>
  );
}

/** What is found now, and what was opened before and is not found any more. */
function together(found: readonly MatchView[], opened: readonly MatchView[]): MatchView[] {
  const gone = opened.filter(({ grant }) => !found.some((match) => match.grant === grant));
  return [...found, ...new Map(gone.map((match) => [match.grant, match])).values()];
}

function Found({ matches: { people } }: { matches: Matches }) {
  const format = useFormat();
  return <p>{people === 0 ? m.match_nobody() : people === 1 ? m.match_one() : m.match_many({ count: format.number(people) })}</p>;
}
