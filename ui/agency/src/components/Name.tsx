// What a stranger wrote, shown so that it can do no harm: isolated from the text around it, without
// characters that cannot be seen, and cut where it is longer than any name.
import { useFormat } from '@assent/shared';
import { m } from '../words/messages';
import { tame } from './tame';

/** Shows a name, or anything else that was written by somebody outside; `most` is in code points. */
export function Name({ text, most = 80 }: { text: string; most?: number }) {
  const format = useFormat();
  const { shown, left } = tame(text, most);
  if (shown === '') return <span className="soft">{m.name_empty()}</span>;
  return (
    <span className="name">
      <bdi>{shown}</bdi>
      {left > 0 && <span className="soft"> {m.name_cut({ count: format.number(left) })}</span>}
    </span>
  );
}
