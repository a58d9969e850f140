// The verdict in one box: what was found wrong, or how much of it was looked at.
import { useLanguage } from '@assent/shared';
import type { Audit, Glance } from '../../audit/auditor';
import { Verdict } from '../../components/Verdict';
import { number } from '../../components/format';
import { m } from '../../words/messages';

/** A whole reading outranks a glance; a finding outranks both. */
export function OverviewVerdict({ glance, audit }: { glance: Glance; audit: Audit | null }) {
  const { language } = useLanguage();
  const { findings, last } = glance;
  if (findings.counts.has('log_forked') || findings.counts.has('log_rolled_back')) {
    return (
      <Verdict tone="bad" heading={m.fork_heading()}>
        <p>{m.fork_text()}</p>
      </Verdict>
    );
  }
  if (findings.isAboutTheClock) {
    return (
      <Verdict tone="unknown" heading={m.verdict_unclear()}>
        <p>{m.verdict_unclear_text()}</p>
      </Verdict>
    );
  }
  if (findings.count > 0) {
    return (
      <Verdict tone="bad" heading={m.verdict_bad()}>
        <p>{m.verdict_bad_text({ count: number(findings.count, language) })}</p>
      </Verdict>
    );
  }
  const [heading, text] =
    audit === null ? [m.verdict_glance(), m.verdict_glance_text()] : [m.verdict_all(), m.verdict_all_text()];
  return (
    <Verdict tone="good" heading={heading}>
      <p>{audit === null && last === null ? m.verdict_first_text() : text}</p>
    </Verdict>
  );
}
