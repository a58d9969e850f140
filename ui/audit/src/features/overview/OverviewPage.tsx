// The overview: how the log stands, what was found, and the way to read all of it.
import { useLanguage } from '@assent/shared';
import { Failure } from '../../components/Failure';
import { EvidenceFiles, Findings } from '../../components/Findings';
import { Forget } from '../../components/Forget';
import { ReadButton } from '../../components/Reading';
import { Trust } from '../../components/Trust';
import { useAudit } from '../../session/session';
import { m } from '../../words/messages';
import { LogState } from './LogState';
import { OverviewVerdict } from './OverviewVerdict';
import { Totals } from './Totals';

/** Tells whether the verifier keeps its word, as far as was looked. */
export function OverviewPage() {
  useLanguage();
  const { glance, audit, failure, look } = useAudit();
  return (
    <div className="stack wide">
      <h1>{m.overview_heading()}</h1>
      <Failure again={look} />
      {glance === null && failure === null && <p role="status">{m.looking()}</p>}
      {glance !== null && (
        <>
          <OverviewVerdict glance={glance} audit={audit} />
          <Findings findings={glance.findings} />
          <EvidenceFiles evidence={glance.evidence} />
          <LogState glance={glance} />
          <section className="card stack" aria-labelledby="read-heading">
            <h2 id="read-heading">{m.read_heading()}</h2>
            <p>{m.read_text()}</p>
            <ReadButton />
          </section>
          {audit?.replay != null && <Totals replay={audit.replay} now={audit.at} />}
          <Pinned />
        </>
      )}
    </div>
  );
}

function Pinned() {
  const { glance } = useAudit();
  return (
    <section className="stack" aria-labelledby="pinned-heading">
      <h2 id="pinned-heading">{m.pinned_heading()}</h2>
      <p>
        <code lang="en">{glance?.kept.pin.logVkey}</code>
      </p>
      <Trust />
      <Forget />
    </section>
  );
}
