// What stands before an open wallet: the first run where there is none, the way in where there is one.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import type { About } from '../../host/host';
import type { Setup } from '../../session/Session';
import { FirstRun } from './FirstRun';
import { Gate } from './Gate';
import { RecoverStep } from './RecoverStep';
import { UnlockStep } from './UnlockStep';

export function StartPages({ about, setup }: { about: About; setup: Setup }) {
  useLanguage();
  // The wallet appears while the first run is under way; that does not end it.
  const [isNew] = useState(!about.exists);
  return <Gate>{isNew || !about.exists ? <FirstRun about={about} setup={setup} /> : <WayIn about={about} />}</Gate>;
}

function WayIn({ about }: { about: About }) {
  const [isRecovering, setIsRecovering] = useState(false);
  if (!isRecovering) return <UnlockStep about={about} recover={() => { setIsRecovering(true); }} />;
  return <RecoverStep isLost={false} back={() => { setIsRecovering(false); }} />;
}
