// Openings and their second look: whoever opened cannot say whether it was right.
import { Button, Card, Notice, RadioGroup, SummaryList, Tag, useFormat, useLanguage, useToast } from '@assent/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Finding, ReviewRow } from '../host/types';
import { addressOf } from '../session/route';
import { useHost } from '../session/session';
import { m } from '../words/messages';
import { Loaded } from './Loaded';
import { Name } from './Name';
import { Trouble } from './Trouble';
import { reasonWords } from './reasons';
import { distance } from './time';
import { useNow } from './useNow';

const FINDINGS: Record<Finding, () => string> = {
  justified: m.finding_justified_long,
  unjustified: m.finding_unjustified_long,
  inconclusive: m.finding_inconclusive_long,
};

/** Lists openings, those that owe a review first. */
export function Reviews() {
  useLanguage();
  const host = useHost();
  const reviews = useQuery({ queryKey: ['officer', 'reviews'], queryFn: () => host.ask('reviews', {}) });
  return (
    <Loaded query={reviews}>
      {({ reviews: all }) => (
        <div className="stack">
          <p>{m.reviews_lede()}</p>
          {all.length === 0 && <p>{m.reviews_none()}</p>}
          {all.map((row) => <Review key={row.opening} row={row} />)}
        </div>
      )}
    </Loaded>
  );
}

function Review({ row }: { row: ReviewRow }) {
  const format = useFormat();
  const now = useNow(60);
  return (
    <Card heading={m.review_heading({ incident: row.incident })} aside={<ReviewTag row={row} span={distance(row.due - now, format)} />}>
      <SummaryList
        facts={[
          { term: m.review_opened(), detail: format.moment(row.opened_at * 1000) },
          { term: m.review_by(), detail: row.own ? m.review_by_you({ actor: row.actor }) : row.actor },
          { term: m.review_reason(), detail: <Name text={reasonWords(row.reason)} most={200} /> },
          { term: m.column_what(), detail: <a href={addressOf('consents', row.grant)}><code>{row.grant}</code></a> },
          ...(row.finding === null ? [] : [{ term: m.review_found(), detail: `${FINDINGS[row.finding]()} (${row.reviewed_by ?? ''})` }]),
        ]}
      />
      {row.finding === null && (row.own ? <Notice>{m.review_own()}</Notice> : <Finder row={row} />)}
    </Card>
  );
}

function ReviewTag({ row, span }: { row: ReviewRow; span: string }) {
  if (row.finding !== null) return <Tag tone="good">{m.review_done()}</Tag>;
  return <Tag tone={row.overdue ? 'bad' : 'warn'}>{row.overdue ? m.review_overdue({ span }) : m.review_due({ span })}</Tag>;
}

function Finder({ row }: { row: ReviewRow }) {
  const host = useHost();
  const queries = useQueryClient();
  const say = useToast();
  const [finding, setFinding] = useState<Finding | null>(null);
  const review = useMutation({
    mutationFn: (found: Finding) => host.ask('review', { grant: row.grant, opening: row.opening, finding: found }),
    onSuccess: async () => {
      say(m.review_recorded());
      await queries.invalidateQueries({ queryKey: ['officer'] });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (finding !== null) review.mutate(finding);
      }}
    >
      <Trouble error={review.error} />
      <RadioGroup label={m.review_question()} help={m.review_help()} value={finding} onChange={setFinding} options={(Object.keys(FINDINGS) as Finding[]).map((value) => ({ value, label: FINDINGS[value]() }))} />
      <Button type="submit" kind="second" isBusy={review.isPending} isDisabled={finding === null}>{m.review_do()}</Button>
    </form>
  );
}
