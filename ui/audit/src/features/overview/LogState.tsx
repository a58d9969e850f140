// The newest signed state of the log: size, root, signatures, and how it compares with the last visit.
import { useLanguage } from '@assent/shared';
import type { Glance } from '../../audit/auditor';
import { Download } from '../../components/Download';
import { Facts } from '../../components/Facts';
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
  return (
    <section className="card stack" aria-labelledby="state-heading">
      <h2 id="state-heading">{m.state_heading()}</h2>
      <Facts
        facts={[
          [m.state_size(), number(head.size, language)],
          [m.state_growth(), growthWords(glance, language)],
          [m.state_signed(), m.state_signed_text()],
          [m.state_witnesses(), <Witnesses key="witnesses" checkpoint={checkpoint} />],
          [m.state_looked(), time(glance.at)],
          [m.state_root(), <code key="root" lang="en">{toBase64(head.root)}</code>],
          [m.state_origin(), <code key="origin" lang="en">{origin}</code>],
        ]}
      />
      <Download name={`checkpoint-${head.size.toString()}.txt`} text={() => note} label={m.state_download()} />
    </section>
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
