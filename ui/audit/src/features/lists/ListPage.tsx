// One status list, worked out again from the log and compared place by place.
import { Card, EmptyState, Select, useLanguage } from '@assent/shared';
import { useState } from 'react';
import type { Audit } from '../../audit/auditor';
import { NeedsReading, ReadButton } from '../../components/Reading';
import { Title } from '../../components/Title';
import { m } from '../../words/messages';
import { ListResult } from './ListResult';

/** Lets a person choose a list, and says whether it follows from the log. */
export function ListPage() {
  useLanguage();
  return (
    <div className="stack wide">
      <Title heading={m.list_heading()} lede={m.list_lede()} />
      <NeedsReading>{(audit) => <Lists audit={audit} />}</NeedsReading>
    </div>
  );
}

function Lists({ audit }: { audit: Audit }) {
  const numbers = [...new Set([...audit.lists.keys(), ...(audit.replay?.lists ?? [])])].sort((a, b) => a - b);
  const [chosen, setChosen] = useState(numbers[0] ?? 0);
  if (numbers.length === 0) return <EmptyState icon="file" heading={m.list_none()} />;
  const options = numbers.map((number) => ({ value: number.toString(), label: number.toString() }));
  return (
    <>
      <ListResult audit={audit} list={chosen} />
      <Card>
        <Select label={m.list_choose()} options={options} value={chosen.toString()} onChange={(value) => { setChosen(Number(value)); }} />
        <ReadButton />
      </Card>
    </>
  );
}
