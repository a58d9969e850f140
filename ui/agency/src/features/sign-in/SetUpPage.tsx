// The first visit: the first administrator is made with the code that the program printed.
import { Button, Card, PasswordField, TextField, useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Heading } from '../../components/Heading';
import { Trouble } from '../../components/Trouble';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';

/** Makes the first administrator. */
export function SetUpPage() {
  useLanguage();
  const { host, enter } = useSession();
  const [first, setFirst] = useState({ code: '', user: '', name: '', password: '' });
  const make = useMutation({ mutationFn: () => enter(() => host.ask('set-up', first)) });
  const change = (part: Partial<typeof first>) => { setFirst({ ...first, ...part }); };
  return (
    <div className="stack wide narrow">
      <Heading lede={m.set_up_lede()}>{m.set_up_heading()}</Heading>
      <Trouble error={make.error} />
      <Card>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <TextField label={m.set_up_code()} help={m.set_up_code_help()} value={first.code} onChange={(code) => { change({ code }); }} width="medium" autoComplete="off" />
          <TextField label={m.sign_in_user()} value={first.user} onChange={(user) => { change({ user }); }} width="medium" autoComplete="username" />
          <TextField label={m.user_name()} help={m.user_name_help()} value={first.name} onChange={(name) => { change({ name }); }} autoComplete="name" />
          <PasswordField label={m.sign_in_password()} help={m.password_help()} value={first.password} onChange={(password) => { change({ password }); }} autoComplete="new-password" />
          <Button type="submit" isBusy={make.isPending}>{m.set_up_do()}</Button>
        </form>
      </Card>
    </div>
  );
}
