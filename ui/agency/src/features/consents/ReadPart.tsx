// Reading under a consent: with a reason, on record first, and shown only while the consent stands.
import { Button, Card, Notice, TextField, useFormat, useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Fields } from '../../components/Fields';
import { Trouble } from '../../components/Trouble';
import { Withdrawn } from '../../components/Withdrawn';
import type { ConsentView, ReadAnswer } from '../../host/types';
import { useHeld } from '../../session/held';
import { useIsLive } from '../../session/live';
import { addressOf } from '../../session/route';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';

/** Asks why, reads, shows, and takes away. */
export function ReadPart({ consent }: { consent: ConsentView }) {
  const { language } = useLanguage();
  const { host, user } = useSession();
  const isLive = useIsLive();
  const { grant, ends_at: endsAt } = consent.row;
  const { held, hold, drop } = useHeld(grant, endsAt);
  const [reason, setReason] = useState('');
  const read = useMutation({
    mutationFn: () => host.ask('consent/read', { grant, reason: reason.trim(), items: [], lang: language }),
    onSuccess: hold,
    gcTime: 0,
  });
  const mayRead = user?.roles.includes('caseworker') === true;
  if (held.kind === 'shown') return <Shown answer={held.answer} hide={drop} />;
  if (held.kind === 'gone') return <Withdrawn held={held} again={drop} />;
  if (consent.readable === 'on_incident') return <Sealed isController={user?.roles.includes('control-room') === true} />;
  if (consent.readable === 'no' || !mayRead) return null;
  return (
    <Card heading={m.read_heading()}>
      <Trouble error={read.error} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          read.mutate();
        }}
      >
        <TextField label={m.read_reason()} help={m.read_reason_help()} value={reason} onChange={setReason} error={read.error !== null && reason.trim() === '' ? m.read_reason_missing() : null} />
        {!isLive && <p className="help">{m.read_no_line()}</p>}
        <Button type="submit" icon="eye" isBusy={read.isPending} isDisabled={!isLive}>{m.read_do()}</Button>
      </form>
    </Card>
  );
}

function Shown({ answer, hide }: { answer: ReadAnswer; hide: () => void }) {
  const format = useFormat();
  return (
    <Card heading={m.read_shown()} aside={<Button kind="quiet" icon="eyeOff" onPress={hide}>{m.read_hide()}</Button>}>
      <p className="help">{m.read_recorded({ index: format.number(answer.index) })} {answer.keep_until !== null && m.read_keep({ day: format.day(answer.keep_until) })}</p>
      <Fields fields={answer.fields} />
    </Card>
  );
}

function Sealed({ isController }: { isController: boolean }) {
  return (
    <Notice heading={m.read_sealed()}>
      <p>{m.read_sealed_text()}</p>
      {isController && <p><a href={addressOf('control')}>{m.nav_control()}</a></p>}
    </Notice>
  );
}
