// A new request in three steps: what to start from, the words of it, and how a citizen will see it.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import type { Draft } from '../../host/types';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { DraftForm } from './DraftForm';
import { PreviewStep } from './PreviewStep';
import { TemplateStep } from './TemplateStep';
import { useCatalogue } from '../../session/catalogue';

type Step = 'template' | 'words' | 'preview';

/** Builds a request. Going back loses nothing. */
export function BuildPage() {
  useLanguage();
  const catalogue = useCatalogue();
  const [step, setStep] = useState<Step>('template');
  const [draft, setDraft] = useState<Draft | null>(null);
  const back = { name: m.nav_ask(), href: addressOf('ask') };
  const heading = { template: m.build_template(), words: m.build_words(), preview: m.build_preview() }[step];
  const lede = { template: m.build_template_lede(), words: m.build_words_lede(), preview: m.build_preview_lede() }[step];
  return (
    <div className="stack wide">
      <Heading key={step} back={back} lede={lede}>{heading}</Heading>
      {(step === 'template' || draft === null) && (
        <TemplateStep
          hasDraft={draft !== null}
          keep={() => { setStep('words'); }}
          choose={(chosen) => {
            setDraft(chosen);
            setStep('words');
          }}
        />
      )}
      {step === 'words' && draft !== null && (
        <Loaded query={catalogue}>
          {(known) => (
            <DraftForm
              catalogue={known}
              draft={draft}
              change={setDraft}
              back={() => { setStep('template'); }}
              next={() => { setStep('preview'); }}
            />
          )}
        </Loaded>
      )}
      {step === 'preview' && draft !== null && <PreviewStep draft={draft} back={() => { setStep('words'); }} />}
    </div>
  );
}
