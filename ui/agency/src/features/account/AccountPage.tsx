// One's own account: the password, and passkeys.
import { Button, Card, PasswordField, SummaryList, TextField, useFormat, useLanguage, useToast } from '@assent/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import { Trouble } from '../../components/Trouble';
import { newPasskey } from '../../components/passkey';
import { ROLE_NAMES } from '../../components/roles';
import type { Account, Passkey } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Shows the account. */
export function AccountPage() {
  useLanguage();
  const host = useHost();
  const account = useQuery({ queryKey: ['account'], queryFn: () => host.ask('account', {}) });
  return (
    <div className="stack wide">
      <Heading>{m.nav_account()}</Heading>
      <Loaded query={account}>{(found) => <Shown account={found} />}</Loaded>
    </div>
  );
}

function Shown({ account }: { account: Account }) {
  return (
    <>
      <Card heading={<Name text={account.name} />}>
        <SummaryList
          facts={[
            { term: m.sign_in_user(), detail: account.user },
            { term: m.looks_actor(), detail: <code>{account.actor}</code> },
            { term: m.user_roles(), detail: account.roles.map((role) => ROLE_NAMES[role]()).join(', ') },
          ]}
        />
        <p className="help">{m.account_actor_help()}</p>
      </Card>
      {account.from_provider ? <p>{m.error_from_provider_do()}</p> : <><Passkeys passkeys={account.passkeys} /><PasswordCard /></>}
    </>
  );
}

function Passkeys({ passkeys }: { passkeys: readonly Passkey[] }) {
  const format = useFormat();
  const host = useHost();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const keep = (changed: Account) => { queries.setQueryData(['account'], changed); };
  const add = useMutation({ mutationFn: () => newPasskey(host, name.trim()), onSuccess: keep });
  const remove = useMutation({ mutationFn: (id: string) => host.ask('account/passkey/remove', { id }), onSuccess: keep });
  return (
    <Card heading={m.passkeys_heading()}>
      <p>{m.passkeys_text()}</p>
      <Trouble error={add.error ?? remove.error} />
      <SummaryList
        facts={passkeys.map((passkey) => ({
          key: passkey.id,
          term: <Name text={passkey.name} most={60} />,
          detail: m.passkey_added({ day: format.day(passkey.added_at) }),
          action: <Button kind="quiet" label={m.passkey_remove_named({ name: passkey.name })} onPress={() => { remove.mutate(passkey.id); }}>{m.passkey_remove()}</Button>,
        }))}
      />
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <TextField label={m.passkey_name()} help={m.passkey_name_help()} value={name} onChange={setName} width="medium" />
        <Button type="submit" kind="second" icon="key" isBusy={add.isPending}>{m.passkey_add()}</Button>
      </form>
    </Card>
  );
}

function PasswordCard() {
  const host = useHost();
  const say = useToast();
  const [words, setWords] = useState({ old: '', new: '' });
  const change = useMutation({
    mutationFn: () => host.ask('account/password', words),
    onSuccess: () => {
      setWords({ old: '', new: '' });
      say(m.user_password_set());
    },
  });
  return (
    <Card heading={m.password_heading()}>
      <Trouble error={change.error} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <PasswordField label={m.password_old()} value={words.old} onChange={(old) => { setWords({ ...words, old }); }} autoComplete="current-password" />
        <PasswordField label={m.user_new_password()} help={m.password_help()} value={words.new} onChange={(next) => { setWords({ ...words, new: next }); }} autoComplete="new-password" />
        <Button type="submit" kind="second" isBusy={change.isPending}>{m.password_do()}</Button>
      </form>
    </Card>
  );
}
