// Checking a token that somebody shows: pasted, dropped as a file, or scanned; the verdict stands in plain words.
import { Button, Card, Checkbox, TextField, useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Heading } from '../../components/Heading';
import { Trouble } from '../../components/Trouble';
import { Refusal } from '../../host/refusal';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { DropPart } from './DropPart';
import { ScanPart } from './ScanPart';
import { tokenIn } from './token';
import { VerdictPart } from './VerdictPart';

/** Takes a token and tells what it is worth. */
export function CheckPage() {
  const { language } = useLanguage();
  const host = useHost();
  const [text, setText] = useState('');
  const [isOffline, setIsOffline] = useState(false);
  const check = useMutation({
    mutationFn: (given: string) => {
      const token = tokenIn(given);
      if (token === '') throw new Refusal('token_missing');
      return host.ask('check', { token, items: [], offline: isOffline, lang: language });
    },
  });
  const take = (given: string) => {
    setText(given);
    check.mutate(given);
  };
  return (
    <div className="stack wide">
      <Heading lede={m.check_lede()}>{m.check_heading()}</Heading>
      <Trouble error={check.error} />
      <div role="status">{check.data !== undefined && <VerdictPart verdict={check.data} />}</div>
      <Card heading={m.check_give()}>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            check.mutate(text);
          }}
        >
          <TextField label={m.check_token()} help={m.check_token_help()} value={text} onChange={setText} rows={4} spellCheck={false} />
          <Checkbox label={m.check_offline()} help={m.check_offline_help()} isSelected={isOffline} onChange={setIsOffline} />
          <Button type="submit" icon="shield" isBusy={check.isPending}>{m.check_do()}</Button>
        </form>
        <DropPart take={take} />
        <ScanPart take={take} />
      </Card>
    </div>
  );
}
