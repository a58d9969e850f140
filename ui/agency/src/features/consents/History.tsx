// Everything that happened to a consent, the newest first, each with its place in the log and its proof.
import { Card, Disclosure, Notice, Tag, useFormat, useLanguage } from '@assent/shared';
import { Copy } from '../../components/Copy';
import { Name } from '../../components/Name';
import { actWords } from '../../components/acts';
import { reasonWords } from '../../components/reasons';
import type { ActView, ConsentView } from '../../host/types';
import { useItemNames } from '../../session/catalogue';
import { m } from '../../words/messages';

/** Lists acts. */
export function History({ consent }: { consent: ConsentView }) {
  useLanguage();
  return (
    <Card heading={m.history_heading()} aside={<Tag tone={consent.proven ? 'good' : 'warn'}>{consent.proven ? m.history_proven() : m.history_unproven()}</Tag>}>
      {!consent.proven && <Notice kind="offline">{m.history_unproven_text()}</Notice>}
      <ol className="history">
        {consent.history.map((act) => (
          <li key={act.id}><Act act={act} /></li>
        ))}
      </ol>
    </Card>
  );
}

function Act({ act }: { act: ActView }) {
  const format = useFormat();
  const nameOf = useItemNames();
  return (
    <>
      <p className="history-head">
        <strong>{actWords(act)}</strong>
        <span className="soft">{format.moment(act.at * 1000)}</span>
      </p>
      <p className="soft">{act.by === 'person' ? m.by_person() : m.by_agency({ actor: act.actor ?? m.by_software() })}</p>
      {act.reason !== null && <p>{m.act_reason()} <Name text={act.act === 'open' ? reasonWords(act.reason) : act.reason} most={300} /></p>}
      {act.incident !== null && <p>{m.act_incident({ id: act.incident })}</p>}
      {act.method !== null && <p>{m.act_method()} <Name text={act.method} most={300} /></p>}
      {act.items.length > 0 && <p className="soft">{format.list(act.items.map(nameOf))}</p>}
      <Disclosure summary={m.act_proof({ index: format.number(act.index) })}>
        {act.proof !== null && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
          <pre className="proof" tabIndex={0} role="region" aria-label={m.act_proof({ index: format.number(act.index) })}>{act.proof}</pre>
        )}
        <Copy label={m.act_statement()} text={act.jws} />
      </Disclosure>
    </>
  );
}
