// The token with which call-handling software asks the Additional Data Repository (NENA i3).
import { Actions, Button, Card, Notice, useFormat, useLanguage } from '@assent/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy } from '../../components/Copy';
import { Trouble } from '../../components/Trouble';
import type { Settings } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Makes and ends it; it is shown once. */
export function AdrPart({ settings }: { settings: Settings }) {
  useLanguage();
  const format = useFormat();
  const host = useHost();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => host.ask('adr-token', {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['settings'] }),
    gcTime: 0,
  });
  const remove = useMutation({
    mutationFn: () => host.ask('adr-token/remove', {}),
    onSuccess: (changed) => {
      make.reset();
      queries.setQueryData(['settings'], changed);
    },
  });
  const madeAt = settings.adr_token_made_at;
  return (
    <Card heading={m.adr_heading()}>
      <p>{m.adr_text()}</p>
      <Copy label={m.adr_url()} text={settings.adr_url} />
      <p>{madeAt === null ? m.adr_none() : m.adr_made({ when: format.moment(madeAt * 1000) })}</p>
      <Trouble error={make.error ?? remove.error} />
      {make.data !== undefined && (
        <Notice kind="warning" heading={m.adr_once()}><Copy label={m.adr_token()} text={make.data.token} /></Notice>
      )}
      <Actions>
        <Button kind="second" icon="key" isBusy={make.isPending} onPress={() => { make.mutate(); }}>{madeAt === null ? m.adr_make() : m.adr_make_new()}</Button>
        {madeAt !== null && <Button kind="quiet" isBusy={remove.isPending} onPress={() => { remove.mutate(); }}>{m.adr_remove()}</Button>}
      </Actions>
    </Card>
  );
}
