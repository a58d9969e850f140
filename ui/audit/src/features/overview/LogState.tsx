// The newest signed state of the log: size, root, signatures, and how it compares with the last visit.
import { Actions, Card, SummaryList, useLanguage } from '@assent/shared';
import type { Glance } from '../../audit/auditor';
import { Download } from '../../components/Download';
import { number, time } from '../../components/format';
import type { VerifiedCheckpoint } from '../../log/checkpoint';
import { toBase64 } from '../../log/bytes';
import { m } from '../../words/messages';

/** Shows the checkpoint, where one holds. */
export function LogState({ glance }: { glance: Glance }) {
  const { language } = useLanguage();
  const { checkpoint } = glance;
  if (checkpoint === null) return null;
  const { head, origin, note } = checkpoint;
  const facts = [
    { term: m.state_size(), detail: number(head.size, language) },
    { term: m.state_growth(), detail: growthWords(glance, language) },
    { term: m.state_signed(), detail: m.state_signed_text() },
    { term: m.state_witnesses(), detail: <Witnesses checkpoint={checkpoint} /> },
    { term: m.state_looked(), detail: time(glance.at) },
    { term: m.state_root(), detail: <code lang="en">{toBase64(head.root)}</code> },
    { term: m.state_origin(), detail: <code lang="en">{origin}</code> },
  ];
  return (
    <Card heading={m.state_heading()}>
      <SummaryList facts={facts} />
      <Actions>
        <Download name={`checkpoint-${head.size.toString()}.txt`} text={() => note} label={m.state_download()} />
      </Actions>
    </Card>
  );
}

function Witnesses({ checkpoint }: { checkpoint: VerifiedCheckpoint }) {
  useLanguage();
  const { cosignatures, unknownSigners } = checkpoint;
  if (cosignatures.length + unknownSigners.length === 0) return m.state_witness_none();
  return (
    <ul className="plain">
      {cosignatures.map(({ witness, time: at }) => (
        <li key={witness}>{m.state_witness_known({ name: witness, time: time(at * 1000) })}</li>
      ))}
      {unknownSigners.map((name) => (
        <li key={name}>{m.state_witness_unknown({ name })}</li>
      ))}
    </ul>
  );
}

function growthWords({ grew, last, checkpoint }: Glance, language: string): string {
  if (last === null) return m.state_growth_first();
  const size = number(last.head.size, language);
  if (grew === null) return m.state_growth_unknown();
  if (!grew) return m.state_growth_no({ size });
  return last.head.size === checkpoint?.head.size ? m.state_growth_same({ size }) : m.state_growth_grew({ size });
}
