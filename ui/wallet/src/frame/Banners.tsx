// What is told above every page: no connection, decisions that wait, and findings against the verifier.
import { Button, LinkButton, Notice } from '@assent/shared';
import { useAbout } from '../session/Session';
import { useAnswer } from '../session/ask';
import { addressOf, useRoute } from '../session/route';
import { isOffline, useRound } from '../session/round';
import { m } from '../words/messages';

export function Banners() {
  const overview = useAnswer('overview', {}).data;
  if (overview === undefined) return null;
  return (
    <>
      {overview.findings > 0 && <FindingsBanner />}
      <LinkBanner />
      <WaitingBanner waiting={overview.waiting} />
    </>
  );
}

function FindingsBanner() {
  return (
    <Notice kind="emergency" heading={m.findings_heading()} isLive>
      <p>{m.findings_text()}</p>
      <LinkButton kind="second" href={addressOf('findings')}>{m.findings_see()}</LinkButton>
    </Notice>
  );
}

/** A link that was opened outside the window. It waits for a press: whoever types something is not torn away. */
function LinkBanner() {
  const links = useAbout().data?.links ?? 0;
  const { name } = useRoute();
  if (links === 0 || name === 'home' || name === 'requests') return null;
  return (
    <Notice heading={m.home_link()} isLive>
      <LinkButton kind="second" href={addressOf('requests')}>{m.home_link_see()}</LinkButton>
    </Notice>
  );
}

function WaitingBanner({ waiting }: { waiting: number }) {
  const round = useRound();
  const offline = isOffline(round);
  if (!offline && waiting === 0) return null;
  return (
    <Notice kind="offline" heading={offline ? m.wait_offline_heading() : waitingWords(waiting)} isLive>
      {offline && <p>{m.wait_offline_text()}</p>}
      {offline && waiting > 0 && <p>{waitingWords(waiting)}</p>}
      <Button kind="second" icon="sync" isBusy={round.isFetching} onPress={() => void round.refetch()}>
        {waiting === 0 ? m.try_again() : m.wait_try()}
      </Button>
    </Notice>
  );
}

function waitingWords(count: number): string {
  return count === 1 ? m.wait_one() : m.wait_many({ count });
}
