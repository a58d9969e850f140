// The first run, one step after the other: what this is, the passphrase, the recovery words, the consent service.
import { useState } from 'react';
import type { About } from '../../host/host';
import { rememberPhraseChecked } from '../../session/remembered';
import type { Setup } from '../../session/Session';
import { CheckStep } from './CheckStep';
import { PassphraseStep } from './PassphraseStep';
import { PhraseStep } from './PhraseStep';
import { RecoverStep } from './RecoverStep';
import { RestoreStep } from './RestoreStep';
import { ServiceStep } from './ServiceStep';
import { WelcomeStep } from './WelcomeStep';

type At = 'welcome' | 'passphrase' | 'phrase' | 'check' | 'service' | 'restore' | 'recover';

/** Holds the words only until they were checked. */
export function FirstRun({ about, setup }: { about: About; setup: Setup }) {
  const [at, setAt] = useState<At>('welcome');
  const [wasElsewhere, setWasElsewhere] = useState(false);
  const [words, setWords] = useState<string[]>([]);
  const to = (next: At) => () => {
    setWasElsewhere(true);
    setAt(next);
  };
  switch (at) {
    case 'welcome':
      return <WelcomeStep isFirst={!wasElsewhere} create={to('passphrase')} restore={to('restore')} recover={to('recover')} />;
    case 'restore':
      return <RestoreStep back={to('welcome')} />;
    case 'recover':
      return <RecoverStep isLost back={to('welcome')} />;
    case 'passphrase':
      return (
        <PassphraseStep
          back={to('welcome')}
          setup={setup}
          made={(made) => {
            setWords(made);
            setAt('phrase');
          }}
        />
      );
    case 'phrase':
      return <PhraseStep words={words} next={to('check')} />;
    case 'check':
      return (
        <CheckStep
          words={words}
          back={to('phrase')}
          later={to('service')}
          checked={() => {
            rememberPhraseChecked();
            setWords([]);
            setAt('service');
          }}
        />
      );
    case 'service':
      return <ServiceStep suggested={about.suggested_verifier} done={setup.end} />;
  }
}
