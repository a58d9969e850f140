// The overview: how the log stands, what was found, and the way to read all of it.
import { Card, Loading, useLanguage } from '@assent/shared';
import { Failure } from '../../components/Failure';
import { EvidenceFiles, Findings } from '../../components/Findings';
import { Forget } from '../../components/Forget';
import { ReadButton } from '../../components/Reading';
import { Title } from '../../components/Title';
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
      <Title heading={m.overview_heading()} lede={m.overview_lede()} />
      <Failure again={look} />
      {glance === null && failure === null && <Loading label={m.looking()} />}
      {glance !== null && (
        <>
          <OverviewVerdict glance={glance} audit={audit} />
          <Findings findings={glance.findings} />
          <EvidenceFiles evidence={glance.evidence} />
          <Card heading={m.read_heading()}>
            <p className="measure">{m.read_text()}</p>
            <ReadButton />
          </Card>
          {audit?.replay != null && <Totals replay={audit.replay} now={audit.at} />}
          <LogState glance={glance} />
          <Pinned />
        </>
      )}
    </div>
  );
}

function Pinned() {
  const { glance } = useAudit();
  return (
    <Card heading={m.pinned_heading()} aside={<Forget />}>
      <p>
        <code lang="en">{glance?.kept.pin.logVkey}</code>
      </p>
      <Trust />
    </Card>
  );
}
