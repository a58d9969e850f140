// What stands before an open wallet.
import { Mark } from '@assent/shared';
import type { About } from '../../host/host';
import { m } from '../../words/messages';

export function StartPages({ about }: { about: About }) {
  return (
    <main>
      <Mark />
      <h1>{m.app_name()}</h1>
      <p>{about.version}</p>
    </main>
  );
}
