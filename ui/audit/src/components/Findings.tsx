// What does not hold, each in a sentence, with the evidence to keep.
import { Actions, useLanguage } from '@assent/shared';
import type { Evidence } from '../audit/auditor';
import type { Code, Finding, Findings as All } from '../audit/finding';
import { m } from '../words/messages';
import { Download } from './Download';
import { number, status } from './format';

/** Lists findings; each names its code, which is the same in every language. */
export function Findings({ findings }: { findings: All }) {
  const { language } = useLanguage();
  if (findings.count === 0) return null;
  const hidden = [...findings.counts].map(([code, count]) => ({ code, more: count - toldOf(findings, code) }));
  return (
    <section aria-labelledby="findings-heading" className="stack">
      <h2 id="findings-heading">{m.findings_heading()}</h2>
      <ul className="findings">
        {findings.told.map((finding, at) => (
          <li key={`${finding.code} ${at.toString()}`}>
            {sentence(finding, language)} <code lang="en">{finding.code}</code>
          </li>
        ))}
        {hidden
          .filter(({ more }) => more > 0)
          .map(({ code, more }) => (
            <li key={`${code} more`}>
              {m.findings_more({ count: number(more, language) })} <code lang="en">{code}</code>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** The texts that show a fault, each to be saved. */
export function EvidenceFiles({ evidence }: { evidence: readonly Evidence[] }) {
  useLanguage();
  if (evidence.length === 0) return null;
  return (
    <section aria-labelledby="evidence-heading" className="stack">
      <h2 id="evidence-heading">{m.evidence_heading()}</h2>
      <Actions>
        {evidence.map(({ name, text }) => (
          <Download key={name} name={name} text={() => text} label={m.evidence_do({ name })} />
        ))}
      </Actions>
    </section>
  );
}

function toldOf(findings: All, code: Code): number {
  return findings.told.filter((finding) => finding.code === code).length;
}

const SENTENCES: Record<Code, (details: Details) => string> = {
  checkpoint_unsigned: m.finding_checkpoint_unsigned,
  log_rolled_back: m.finding_log_rolled_back,
  log_forked: m.finding_log_forked,
  root_mismatch: m.finding_root_mismatch,
  entry_missing: m.finding_entry_missing,
  entry_malformed: m.finding_entry_malformed,
  entry_not_canonical: m.finding_entry_not_canonical,
  time_went_back: m.finding_time_went_back,
  status_unlawful: m.finding_status_unlawful,
  tile_mismatch: m.finding_tile_mismatch,
  list_missing: m.finding_list_missing,
  list_unsigned: m.finding_list_unsigned,
  list_without_exp: m.finding_list_without_exp,
  list_expired: m.finding_list_expired,
  list_immutable: m.finding_list_immutable,
  list_untagged: m.finding_list_untagged,
  list_mismatch: m.finding_list_mismatch,
  list_ahead: m.finding_list_ahead,
  list_withheld: m.finding_list_withheld,
  history_mismatch: m.finding_history_mismatch,
  registry_unsigned: m.finding_registry_unsigned,
  registry_unlogged: m.finding_registry_unlogged,
  registry_rolled_back: m.finding_registry_rolled_back,
  agency_key_swapped: m.finding_agency_key_swapped,
  verifier_key_changed: m.finding_verifier_key_changed,
  receipt_forked: m.finding_receipt_forked,
};

/** Every detail that a sentence may name; which ones there are follows from the code. */
type Details = Record<
  | 'agency' | 'count' | 'first' | 'index' | 'last' | 'list' | 'log' | 'own' | 'purpose'
  | 'seconds' | 'serial' | 'served' | 'size' | 'slot' | 'tile' | 'why',
  string
>;

function sentence({ code, details }: Finding, language: string): string {
  const show = ([name, value]: [string, string | number]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    return [name, name === 'served' || name === 'own' ? status(value) : number(value, language)];
  };
  return SENTENCES[code](Object.fromEntries(Object.entries(details).map(show)) as Details);
}
