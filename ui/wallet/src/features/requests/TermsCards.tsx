// The terms of a request, each part in plain words.
import { Card, Disclosure, Icon, SummaryList, useFormat } from '@assent/shared';
import type { IconName } from '@assent/shared';
import type { ReactNode } from 'react';
import type { Agency, ReviewView } from '../../host/host';
import { AgencyMark } from '../../parts/AgencyMark';
import { m } from '../../words/messages';

interface TermsProps {
  review: ReviewView;
}

/** Who asks, and that it was checked; then what for. */
export function WhoCard({ review, isOwn }: TermsProps & { isOwn: boolean }) {
  const { agency, purposes, fresh } = review;
  return (
    <Card heading={isOwn ? m.requests_who_heading_direct() : m.requests_who_heading()}>
      <AgencyMark name={agency.name} kind={agency.kind} />
      <p className="checked">
        <Icon name="shield" />
        <span>{isOwn ? m.requests_who_checked_direct() : m.requests_who_checked()}</span>
      </p>
      {!fresh && !isOwn && <p className="help">{m.requests_who_not_fresh()}</p>}
      <AgencyDetails agency={agency} />
      <h3>{m.requests_why_heading()}</h3>
      <ul className="purposes">
        {purposes.map(({ code, label, explanation }) => (
          <li key={code}>
            <strong>{label}</strong>
            <p>{explanation}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AgencyDetails({ agency }: { agency: Agency }) {
  const facts = [
    { term: m.requests_who_address(), detail: agency.id },
    { term: m.requests_who_contact(), detail: agency.contact === null ? null : <bdi>{agency.contact}</bdi> },
    { term: m.requests_who_privacy(), detail: agency.privacy_url },
  ].filter(({ detail }) => detail !== null);
  return (
    <Disclosure summary={m.requests_who_more()}>
      <SummaryList facts={facts} />
    </Disclosure>
  );
}

/** When they may look, until when, and what they may do with it. */
export function TermsCard({ review }: TermsProps) {
  const { day, moment } = useFormat();
  const { on_incident, uses, answer_by, stores, retention, ends_at } = review;
  return (
    <Card heading={m.requests_terms_heading()}>
      <ul className="terms">
        <Term icon={on_incident ? 'siren' : 'eye'} heading={on_incident ? m.requests_when_incident() : m.requests_when_grant()}>
          <p>{on_incident ? m.requests_when_incident_text() : m.requests_when_grant_text()}</p>
          {on_incident && <p>{m.requests_when_locator()}</p>}
          {uses !== null && <p>{uses === 1 ? m.requests_when_uses_one() : m.requests_when_uses({ count: uses })}</p>}
        </Term>
        <Term icon="clock" heading={m.requests_until({ date: day(ends_at) })}>
          <p>{m.requests_until_sooner()}</p>
        </Term>
        <Term icon="file" heading={m.requests_kept({ span: retention })}>
          <p>{stores ? m.requests_kept_copy() : m.requests_kept_no_copy()}</p>
        </Term>
      </ul>
      <Recipients recipients={review.recipients} />
      {answer_by !== null && <p className="help">{m.requests_answer_by({ when: moment(answer_by * 1000) })}</p>}
    </Card>
  );
}

function Term({ icon, heading, children }: { icon: IconName; heading: string; children: ReactNode }) {
  return (
    <li>
      <Icon name={icon} />
      <div>
        <strong>{heading}</strong>
        {children}
      </div>
    </li>
  );
}

function Recipients({ recipients }: { recipients: readonly Agency[] }) {
  if (recipients.length === 0) return null;
  return (
    <>
      <h3>{m.requests_passed_heading()}</h3>
      <ul className="plain">
        {recipients.map(({ id, name, kind }) => (
          <li key={id}>
            <AgencyMark name={name} kind={kind} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The agency's own words: what is signed is tied to exactly these. */
export function PromiseCard({ review, isOwn }: TermsProps & { isOwn: boolean }) {
  return (
    <Card heading={isOwn ? m.requests_promise_heading_direct() : m.requests_promise_heading()}>
      <blockquote className="promise" lang={review.notice_lang}>{review.notice.trim()}</blockquote>
      {!isOwn && <p className="help">{m.requests_promise_note()}</p>}
    </Card>
  );
}
