// Who a pseudonym is. That it was asked, and why, is on record.
import { Button, Card, SummaryList, TextField, useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Name } from '../../components/Name';
import { Trouble } from '../../components/Trouble';
import { ROLE_NAMES } from '../../components/roles';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Asks with a reason, and tells. */
export function ResolvePart() {
  useLanguage();
  const host = useHost();
  const [asked, setAsked] = useState({ actor: '', reason: '' });
  const resolve = useMutation({ mutationFn: () => host.ask('actor/resolve', { actor: asked.actor.trim(), reason: asked.reason.trim() }), gcTime: 0 });
  return (
    <Card heading={m.resolve_heading()}>
      <Trouble error={resolve.error} />
      <form
        className="stack no-print"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          resolve.mutate();
        }}
      >
        <TextField label={m.looks_actor()} value={asked.actor} onChange={(actor) => { setAsked({ ...asked, actor }); }} width="medium" autoComplete="off" />
        <TextField label={m.resolve_reason()} help={m.resolve_help()} value={asked.reason} onChange={(reason) => { setAsked({ ...asked, reason }); }} />
        <Button type="submit" kind="second" isBusy={resolve.isPending}>{m.resolve_do()}</Button>
      </form>
      <div role="status">
        {resolve.data !== undefined && (
          <SummaryList
            facts={[
              { term: m.user_name(), detail: <Name text={resolve.data.name} /> },
              { term: m.sign_in_user(), detail: resolve.data.user },
              { term: m.user_roles(), detail: resolve.data.roles.map((role) => ROLE_NAMES[role]()).join(', ') },
            ]}
          />
        )}
      </div>
    </Card>
  );
}
