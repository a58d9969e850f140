// What a request starts from: a template of the agency, one that comes with the program, or nothing.
import { Actions, Button, RadioGroup, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../components/Loaded';
import { inLanguage } from '../../components/words';
import type { Draft, Template } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { EMPTY } from './draft';
import { usePurposeNames } from '../../session/catalogue';

interface TemplateStepProps {
  /** A draft was begun before and can be kept. */
  hasDraft: boolean;
  keep: () => void;
  choose: (draft: Draft) => void;
}

/** Chooses a template. */
export function TemplateStep(props: TemplateStepProps) {
  const host = useHost();
  const templates = useQuery({ queryKey: ['templates'], queryFn: () => host.ask('templates', { lang: 'en' }) });
  return <Loaded query={templates}>{({ templates: all }) => <Choice {...props} templates={all} />}</Loaded>;
}

function Choice({ templates, hasDraft, keep, choose }: TemplateStepProps & { templates: readonly Template[] }) {
  const { language } = useLanguage();
  const nameOf = usePurposeNames();
  const [chosen, setChosen] = useState<string>(templates[0]?.id ?? '');
  const options = templates.map(({ id, name, draft }) => ({
    value: id,
    label: inLanguage(name, language),
    help: m.template_help({ purpose: draft.purposes.map(nameOf).join(', '), count: draft.items.length.toString() }),
  }));
  const draft = templates.find(({ id }) => id === chosen)?.draft ?? EMPTY;
  return (
    <div className="stack">
      <RadioGroup
        label={m.template_label()}
        value={chosen}
        onChange={setChosen}
        options={[...options, { value: '', label: m.template_none(), help: m.template_none_help() }]}
      />
      <Actions>
        <Button onPress={() => { choose(draft); }}>{m.next()}</Button>
        {hasDraft && <Button kind="second" onPress={keep}>{m.template_keep()}</Button>}
      </Actions>
    </div>
  );
}
