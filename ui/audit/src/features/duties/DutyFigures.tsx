// Openings, acknowledgements and deletions: totals, and a plot, a table and a file for each.
import { Notice, useFormat, useLanguage } from '@assent/shared';
import { useMemo } from 'react';
import type { Audit } from '../../audit/auditor';
import type { Duties, Overdue } from '../../audit/duties';
import { acknowledgements, isUnreviewed, looksByAgency, overdueByAgency } from '../../audit/dutyFigures';
import { countOver, countWithin } from '../../audit/figures';
import { agenciesOf } from '../../audit/registry';
import { Tiles } from '../../components/Tiles';
import { isoMinute, isoTime, number } from '../../components/format';
import { Figure } from '../../components/plot/Figure';
import { spanWords, withinWords } from '../../components/plot/words';
import { m } from '../../words/messages';

interface DutyFiguresProps {
  duties: Duties;
  audit: Audit;
}

/** Counts what was shown, at the time of the audit. */
export function DutyFigures({ duties, audit }: DutyFiguresProps) {
  const { language } = useLanguage();
  const format = useFormat();
  const nameOf = useNames(audit.kept.registry, language);
  const overdue = useMemo(() => duties.overdue(audit.at), [duties, audit]);
  const { waits, waiting } = useMemo(() => acknowledgements(duties), [duties]);
  const unreviewed = duties.openings.filter((opening) => isUnreviewed(opening, audit.at)).length;
  const tiles = [
    { name: m.duties_bodies(), value: number(duties.count, language) },
    { name: m.duties_openings(), value: number(duties.openings.length, language) },
    { name: m.duties_unreviewed(), value: number(unreviewed, language), isBad: unreviewed > 0 },
    { name: m.duties_slowest(), value: waits.length === 0 ? '–' : format.duration(Math.ceil(longest(waits) / 1000)) },
    { name: m.duties_waiting(), value: number(waiting, language) },
    { name: m.duties_overdue(), value: number(overdue.length, language), isBad: overdue.length > 0 },
  ];
  return (
    <>
      <Misfits duties={duties} missing={(audit.replay?.size ?? 0) - duties.count} />
      <Tiles tiles={tiles} />
      <div className="figures">
        <OpeningsOverTime duties={duties} nameOf={nameOf} />
        <OpeningsByAgency duties={duties} now={audit.at} nameOf={nameOf} />
        <Acknowledged waits={waits} />
        <OverdueByAgency overdue={overdue} nameOf={nameOf} />
      </div>
    </>
  );
}

function Misfits({ duties, missing }: { duties: Duties; missing: number }) {
  const { language } = useLanguage();
  const indexes = duties.misfits.slice(0, 20).map(({ index }) => number(index, language)).join(', ');
  return (
    <>
      {duties.misfits.length > 0 && (
        <Notice kind="emergency" isLive heading={m.duties_misfits({ count: number(duties.misfits.length, language) })}>
          <p>{m.duties_misfits_text({ indexes })}</p>
        </Notice>
      )}
      {missing > 0 && <Notice kind="warning" heading={m.duties_missing({ count: number(missing, language) })}><p>{m.duties_missing_text()}</p></Notice>}
    </>
  );
}

type NameOf = (agency: string) => string;

function OpeningsOverTime({ duties, nameOf }: { duties: Duties; nameOf: NameOf }) {
  const { language } = useLanguage();
  const { width, bins } = useMemo(() => countOver(duties.openings.map(({ at }) => at)), [duties]);
  return (
    <Figure
      name="openings"
      title={m.duties_openings()}
      note={bins.length === 0 ? m.duties_openings_note() : `${m.figures_each({ span: spanWords(width, language) })} ${m.duties_openings_note()}`}
      bars={bins.map(({ from, count }) => ({ label: isoMinute(from), name: isoTime(from), count }))}
      head={[m.grant_entry(), m.log_time(), m.duties_agency(), m.duties_incident(), m.duties_reason(), m.duties_review()]}
      rows={duties.openings.map((one) => [one.index, isoTime(one.at), nameOf(one.agency), one.incident, one.reason, findingWords(one.finding)])}
    />
  );
}

function OpeningsByAgency({ duties, now, nameOf }: { duties: Duties; now: number; nameOf: NameOf }) {
  useLanguage();
  const rows = useMemo(() => looksByAgency(duties, now), [duties, now]);
  return (
    <Figure
      name="openings-by-agency"
      title={m.duties_by_agency()}
      note={m.duties_by_agency_note()}
      kind="rows"
      bars={rows.map(({ agency, openings }) => ({ label: nameOf(agency), name: agency, count: openings }))}
      head={[m.duties_agency(), m.duties_openings(), m.duties_reviewed(), m.duties_unreviewed(), m.duties_reads(), m.duties_forwards()]}
      rows={rows.map((row) => [nameOf(row.agency), row.openings, row.reviewed, row.unreviewed, row.reads, row.forwards])}
    />
  );
}

function Acknowledged({ waits }: { waits: readonly number[] }) {
  useLanguage();
  return (
    <Figure
      name="acknowledged"
      title={m.duties_acknowledged()}
      note={m.duties_acknowledged_note()}
      bars={countWithin(waits).map(({ within, count }) => ({ label: withinWords(within), name: withinWords(within), count }))}
      head={[m.figures_within(), m.figures_count()]}
    />
  );
}

function OverdueByAgency({ overdue, nameOf }: { overdue: readonly Overdue[]; nameOf: NameOf }) {
  useLanguage();
  return (
    <Figure
      name="overdue"
      title={m.duties_overdue()}
      note={m.duties_overdue_note()}
      kind="rows"
      bars={overdueByAgency(overdue).map(({ agency, count }) => ({ label: nameOf(agency), name: agency, count }))}
      head={[m.grant_id(), m.duties_agency(), m.duties_why(), m.duties_since()]}
      rows={overdue.map((one) => [one.grant, nameOf(one.agency), WHY[one.what](), isoTime(one.since)])}
    />
  );
}

const WHY: Record<Overdue['what'], () => string> = {
  revoked: m.duties_why_revoked,
  expired: m.duties_why_expired,
  retention: m.duties_why_retention,
};

function longest(waits: readonly number[]): number {
  return waits.reduce((most, wait) => Math.max(most, wait), 0);
}

function findingWords(finding: string | null): string {
  const words: Record<string, () => string> = {
    justified: m.duties_justified,
    unjustified: m.duties_unjustified,
    inconclusive: m.duties_inconclusive,
  };
  return finding === null ? m.duties_review_none() : (words[finding]?.() ?? finding);
}

/** Agencies by the name that the registry has in the language. */
function useNames(registry: string | null, language: string): NameOf {
  const names = useMemo(() => {
    const agencies = registry === null ? [] : agenciesOf(registry);
    return new Map(agencies.map(({ id, name, names: others }) => [id, typeof others[language] === 'string' ? others[language] : name]));
  }, [registry, language]);
  return (agency) => names.get(agency) ?? agency;
}
