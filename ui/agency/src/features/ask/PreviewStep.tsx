// The request as a citizen will see it, in each language, before it is signed.
import { Actions, Button, LANGUAGE_NAMES, RadioGroup, useLanguage } from '@assent/shared';
import type { Language } from '@assent/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../components/Loaded';
import { Trouble } from '../../components/Trouble';
import type { Draft } from '../../host/types';
import { go } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { CitizenView } from './CitizenView';

const LANGUAGES: readonly Language[] = ['en', 'cy'];

/** Shows it, and signs it. */
export function PreviewStep({ draft, back }: { draft: Draft; back: () => void }) {
  const { language } = useLanguage();
  const host = useHost();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Language>(language);
  const preview = useQuery({
    queryKey: ['preview', draft, shown],
    queryFn: () => host.ask('request/preview', { draft, lang: shown }),
    retry: false,
  });
  const make = useMutation({
    mutationFn: () => host.ask('request/make', draft),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['requests'] });
      go('ask', made.id);
    },
  });
  return (
    <div className="stack wide">
      <Trouble error={make.error} />
      <RadioGroup
        label={m.preview_language()}
        value={shown}
        onChange={setShown}
        options={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
      />
      <Loaded query={preview}>{(seen) => <CitizenView preview={seen} language={shown} />}</Loaded>
      <Actions>
        <Button icon="pencil" onPress={() => { make.mutate(); }} isBusy={make.isPending} isDisabled={preview.data === undefined}>{m.preview_sign()}</Button>
        <Button kind="second" onPress={back}>{m.preview_change()}</Button>
      </Actions>
    </div>
  );
}
