// Was a consent in force at a time? Answered from the log alone.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import type { Audit } from '../../audit/auditor';
import type { Found, GrantFault } from '../../audit/grant';
import { findGrant } from '../../audit/grant';
import type { Replay } from '../../audit/replay';
import { NeedsReading } from '../../components/Reading';
import { Title } from '../../components/Title';
import { useAudit } from '../../session/session';
import { m } from '../../words/messages';
import { GrantAnswer } from './GrantAnswer';
import { GrantForm } from './GrantForm';
import { GrantRefusal } from './GrantRefusal';

/** Asks for a token or a proof and a time, and answers. */
export function GrantPage() {
  useLanguage();
  return (
    <div className="stack wide">
      <Title heading={m.grant_heading()} lede={m.grant_lede()} />
      <NeedsReading>{(audit, replay) => <Question audit={audit} replay={replay} />}</NeedsReading>
    </div>
  );
}

type Outcome = { kind: 'found'; found: Found; at: number } | { kind: 'fault'; fault: GrantFault } | { kind: 'failed' };

function Question({ audit, replay }: { audit: Audit; replay: Replay }) {
  const { auditor } = useAudit();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const ask = (given: string, at: number) => {
    const { checkpoint, log } = audit;
    if (checkpoint === null) return;
    // What the log will say later is not known.
    if (at > Date.now()) {
      setOutcome({ kind: 'fault', fault: 'not_yet' });
      return;
    }
    setOutcome(null);
    findGrant(given, { replay, checkpoint, log }, auditor.source).then(
      (found) => {
        setOutcome(typeof found === 'string' ? { kind: 'fault', fault: found } : { kind: 'found', found, at });
      },
      () => {
        setOutcome({ kind: 'failed' });
      },
    );
  };
  return (
    <>
      {outcome !== null && outcome.kind !== 'found' && (
        <GrantRefusal fault={outcome.kind === 'fault' ? outcome.fault : null} />
      )}
      <GrantForm ask={ask} />
      {outcome?.kind === 'found' && <GrantAnswer found={outcome.found} at={outcome.at} size={replay.size} />}
    </>
  );
}
