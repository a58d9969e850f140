// A word in good time before the session ends.
import { Button, useFormat } from '@assent/shared';
import { useEffect, useState } from 'react';
import { distance } from '../../components/time';
import { useNow } from '../../components/useNow';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';

/** Seconds before the end at which it is told; less where the whole session is short. */
const WARNING = 60;

/** Tells that the session is about to end, and lets it go on. */
export function IdleBar() {
  const format = useFormat();
  const { host, session, user, look, enter } = useSession();
  const now = useNow(1);
  const ends = user?.idle_until ?? null;
  const [toldOf, setToldOf] = useState<number | null>(null);
  const warning = ends === null || session === null ? WARNING : Math.min(WARNING, (ends - session.now) / 2);
  const soonAt = ends === null ? null : ends - warning;

  useEffect(() => {
    if (ends === null || soonAt === null) return;
    // The server is asked again at both times: what was done meanwhile may have prolonged the session.
    const until = (at: number) => Math.max((at - Date.now() / 1000) * 1000, 0);
    const soon = setTimeout(() => void look().then(() => { setToldOf(ends); }), until(soonAt));
    const over = setTimeout(() => void look(), until(ends) + 500);
    return () => {
      clearTimeout(soon);
      clearTimeout(over);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when to warn follows from the end, and must not move with the clock
  }, [ends, look]);

  if (toldOf === null || toldOf !== ends) return null;
  return (
    <div className="notice-bar" role="alert">
      <p>{m.idle_soon({ span: distance(ends - now, format) })}</p>
      <Button onPress={() => void enter(() => host.ask('session', {}))}>{m.idle_stay()}</Button>
    </div>
  );
}
