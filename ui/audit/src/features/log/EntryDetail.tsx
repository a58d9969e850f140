// All that one entry says, and whether it leads to the signed root.
import { useLanguage } from '@assent/shared';
import { Facts } from '../../components/Facts';
import { number, time } from '../../components/format';
import { toBase64, toBase64Url } from '../../log/bytes';
import type { TreeHead } from '../../log/hash';
import { useAudit } from '../../session/session';
import { m } from '../../words/messages';
import { entryWords } from './EntryRow';
import type { Row } from './useEntries';
import { useEntries } from './useEntries';

/** Shows the entry that is chosen. */
export function EntryDetail({ head, index }: { head: TreeHead; index: number }) {
  const { language } = useLanguage();
  const { auditor } = useAudit();
  const row = useEntries(auditor.source, head, index, index)(index);
  return (
    <section className="card stack" aria-labelledby="entry-heading">
      <h2 id="entry-heading">{m.log_detail({ index: number(index, language) })}</h2>
      {row === undefined && <p>{m.log_loading()}</p>}
      {row === 'gone' && <p>{m.log_gone()}</p>}
      {typeof row === 'object' && <Facts facts={factsOf(row, language)} />}
    </section>
  );
}

function factsOf({ entry, leaf, holds }: Row, language: string) {
  const checked = [m.log_checked(), holds ? m.log_checked_yes() : m.log_checked_no()] as const;
  const hash = [m.log_leaf(), <code key="leaf" lang="en">{toBase64(leaf)}</code>] as const;
  if (entry === null) return [[m.log_what(), m.log_no_entry()] as const, checked, hash];
  const ends = entry.kind === 'status' && entry.exp !== null ? [[m.grant_ends(), time(entry.exp * 1000)] as const] : [];
  return [
    [m.log_what(), entryWords(entry, language)] as const,
    [m.log_time(), time(entry.at)] as const,
    ...ends,
    checked,
    [m.log_digest(), <code key="digest" lang="en">{`sha256:${toBase64Url(entry.digest)}`}</code>] as const,
    hash,
  ];
}
