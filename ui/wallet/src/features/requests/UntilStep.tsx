// Until when: as long as they ask, or sooner.
import { Actions, Button, Card, DateField, RadioGroup, useFormat } from '@assent/shared';
import { useState } from 'react';
import { WalletPage } from '../../frame/WalletPage';
import { m } from '../../words/messages';
import { choose } from '../../session/asked';
import { dayOf, endOfDay, endsOf } from './choice';
import type { End } from './choice';
import type { StepProps } from './ReviewPage';
import { StepBack } from './StepBack';

type Choice = End['name'] | 'other';

export function UntilStep({ asked, review, endsAt, to }: StepProps) {
  const { day } = useFormat();
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const ends = endsOf(now, review.ends_at);
  const [choice, setChoice] = useState<Choice>(() => ends.find((end) => dayOf(end.endsAt) === dayOf(endsAt))?.name ?? 'other');
  const [other, setOther] = useState<string | null>(choice === 'other' ? dayOf(endsAt) : null);
  const [fault, setFault] = useState<string | null>(null);
  const latest = day(review.ends_at);
  const next = () => {
    const end = choice === 'other' ? otherEnd(other, now, review.ends_at) : ends.find(({ name }) => name === choice)?.endsAt;
    if (end == null) {
      setFault(m.requests_until_bad({ date: latest }));
      return;
    }
    choose({ endsAt: end });
    to({ name: 'check' });
  };
  const words: Record<End['name'], (date: { date: string }) => string> = {
    latest: asked.source.kind === 'direct' ? m.requests_until_longest : m.requests_until_latest,
    month: m.requests_until_month,
    half: m.requests_until_half,
    year: m.requests_until_year,
  };
  return (
    <WalletPage title={m.requests_until_heading({ agency: review.agency.name })} lede={m.requests_until_hint()}>
      <Card>
        <RadioGroup<Choice>
          label={m.requests_until_label()}
          value={choice}
          onChange={setChoice}
          options={[
            ...ends.map(({ name, endsAt: at }) => ({ value: name, label: words[name]({ date: day(at) }) })),
            { value: 'other', label: m.requests_until_other() },
          ]}
        />
        {choice === 'other' && (
          <DateField
            label={m.requests_until_day()}
            help={m.requests_until_day_hint({ date: latest })}
            value={other}
            onChange={setOther}
            error={fault}
            min={dayOf(now + 86_400)}
            max={dayOf(review.ends_at)}
          />
        )}
      </Card>
      <Actions>
        <Button onPress={next}>{m.requests_continue()}</Button>
        <StepBack to={to} />
      </Actions>
    </WalletPage>
  );
}

function otherEnd(day: string | null, now: number, latest: number): number | null {
  if (day === null || day > dayOf(latest)) return null;
  const end = endOfDay(day, latest);
  return end > now ? end : null;
}
