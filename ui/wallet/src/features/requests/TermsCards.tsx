// The terms of a request, each part in plain words.
import { Card, Disclosure, Icon, SummaryList, useFormat } from '@assent/shared';
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
    { term: m.requests_who_contact(), detail: agency.contact },
    { term: m.requests_who_privacy(), detail: agency.privacy_url },
  ].filter(({ detail }) => detail !== null);
  return (
    <Disclosure summary={m.requests_who_more()}>
      <SummaryList facts={facts} />
    </Disclosure>
  );
}

export function WhenCard({ review: { on_incident, uses } }: TermsProps) {
  return (
    <Card heading={m.requests_when_heading()}>
      <p className="term">
        <Icon name={on_incident ? 'siren' : 'clock'} />
        <strong>{on_incident ? m.requests_when_incident() : m.requests_when_grant()}</strong>
      </p>
      <p>{on_incident ? m.requests_when_incident_text() : m.requests_when_grant_text()}</p>
      {on_incident && <p>{m.requests_when_locator()}</p>}
      {uses !== null && <p>{uses === 1 ? m.requests_when_uses_one() : m.requests_when_uses({ count: uses })}</p>}
    </Card>
  );
}

export function HowLongCard({ review }: TermsProps) {
  const { day, moment } = useFormat();
  return (
    <Card heading={m.requests_how_long_heading()}>
      <p>{m.requests_how_long({ date: day(review.ends_at) })}</p>
      <p>{m.requests_kept({ span: review.retention })}</p>
      <p>{review.stores ? m.requests_kept_copy() : m.requests_kept_no_copy()}</p>
      {review.recipients.length > 0 && (
        <>
          <h3>{m.requests_passed_heading()}</h3>
          <ul className="plain">
            {review.recipients.map(({ id, name, kind }) => (
              <li key={id}>
                <AgencyMark name={name} kind={kind} />
              </li>
            ))}
          </ul>
        </>
      )}
      {review.answer_by !== null && <p className="help">{m.requests_answer_by({ when: moment(review.answer_by * 1000) })}</p>}
    </Card>
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
