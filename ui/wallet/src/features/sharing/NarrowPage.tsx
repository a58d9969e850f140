// Sharing less under a consent, or for a shorter time: a narrower one takes its place in one step.
import { Actions, Button, Card, Checkbox, DateField, ErrorSummary, LinkButton, Notice, RadioGroup, useFormat } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Granted, GrantView } from '../../host/host';
import { useAct } from '../../session/ask';
import { useRoundOnce } from '../../session/round';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { latestDay, narrowed } from './narrowing';
import type { Narrowed } from './narrowing';
import { backTo, OneGrant } from './OneGrant';

export function NarrowPage({ id }: { id: string }) {
  return <OneGrant id={id}>{(grant) => <Narrow key={grant.id} grant={grant} />}</OneGrant>;
}

function Narrow({ grant }: { grant: GrantView }) {
  const narrow = useAct('grant_narrow');
  const [without, setWithout] = useState<readonly string[]>([]);
  const [isSooner, setIsSooner] = useState(false);
  const [day, setDay] = useState<string | null>(null);
  const [fault, setFault] = useState<Exclude<Narrowed['kind'], 'less'> | null>(null);
  if (narrow.data !== undefined) return <Done agency={grant.agency_name} granted={narrow.data} />;
  if (grant.state !== 'valid' || grant.becoming !== null) return <NotNow grant={grant} />;
  const submit = () => {
    const found = isSooner && day === null ? ({ kind: 'bad_day' } as const) : narrowed(grant, { without, day: isSooner ? day : null }, Date.now() / 1000);
    if (found.kind === 'less') {
      setFault(null);
      narrow.mutate(found.ask);
    } else setFault(found.kind);
  };
  return (
    <WalletPage title={m.sharing_narrow_heading({ agency: grant.agency_name })} lede={m.sharing_narrow_lede()} back={backTo(grant)}>
      {fault !== null && <Fault fault={fault} endsAt={grant.ends_at} />}
      <Failure error={narrow.error} again={submit} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!narrow.isPending) submit();
        }}
      >
        <Items grant={grant} without={without} onChange={setWithout} />
        <Until grant={grant} isSooner={isSooner} onSooner={setIsSooner} day={day} onDay={setDay} />
        <Actions>
          <Button type="submit" isBusy={narrow.isPending}>{m.sharing_narrow_do()}</Button>
          <LinkButton kind="quiet" href={addressOf('grant', { grant: grant.id })}>{m.sharing_keep_as_is()}</LinkButton>
        </Actions>
      </form>
    </WalletPage>
  );
}

interface ItemsProps {
  grant: GrantView;
  without: readonly string[];
  onChange: (without: readonly string[]) => void;
}

function Items({ grant, without, onChange }: ItemsProps) {
  return (
    <Card>
      <fieldset className="choices">
        <legend>{m.sharing_narrow_items()}</legend>
        {grant.items.map(({ path, label, required }) => (
          <Checkbox
            key={path}
            label={label}
            help={required ? m.sharing_narrow_needed() : undefined}
            isDisabled={required}
            isSelected={!without.includes(path)}
            onChange={(isKept) => {
              onChange(isKept ? without.filter((each) => each !== path) : [...without, path]);
            }}
          />
        ))}
      </fieldset>
    </Card>
  );
}

interface UntilProps {
  grant: GrantView;
  isSooner: boolean;
  onSooner: (isSooner: boolean) => void;
  day: string | null;
  onDay: (day: string | null) => void;
}

function Until({ grant, isSooner, onSooner, day, onDay }: UntilProps) {
  const format = useFormat();
  return (
    <Card>
      <RadioGroup<'same' | 'sooner'>
        label={m.sharing_narrow_until()}
        value={isSooner ? 'sooner' : 'same'}
        onChange={(value) => { onSooner(value === 'sooner'); }}
        options={[
          { value: 'same', label: m.sharing_narrow_same({ date: format.day(grant.ends_at) }) },
          { value: 'sooner', label: m.sharing_narrow_sooner() },
        ]}
      />
      {isSooner && <DateField label={m.sharing_narrow_day()} value={day} onChange={onDay} max={latestDay(grant.ends_at)} />}
    </Card>
  );
}

function Fault({ fault, endsAt }: { fault: Exclude<Narrowed['kind'], 'less'>; endsAt: number }) {
  const { day } = useFormat();
  const words = {
    nothing: { happened: m.sharing_narrow_nothing(), todo: m.sharing_narrow_nothing_do() },
    none_left: { happened: m.sharing_narrow_none(), todo: m.sharing_narrow_none_do() },
    bad_day: { happened: m.sharing_narrow_bad(), todo: m.sharing_narrow_bad_day({ date: day(endsAt) }) },
  };
  return <ErrorSummary key={fault} heading={shared.problem()} {...words[fault]} />;
}

function NotNow({ grant }: { grant: GrantView }) {
  return (
    <WalletPage title={m.sharing_narrow_heading({ agency: grant.agency_name })} back={backTo(grant)}>
      <Notice heading={m.sharing_narrow_not_now()} />
    </WalletPage>
  );
}

function Done({ agency, granted: { grants: [grant], recorded } }: { agency: string; granted: Granted }) {
  useRoundOnce();
  return (
    <WalletPage key="done" title={m.sharing_narrow_done_heading({ agency })}>
      {recorded > 0 ? <Notice kind="success" isLive heading={m.sharing_narrow_done()} /> : <Notice kind="offline" isLive heading={m.sharing_narrow_waits()} />}
      <Actions>
        {grant !== undefined && <LinkButton href={addressOf('grant', { grant })}>{m.sharing_see_consent()}</LinkButton>}
        <LinkButton kind="second" href={addressOf('sharing')}>{m.sharing_back_to_list()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}
