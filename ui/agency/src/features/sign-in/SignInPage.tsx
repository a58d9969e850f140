// The first page: whose desk this is, and the way in.
import { Button, Card, Notice, Table, useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { Heading } from '../../components/Heading';
import { Trouble } from '../../components/Trouble';
import { ROLE_NAMES } from '../../components/roles';
import { inLanguage } from '../../components/words';
import { Refusal } from '../../host/refusal';
import type { DemoUser, Session } from '../../host/types';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';
import { SignInForm } from './SignInForm';

/** Asks who is there. */
export function SignInPage({ session }: { session: Session }) {
  const { language } = useLanguage();
  return (
    <div className="stack wide narrow">
      <Heading lede={m.sign_in_lede({ agency: inLanguage(session.agency_names, language) })}>{m.sign_in_heading()}</Heading>
      <Trouble error={providerTrouble()} />
      <Card>
        <SignInForm ways={session.ways} />
      </Card>
      {session.demo && session.demo_users.length > 0 && <Sample users={session.demo_users} />}
    </div>
  );
}

/** The sample county's users: one press each. */
function Sample({ users }: { users: readonly DemoUser[] }) {
  const { host, enter } = useSession();
  const signIn = useMutation({ mutationFn: ({ user, password }: DemoUser) => enter(() => host.ask('sign-in', { user, password })) });
  return (
    <Notice heading={m.demo_heading()}>
      <p>{m.demo_text()} <code>{users[0]?.password}</code></p>
      <Trouble error={signIn.error} />
      <Table
        caption={m.demo_users()}
        head={[m.sign_in_user(), m.user_roles(), m.sign_in_heading()]}
        rows={users.map((each) => ({
          key: each.user,
          cells: [
            each.user,
            each.roles.map((role) => ROLE_NAMES[role]()).join(', '),
            <Button key="do" kind="second" label={m.demo_sign_in({ user: each.user })} isBusy={signIn.isPending} onPress={() => { signIn.mutate(each); }}>{m.sign_in_do()}</Button>,
          ],
        }))}
      />
    </Notice>
  );
}

/** What the agency's identity provider answered, which stands in the address that it came back to. */
function providerTrouble(): Refusal | null {
  const answer = new URLSearchParams(window.location.search).get('sign-in');
  if (answer === 'refused') return new Refusal('provider_refused');
  return answer === 'unavailable' ? new Refusal('provider_unavailable') : null;
}
