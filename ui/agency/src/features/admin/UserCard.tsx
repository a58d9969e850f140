// One user: what they may do, whether they can sign in, and a new password.
import { Actions, Button, Card, Checkbox, Disclosure, PasswordField, Tag, useFormat, useLanguage, useToast } from '@assent/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Name } from '../../components/Name';
import { Trouble } from '../../components/Trouble';
import { ROLE_NAMES } from '../../components/roles';
import type { Role, User } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

const ROLES = Object.keys(ROLE_NAMES) as Role[];

/** Shows and changes a user. */
export function UserCard({ user }: { user: User }) {
  const format = useFormat();
  return (
    <Card
      heading={<Name text={user.name} />}
      aside={user.disabled ? <Tag tone="bad">{m.user_disabled()}</Tag> : <Tag tone="good">{m.user_enabled()}</Tag>}
    >
      <p className="soft">
        {m.user_known({ user: user.user, actor: user.actor })}{' '}
        {user.signed_in_at === null ? m.user_never() : m.user_signed_in({ when: format.moment(user.signed_in_at * 1000) })}
      </p>
      <p>{user.roles.map((role) => ROLE_NAMES[role]()).join(', ')}</p>
      <Disclosure summary={m.user_change()}>
        {user.from_provider ? <p>{m.user_from_provider()}</p> : <><Roles user={user} /><NewPassword user={user} /></>}
        <Disable user={user} />
      </Disclosure>
    </Card>
  );
}

function useChange(said: string) {
  const host = useHost();
  const queries = useQueryClient();
  const say = useToast();
  return useMutation({
    mutationFn: (change: { user: string; roles?: Role[]; disabled?: boolean }) => host.ask('user/change', change),
    onSuccess: (users) => {
      queries.setQueryData(['users'], users);
      say(said);
    },
  });
}

function Roles({ user }: { user: User }) {
  useLanguage();
  const [roles, setRoles] = useState(user.roles);
  const change = useChange(m.user_changed());
  return (
    <div className="stack">
      <Trouble error={change.error} />
      <RoleChoice roles={roles} change={setRoles} />
      <Button kind="second" isBusy={change.isPending} onPress={() => { change.mutate({ user: user.user, roles }); }}>{m.user_save_roles()}</Button>
    </div>
  );
}

export function RoleChoice({ roles, change }: { roles: readonly Role[]; change: (roles: Role[]) => void }) {
  return (
    <fieldset className="choices">
      <legend>{m.user_roles()}</legend>
      {ROLES.map((role) => (
        <Checkbox key={role} label={ROLE_NAMES[role]()} isSelected={roles.includes(role)} onChange={(on) => { change(on ? [...roles, role] : roles.filter((each) => each !== role)); }} />
      ))}
    </fieldset>
  );
}

function NewPassword({ user }: { user: User }) {
  const host = useHost();
  const say = useToast();
  const [password, setPassword] = useState('');
  const set = useMutation({
    mutationFn: () => host.ask('user/password', { user: user.user, password }),
    onSuccess: () => {
      setPassword('');
      say(m.user_password_set());
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
    >
      <Trouble error={set.error} />
      <PasswordField label={m.user_new_password()} help={m.password_help()} value={password} onChange={setPassword} autoComplete="new-password" />
      <Button type="submit" kind="second" isBusy={set.isPending}>{m.user_set_password()}</Button>
    </form>
  );
}

function Disable({ user }: { user: User }) {
  const change = useChange(m.user_changed());
  return (
    <Actions>
      <Trouble error={change.error} />
      <Button kind={user.disabled ? 'second' : 'danger'} isBusy={change.isPending} onPress={() => { change.mutate({ user: user.user, disabled: !user.disabled }); }}>
        {user.disabled ? m.user_enable() : m.user_disable()}
      </Button>
    </Actions>
  );
}
