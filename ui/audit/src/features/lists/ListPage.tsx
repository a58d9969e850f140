// One status list, worked out again from the log and compared place by place.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import type { Audit } from '../../audit/auditor';
import { NeedsReading, ReadButton } from '../../components/Reading';
import { m } from '../../words/messages';
import { ListResult } from './ListResult';

/** Lets a person choose a list, and says whether it follows from the log. */
export function ListPage() {
  useLanguage();
  return (
    <div className="stack wide">
      <h1>{m.list_heading()}</h1>
      <p className="lede">{m.list_lede()}</p>
      <NeedsReading>{(audit) => <Lists audit={audit} />}</NeedsReading>
    </div>
  );
}

function Lists({ audit }: { audit: Audit }) {
  const numbers = [...new Set([...audit.lists.keys(), ...(audit.replay?.lists ?? [])])].sort((a, b) => a - b);
  const [chosen, setChosen] = useState(numbers[0] ?? 0);
  if (numbers.length === 0) return <p>{m.list_none()}</p>;
  return (
    <>
      <div className="row form">
        <label className="field">
          <span>{m.list_choose()}</span>
          <select value={chosen} onChange={(event) => { setChosen(Number(event.target.value)); }}>
            {numbers.map((number) => (
              <option key={number} value={number}>
                {number}
              </option>
            ))}
          </select>
        </label>
        <ReadButton />
      </div>
      <ListResult audit={audit} list={chosen} />
    </>
  );
}
