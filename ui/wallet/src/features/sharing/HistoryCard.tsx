// What has happened to one consent, the newest first.
import { Card, useFormat, useLanguage } from '@assent/shared';
import { Answered } from '../../frame/Answered';
import type { GrantView, Happened } from '../../host/host';
import { reasonWords } from '../../parts/reason';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { doingWords } from './words';

/** More stands under Who looked. */
const MOST = 8;

export function HistoryCard({ grant }: { grant: GrantView }) {
  const { language } = useLanguage();
  const history = useAnswer('history_list', { lang: language });
  return (
    <Card heading={m.sharing_history_heading()}>
      <Answered query={history}>
        {({ happened }) => <Happenings happened={happened.filter((one) => one.grant === grant.id)} />}
      </Answered>
    </Card>
  );
}

function Happenings({ happened }: { happened: Happened[] }) {
  if (happened.length === 0) return <p>{m.sharing_history_empty()}</p>;
  return (
    <>
      <ol className="happened">
        {happened.slice(0, MOST).map((one) => (
          <Happening key={one.index} happened={one} />
        ))}
      </ol>
      {happened.length > MOST && <a href={addressOf('looked')}>{m.sharing_history_more()}</a>}
    </>
  );
}

function Happening({ happened: { doing, at, reason } }: { happened: Happened }) {
  const { moment } = useFormat();
  return (
    <li className={doing === 'opened' ? 'emergency' : undefined}>
      <span>{doingWords(doing)}</span>
      <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>
      {reason !== null && reason !== '' && <p className="help">{reasonWords(reason)}</p>}
    </li>
  );
}
