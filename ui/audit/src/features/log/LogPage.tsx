// The log entry by entry: tiles on demand, whatever its size.
import { Button, EmptyState, Loading, Notice, TextField, useLanguage } from '@assent/shared';
import { useMemo, useState } from 'react';
import { Failure } from '../../components/Failure';
import { Title } from '../../components/Title';
import { number } from '../../components/format';
import { fromDecimal } from '../../log/bytes';
import type { TreeHead } from '../../log/hash';
import { useAudit } from '../../session/session';
import { m } from '../../words/messages';
import { EntryDetail } from './EntryDetail';
import { EntryList } from './EntryList';
import { askedOnce } from './useEntries';

/** Lists every entry; one may be jumped to by its number. */
export function LogPage() {
  useLanguage();
  const { glance, failure, look } = useAudit();
  const head = glance?.checkpoint?.head ?? null;
  return (
    <div className="stack wide">
      <Title heading={m.log_heading()} lede={m.log_lede()} />
      <Failure again={look} />
      {glance === null && failure === null && <Loading label={m.looking()} />}
      {glance !== null && head === null && <Notice kind="emergency" isLive heading={m.read_missing()} />}
      {head !== null && (head.size === 0 ? <EmptyState icon="file" heading={m.log_empty()} /> : <Explorer key={head.size} head={head} />)}
    </div>
  );
}

function Explorer({ head }: { head: TreeHead }) {
  const { auditor } = useAudit();
  const source = useMemo(() => askedOnce(auditor.source), [auditor]);
  const [chosen, setChosen] = useState(0);
  return (
    <>
      <Jump last={head.size - 1} go={setChosen} />
      <EntryList source={source} head={head} chosen={chosen} choose={setChosen} />
      <EntryDetail source={source} head={head} index={chosen} />
    </>
  );
}

function Jump({ last, go }: { last: number; go: (index: number) => void }) {
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    // Pasted as the pages write it, with groups, it will do as well.
    const index = fromDecimal(text.replaceAll(/[\s.,\u2019]/g, ''));
    setIsWrong(index === null || index > last);
    if (index !== null && index <= last) go(index);
  };
  return (
    <form className="jump" onSubmit={submit}>
      <TextField
        label={m.log_jump()}
        help={m.log_jump_help({ last: number(last, language) })}
        value={text}
        onChange={setText}
        inputMode="numeric"
        width="short"
        error={isWrong ? m.log_jump_bad({ last: number(last, language) }) : null}
      />
      <Button type="submit" kind="second">{m.log_jump_do()}</Button>
    </form>
  );
}
