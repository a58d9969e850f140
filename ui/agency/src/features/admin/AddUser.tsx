// A new user with a password kept here.
import { Button, Card, PasswordField, TextField, useLanguage, useToast } from '@assent/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Trouble } from '../../components/Trouble';
import type { Role } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { RoleChoice } from './UserCard';

const NOBODY = { user: '', name: '', password: '', roles: [] as Role[] };

/** Adds a user. */
export function AddUser() {
  useLanguage();
  const host = useHost();
  const queries = useQueryClient();
  const say = useToast();
  const [user, setUser] = useState(NOBODY);
  const change = (part: Partial<typeof NOBODY>) => { setUser({ ...user, ...part }); };
  const add = useMutation({
    mutationFn: () => host.ask('user/add', user),
    onSuccess: (users) => {
      queries.setQueryData(['users'], users);
      setUser(NOBODY);
      say(m.user_added());
    },
  });
  return (
    <Card heading={m.user_add()}>
      <Trouble error={add.error} />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <TextField label={m.sign_in_user()} help={m.user_user_help()} value={user.user} onChange={(value) => { change({ user: value }); }} width="medium" autoComplete="off" />
        <TextField label={m.user_name()} help={m.user_name_help()} value={user.name} onChange={(name) => { change({ name }); }} autoComplete="off" />
        <PasswordField label={m.user_first_password()} help={m.password_help()} value={user.password} onChange={(password) => { change({ password }); }} autoComplete="new-password" />
        <RoleChoice roles={user.roles} change={(roles) => { change({ roles }); }} />
        <Button type="submit" icon="plus" isBusy={add.isPending}>{m.user_add()}</Button>
      </form>
    </Card>
  );
}
