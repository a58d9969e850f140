// What was done at this console, the newest first. It stays in the agency's folder.
import { Actions, Button, Table, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import type { Journal, JournalLine } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Lines on a page. */
const LINES = 50;

/** Shows a page of lines. */
export function JournalPart() {
  useLanguage();
  const format = useFormat();
  const host = useHost();
  const [offset, setOffset] = useState(0);
  const journal = useQuery({
    queryKey: ['officer', 'journal', offset],
    queryFn: () => host.ask('journal', { offset, limit: LINES }),
    placeholderData: (before: Journal | undefined) => before,
  });
  return (
    <Loaded query={journal}>
      {({ total, lines }) => (
        <div className="stack">
          <p>{m.journal_lede()}</p>
          <Table caption={m.officer_journal()} head={[m.journal_at(), m.looks_actor(), m.journal_act(), m.journal_about(), m.journal_reason(), m.journal_refused()]} rows={lines.map((line, at) => ({ key: at.toString(), cells: cells(line, format.moment) }))} />
          <p role="status" className="soft">{m.journal_shown({ from: format.number(Math.min(offset + 1, total)), to: format.number(Math.min(offset + lines.length, total)), total: format.number(total) })}</p>
          <Actions>
            <Button kind="second" isDisabled={offset === 0} onPress={() => { setOffset(Math.max(offset - LINES, 0)); }}>{m.journal_newer()}</Button>
            <Button kind="second" isDisabled={offset + LINES >= total} onPress={() => { setOffset(offset + LINES); }}>{m.journal_older()}</Button>
          </Actions>
        </div>
      )}
    </Loaded>
  );
}

function cells(line: JournalLine, moment: (ms: number) => string) {
  return [
    moment(line.at * 1000),
    line.actor,
    <code key="act" lang="en">{line.act}</code>,
    <Name key="about" text={line.grant ?? line.about ?? '–'} most={40} />,
    line.reason === undefined ? '' : <Name key="reason" text={line.reason} most={160} />,
    line.refused === undefined ? '' : <code key="refused" lang="en">{line.refused}</code>,
  ];
}
