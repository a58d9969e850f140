// The log entry by entry: tiles on demand, whatever its size.
import { useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Failure } from '../../components/Failure';
import { number } from '../../components/format';
import type { TreeHead } from '../../log/hash';
import { useAudit } from '../../session/session';
import { m } from '../../words/messages';
import { EntryDetail } from './EntryDetail';
import { EntryList } from './EntryList';

/** Lists every entry, newest jump first by number. */
export function LogPage() {
  useLanguage();
  const { glance, failure, look } = useAudit();
  const head = glance?.checkpoint?.head ?? null;
  return (
    <div className="stack wide">
      <h1>{m.log_heading()}</h1>
      <p className="lede">{m.log_lede()}</p>
      <Failure again={look} />
      {glance === null && failure === null && <p role="status">{m.looking()}</p>}
      {glance !== null && head === null && <p role="alert">{m.read_missing()}</p>}
      {head !== null && (head.size === 0 ? <p>{m.log_empty()}</p> : <Explorer key={head.size} head={head} />)}
    </div>
  );
}

function Explorer({ head }: { head: TreeHead }) {
  const [chosen, setChosen] = useState(0);
  return (
    <>
      <Jump last={head.size - 1} go={setChosen} />
      <EntryList head={head} chosen={chosen} choose={setChosen} />
      <EntryDetail head={head} index={chosen} />
    </>
  );
}

function Jump({ last, go }: { last: number; go: (index: number) => void }) {
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    if (text !== '') go(Math.min(Math.max(Math.floor(Number(text)), 0), last));
  };
  return (
    <form className="row form" onSubmit={submit}>
      <label className="field">
        <span>{m.log_jump()}</span>
        <span className="hint">{m.log_jump_help({ last: number(last, language) })}</span>
        <input
          type="number"
          min={0}
          max={last}
          step={1}
          value={text}
          onChange={(event) => { setText(event.target.value); }}
        />
      </label>
      <button type="submit" className="button">
        {m.log_jump_do()}
      </button>
    </form>
  );
}
