// A session that ran out: what was typed waits below, and nobody is blamed.
import { Button, Card, Disclosure, useLanguage } from '@assent/shared';
import { Heading } from '../../components/Heading';
import type { Session, SignedIn } from '../../host/types';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';
import { SignInForm } from './SignInForm';

/** Takes the session up again. */
export function EndedPage({ session, user }: { session: Session; user: SignedIn }) {
  useLanguage();
  const { forget } = useSession();
  return (
    <div className="stack wide narrow">
      <Heading lede={m.ended_text()}>{m.ended_heading()}</Heading>
      <Card>
        <SignInForm ways={session.ways} name={user.user} />
      </Card>
      <Disclosure summary={m.ended_other()}>
        <p>{m.ended_other_text({ name: user.name })}</p>
        <Button kind="second" onPress={forget}>{m.ended_other()}</Button>
      </Disclosure>
    </div>
  );
}
