// What is owed under a consent: by when, why, and the agency's word that it is done.
import { Button, Card, Notice, Select, useFormat, useLanguage, useToast } from '@assent/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Trouble } from '../../components/Trouble';
import { distance } from '../../components/time';
import { useNow } from '../../components/useNow';
import type { ConsentView, Owed } from '../../host/types';
import { useSession } from '../../session/session';
import { m } from '../../words/messages';

const METHODS = ['deleted', 'overwritten', 'shredded', 'returned'] as const;
const METHOD_NAMES: Record<(typeof METHODS)[number], () => string> = {
  deleted: m.method_deleted,
  overwritten: m.method_overwritten,
  shredded: m.method_shredded,
  returned: m.method_returned,
};

/** Shows what is owed, and lets it be confirmed. */
export function ErasePart({ consent }: { consent: ConsentView }) {
  const format = useFormat();
  const { owed, erased_at: erasedAt } = consent.row;
  if (owed !== null) return <Due grant={consent.row.grant} owed={owed} />;
  if (erasedAt === null) return null;
  return <Notice kind="success">{m.erased_on({ when: format.moment(erasedAt * 1000) })}</Notice>;
}

function Due({ grant, owed }: { grant: string; owed: Owed }) {
  useLanguage();
  const format = useFormat();
  const { host } = useSession();
  const queries = useQueryClient();
  const say = useToast();
  const now = useNow(60);
  const [method, setMethod] = useState<(typeof METHODS)[number]>('deleted');
  const erase = useMutation({
    mutationFn: () => host.ask('consent/erased', { grant, method: METHOD_NAMES[method]() }),
    onSuccess: async () => {
      say(m.erase_done());
      await queries.invalidateQueries();
    },
  });
  const due = { day: format.day(owed.due), span: distance(owed.due - now, format) };
  return (
    <Card heading={owed.overdue ? m.erase_overdue({ span: due.span }) : m.erase_due({ span: due.span })}>
      <p>{owed.because === 'withdrawn' ? m.erase_withdrawn({ day: due.day }) : m.erase_retention({ day: due.day })}</p>
      <Trouble error={erase.error} />
      <Select label={m.erase_method()} value={method} onChange={setMethod} options={METHODS.map((value) => ({ value, label: METHOD_NAMES[value]() }))} />
      <p className="help">{m.erase_help()}</p>
      <Button icon="bin" onPress={() => { erase.mutate(); }} isBusy={erase.isPending}>{m.erase_do()}</Button>
    </Card>
  );
}
