// All that one entry says, and whether it leads to the signed root.
import { Card, Loading, SummaryList, Tag, useLanguage } from '@assent/shared';
import type { Fact } from '@assent/shared';
import type { Source } from '../../audit/source';
import { number, time } from '../../components/format';
import { toBase64, toBase64Url } from '../../log/bytes';
import type { TreeHead } from '../../log/hash';
import { m } from '../../words/messages';
import { entryWords } from './EntryRow';
import type { Row } from './useEntries';
import { useEntries } from './useEntries';

/** Shows the entry that is chosen. */
export function EntryDetail({ source, head, index }: { source: Source; head: TreeHead; index: number }) {
  const { language } = useLanguage();
  const row = useEntries(source, head, index, index)(index);
  return (
    <Card heading={m.log_detail({ index: number(index, language) })}>
      {row === undefined && <Loading label={m.log_loading()} />}
      {row === 'gone' && <p>{m.log_gone()}</p>}
      {typeof row === 'object' && <SummaryList facts={factsOf(row, language)} />}
    </Card>
  );
}

function factsOf({ entry, leaf, holds }: Row, language: string): Fact[] {
  const checked = { term: m.log_checked(), detail: <Tag tone={holds ? 'good' : 'bad'}>{holds ? m.log_checked_yes() : m.log_checked_no()}</Tag> };
  const hash = { term: m.log_leaf(), detail: <code lang="en">{toBase64(leaf)}</code> };
  if (entry === null) return [{ term: m.log_what(), detail: m.log_no_entry() }, checked, hash];
  const ends = entry.kind === 'status' && entry.exp !== null ? [{ term: m.grant_ends(), detail: time(entry.exp * 1000) }] : [];
  return [
    { term: m.log_what(), detail: entryWords(entry, language) },
    { term: m.log_time(), detail: time(entry.at) },
    ...ends,
    checked,
    { term: m.log_digest(), detail: <code lang="en">{`sha256:${toBase64Url(entry.digest)}`}</code> },
    hash,
  ];
}
