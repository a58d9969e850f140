// The verdict: yes, no, or that nobody can tell, with its reason, what the token says, and its proof.
import { Card, Disclosure, Icon, SummaryList, useFormat, useLanguage } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { useEffect, useRef } from 'react';
import { Copy } from '../../components/Copy';
import type { Verdict } from '../../host/types';
import { m } from '../../words/messages';
import { WHY } from './why';

const SIGNS: Record<Verdict['verdict'], IconName> = { yes: 'tick', no: 'cross', unknown: 'warning' };

/** Tells it so that nobody can take it for another; it takes the focus, so that it is seen and read out at once. */
export function VerdictPart({ verdict }: { verdict: Verdict }) {
  useLanguage();
  const format = useFormat();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [verdict]);
  const heading = { yes: m.verdict_yes(), no: m.verdict_no(), unknown: m.verdict_unknown() }[verdict.verdict];
  const [happened, todo] = verdict.why === null ? [m.verdict_yes_text, m.verdict_yes_do] : WHY[verdict.why];
  return (
    <div className="stack">
      <section className={`verdict ${verdict.verdict}`} aria-label={m.verdict_label()} tabIndex={-1} ref={box}>
        <Icon name={SIGNS[verdict.verdict]} />
        <div>
          <h2>{heading}</h2>
          <p>{happened()}</p>
          <p>{todo()}</p>
          {verdict.why !== null && <p className="soft">{m.verdict_code()} <code lang="en">{verdict.why}</code></p>}
          {verdict.good_until !== null && <p className="soft">{m.verdict_good({ when: format.moment(verdict.good_until * 1000) })}</p>}
        </div>
      </section>
      <Says verdict={verdict} />
    </div>
  );
}

function Says({ verdict: { consent, proof } }: { verdict: Verdict }) {
  const format = useFormat();
  if (consent === null) return null;
  return (
    <Card heading={m.token_says()}>
      <SummaryList
        facts={[
          { term: m.fact_purpose(), detail: format.list(consent.purposes.map(({ label }) => label)) },
          { term: m.terms_items(), detail: format.list(consent.items.map(({ label }) => label)) },
          { term: m.token_audience(), detail: consent.audience },
          { term: m.token_runs(), detail: m.token_from_to({ from: format.day(consent.begins_at), to: format.day(consent.ends_at) }) },
          { term: m.terms_release(), detail: consent.on_incident ? m.release_incident() : m.release_grant() },
          { term: m.fact_number(), detail: <code>{consent.grant}</code> },
        ]}
      />
      {proof === null ? (
        <p className="help">{m.proof_none()}</p>
      ) : (
        <Disclosure summary={m.proof_entry({ index: format.number(proof.index), when: format.moment(proof.at * 1000) })}>
          <Copy label={m.proof_text()} text={proof.text} />
        </Disclosure>
      )}
    </Card>
  );
}
