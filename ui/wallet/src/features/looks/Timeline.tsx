// Everything by time, the newest first: looks in full, and what else happened in a line.
import { useFormat } from '@assent/shared';
import type { Doing, Happened, Look } from '../../host/host';
import { LongList } from '../../parts/LongList';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { LookCard } from './LookCard';

type Entry = { kind: 'look'; index: number; look: Look } | { kind: 'other'; index: number; happened: Happened };

interface TimelineProps {
  looks: readonly Look[];
  happened: readonly Happened[];
}

export function Timeline({ looks, happened }: TimelineProps) {
  const entries = entriesOf(looks, happened);
  if (entries.length === 0) return null;
  return (
    <section className="stack">
      <h2>{m.looks_timeline_heading()}</h2>
      <LongList className="timeline" isOrdered entries={entries} keyOf={({ index }) => index}>
        {(entry) => (entry.kind === 'look' ? <LookCard look={entry.look} /> : <Other happened={entry.happened} />)}
      </LongList>
    </section>
  );
}

/** The record's own order, backwards: two things of the same second stay in order. */
function entriesOf(looks: readonly Look[], happened: readonly Happened[]): Entry[] {
  const entries: Entry[] = [
    ...looks.map((look): Entry => ({ kind: 'look', index: look.index, look })),
    ...happened.map((one): Entry => ({ kind: 'other', index: one.index, happened: one })),
  ];
  return entries.sort((a, b) => b.index - a.index);
}

function Other({ happened }: { happened: Happened }) {
  const { moment } = useFormat();
  return (
    <div className="other">
      <a href={addressOf('grant', { grant: happened.grant })}>{doingWords(happened)}</a>
      <time dateTime={new Date(happened.at).toISOString()}>{moment(happened.at)}</time>
      {happened.finding !== null && <p className="help">{findingWords(happened.finding)}</p>}
    </div>
  );
}

function doingWords({ doing, agency }: Happened): string {
  const words: Record<Doing, (said: { agency: string }) => string> = {
    granted: m.looks_doing_granted,
    revoked: m.looks_doing_revoked,
    suspended: m.looks_doing_suspended,
    resumed: m.looks_doing_resumed,
    erase_requested: m.looks_doing_erase_requested,
    shared: m.looks_doing_shared,
    looked: m.looks_read,
    opened: m.looks_opened,
    reviewed: m.looks_doing_reviewed,
    acknowledged: m.looks_doing_acknowledged,
    erased: m.looks_doing_erased,
    other: m.looks_doing_other,
  };
  return words[doing]({ agency });
}

function findingWords(finding: string): string {
  if (finding === 'justified') return m.looks_finding_justified();
  return finding === 'unjustified' ? m.looks_finding_unjustified() : m.looks_finding_inconclusive();
}
