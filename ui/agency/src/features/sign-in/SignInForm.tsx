// The ways to sign in that this desk knows: a password, a passkey, the agency's own identity provider.
import { Button, LinkButton, PasswordField, TextField, useLanguage } from '@assent/shared';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Trouble } from '../../components/Trouble';
import { Refusal } from '../../host/refusal';
import type { Session, Ways } from '../../host/types';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';
import { passkeySession } from '../../components/passkey';

/** Asks who is there; `name` is filled in where a session is taken up again. */
export function SignInForm({ ways, name = '' }: { ways: Ways; name?: string }) {
  useLanguage();
  const { host, enter } = useSession();
  const [user, setUser] = useState(name);
  const [password, setPassword] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const attempt = (act: () => Promise<Session>) => {
    setIsBusy(true);
    setError(null);
    enter(act).catch((refused: unknown) => {
      setError(refused);
      setPassword('');
      setIsBusy(false);
    });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (user.trim() === '' || password === '') setError(new Refusal('sign_in_empty'));
    else attempt(() => host.ask('sign-in', { user: user.trim(), password }));
  };
  return (
    <div className="stack">
      <Trouble error={error} />
      {ways.password && (
        <form className="stack" onSubmit={submit} noValidate>
          <TextField label={m.sign_in_user()} value={user} onChange={setUser} autoComplete="username" name="user" width="medium" />
          <PasswordField label={m.sign_in_password()} value={password} onChange={setPassword} autoComplete="current-password" name="password" />
          <Button type="submit" isBusy={isBusy}>{m.sign_in_do()}</Button>
        </form>
      )}
      {ways.passkey && 'credentials' in navigator && (
        <Button kind="second" icon="key" isBusy={isBusy} onPress={() => { attempt(() => passkeySession(host)); }}>
          {m.sign_in_passkey()}
        </Button>
      )}
      {ways.oidc !== null && (
        <LinkButton kind="second" icon="next" href={host.providerAddress}>{m.sign_in_oidc({ name: ways.oidc })}</LinkButton>
      )}
    </div>
  );
}
