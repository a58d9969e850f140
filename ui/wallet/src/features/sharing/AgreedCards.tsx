// What was agreed to, and what the agency promised.
import { Card, SummaryList, useFormat } from '@assent/shared';
import type { Fact } from '@assent/shared';
import type { Grants, GrantView } from '../../host/host';
import { m } from '../../words/messages';
import { circleOf } from './useGrants';

export function AgreedCard({ grant, all }: { grant: GrantView; all: Grants }) {
  const facts = useAgreedFacts(grant, all);
  return (
    <Card heading={m.sharing_facts_heading()}>
      <SummaryList facts={facts} />
    </Card>
  );
}

/** The terms of a consent, as its page and its receipt state them. */
export function useAgreedFacts(grant: GrantView, all: Grants): Fact[] {
  const { day, moment, list } = useFormat();
  const others = circleOf(all, grant).map(({ agency_name }) => agency_name);
  const facts: (Fact | null)[] = [
    { key: 'for', term: m.sharing_fact_for(), detail: <Purposes grant={grant} /> },
    { key: 'items', term: m.sharing_fact_items(), detail: <Items grant={grant} /> },
    { key: 'when', term: m.sharing_fact_when(), detail: grant.on_incident ? m.sharing_in_emergency() : m.sharing_any_time() },
    { key: 'from', term: m.sharing_fact_from(), detail: moment(grant.signed_at * 1000) },
    { key: 'until', term: m.sharing_fact_until(), detail: day(grant.ends_at) },
    { key: 'kept', term: m.sharing_fact_kept(), detail: grant.retention },
    { key: 'copy', term: m.sharing_fact_copy(), detail: grant.stores ? m.sharing_yes() : m.sharing_no() },
    grant.recipients.length === 0 ? null : { key: 'to', term: m.sharing_fact_recipients(), detail: list(grant.recipients) },
    others.length === 0 ? null : { key: 'circle', term: m.sharing_fact_circle(), detail: list(others) },
    grant.contact === null ? null : { key: 'contact', term: m.sharing_fact_contact(), detail: <bdi>{grant.contact}</bdi> },
  ];
  return facts.filter((fact) => fact !== null);
}

function Purposes({ grant }: { grant: GrantView }) {
  return (
    <ul className="plain">
      {grant.purposes.map(({ code, label, explanation }) => (
        <li key={code}>
          {label}
          <p className="help">{explanation}</p>
        </li>
      ))}
    </ul>
  );
}

function Items({ grant }: { grant: GrantView }) {
  return (
    <ul className="plain">
      {grant.items.map(({ path, label }) => (
        <li key={path}>{label}</li>
      ))}
    </ul>
  );
}

export function PromiseCard({ grant }: { grant: GrantView }) {
  return (
    <Card heading={m.sharing_promise_heading()}>
      <blockquote className="promise" lang={grant.notice_lang}>{grant.notice.trim()}</blockquote>
    </Card>
  );
}
