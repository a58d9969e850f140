// The answer about one consent, with its whole life and a proof to keep.
import { Actions, Card, SummaryList, Table, useLanguage } from '@assent/shared';
import type { Found } from '../../audit/grant';
import type { Standing } from '../../audit/timeline';
import { standingAt } from '../../audit/timeline';
import { Download } from '../../components/Download';
import { Verdict } from '../../components/Verdict';
import { isoTime, number, status, time } from '../../components/format';
import { m } from '../../words/messages';

const WORDS: Record<Standing, () => string> = {
  in_force: m.grant_yes,
  unregistered: m.grant_no_unregistered,
  suspended: m.grant_no_suspended,
  revoked: m.grant_no_revoked,
  expired: m.grant_no_expired,
  not_yet_valid: m.grant_no_not_yet_valid,
};

/** Says yes or no and why, at a time in Unix milliseconds, by a log of so many entries. */
export function GrantAnswer({ found, at, size }: { found: Found; at: number; size: number }) {
  const { language } = useLanguage();
  const standing = standingOf(found, at);
  const { exp, periods } = found.timeline;
  const slot = m.grant_slot_value({ list: number(found.slot.list, language), idx: number(found.slot.idx, language) });
  const rows = periods.map(({ from, status: value, index }) => ({
    key: index.toString(),
    cells: [isoTime(from), status(value), number(index, language)],
  }));
  const facts = [
    { term: m.grant_id(), detail: found.grant === null ? m.grant_bound_proof() : <code>{found.grant}</code> },
    { term: m.grant_slot(), detail: slot },
    { term: m.grant_ends(), detail: exp === null ? '–' : time(exp * 1000) },
  ];
  return (
    <section className="stack wide" aria-live="polite">
      <Verdict tone={standing === 'in_force' ? 'good' : 'unknown'} heading={WORDS[standing]()}>
        <p>{m.grant_at({ time: time(at), size: number(size, language) })}</p>
      </Verdict>
      <Card heading={m.grant_life()}>
        <SummaryList facts={facts} />
        <Table caption={m.figures_table_of({ title: m.grant_life() })} head={[m.log_time(), m.list_status(), m.grant_entry()]} rows={rows} />
        {found.grant !== null && <p className="measure">{m.grant_bound_token()}</p>}
        <Actions>
          <Download name={`entry-${found.index.toString()}.tlog-proof`} text={() => found.proof} label={m.grant_proof()} />
        </Actions>
      </Card>
    </section>
  );
}

function standingOf({ timeline, nbf }: Found, at: number): Standing {
  const standing = standingAt(timeline, at);
  return standing === 'in_force' && nbf !== null && at < nbf * 1000 ? 'not_yet_valid' : standing;
}
