// The verdict on one status list, what it says of itself, and every place that differs.
import { Actions, Card, SummaryList, Table, useLanguage } from '@assent/shared';
import type { Audit } from '../../audit/auditor';
import { toCsv } from '../../audit/csv';
import { SLOTS_PER_LIST } from '../../audit/entry';
import { Findings as All } from '../../audit/finding';
import type { Checked } from '../../audit/lists';
import { Download } from '../../components/Download';
import { Findings } from '../../components/Findings';
import { Verdict } from '../../components/Verdict';
import { number, status, time } from '../../components/format';
import { m } from '../../words/messages';
import { Counts } from './Counts';

/** Places that are shown; the file has all. */
const SHOWN = 200;

/** What was made of a list. */
export function ListResult({ audit, list }: { audit: Audit; list: number }) {
  useLanguage();
  const checked = audit.lists.get(list) ?? null;
  const about = new All();
  for (const finding of audit.findings.told) if (finding.details.list === list) about.add(finding.code, finding.details);
  return (
    <>
      <ListVerdict checked={checked} isUnclear={about.isAboutTheClock} />
      <Findings findings={about} />
      {checked?.verified != null && <About checked={checked} claims={checked.verified.claims} list={checked.verified.list} />}
      <Differences checked={checked} list={list} />
    </>
  );
}

function About({ checked, claims, list }: { checked: Checked; claims: { iat: number; exp: number }; list: Uint8Array }) {
  const { language } = useLanguage();
  const size = checked.seen === null ? '–' : m.list_made_value({ size: number(checked.seen.size, language) });
  const facts = [
    { term: m.list_made(), detail: size },
    { term: m.list_signed_at(), detail: time(claims.iat * 1000) },
    { term: m.list_expires(), detail: time(claims.exp * 1000) },
  ];
  return (
    <Card heading={m.list_says()}>
      <Counts list={list} />
      <SummaryList facts={facts} />
    </Card>
  );
}

function ListVerdict({ checked, isUnclear }: { checked: Checked | null; isUnclear: boolean }) {
  const { language } = useLanguage();
  if (isUnclear) {
    return (
      <Verdict tone="unknown" heading={m.list_unread()}>
        <p>{m.verdict_unclear_text()}</p>
      </Verdict>
    );
  }
  if (checked === null || checked.differences === null || checked.seen === null) {
    return <Verdict tone="bad" heading={m.list_unread()} />;
  }
  const count = checked.differences.length;
  if (count > 0) {
    return (
      <Verdict tone="bad" heading={m.list_differs()}>
        <p>{m.list_differs_text({ count: number(count, language) })}</p>
      </Verdict>
    );
  }
  const size = number(checked.seen.size, language);
  return (
    <Verdict tone="good" heading={m.list_same()}>
      <p>{m.list_same_text({ count: number(SLOTS_PER_LIST, language), size })}</p>
    </Verdict>
  );
}

function Differences({ checked, list }: { checked: Checked | null; list: number }) {
  const { language } = useLanguage();
  const differences = checked?.differences ?? [];
  if (differences.length === 0) return null;
  const head = [m.list_slot(), m.list_served(), m.list_own()];
  const rows = differences.map(({ idx, served, own }) => [idx, status(served), status(own)]);
  const shown = rows.slice(0, SHOWN).map((cells) => ({ key: String(cells[0]), cells }));
  return (
    <Card>
      <Table caption={m.list_differs()} head={head} rows={shown} />
      {rows.length > SHOWN && <p>{m.list_shown({ shown: number(SHOWN, language) })}</p>}
      <Actions>
        <Download
          name={`list-${list.toString()}-differences.csv`}
          mediaType="text/csv"
          text={() => toCsv([head, ...rows])}
          label={m.figures_csv()}
        />
      </Actions>
    </Card>
  );
}
