// The first page: what Assent is, where things will be kept, what this version can do.
import { useLanguage } from '@assent/shared';
import { m } from '@assent/shared/words';
import { Points } from './Points';
import { ThisComputer } from './ThisComputer';

const COMMAND = 'assent wallet --help';

/** Welcomes a person who has just opened the wallet. */
export function WelcomePage() {
  useLanguage();
  return (
    <>
      <h1>{m.heading()}</h1>
      <p className="lede">{m.lede()}</p>
      <Points />
      <ThisComputer />
      <section className="welcome-status" aria-labelledby="status-heading">
        <h2 id="status-heading">{m.status_heading()}</h2>
        <p>{m.status_text()}</p>
        <p>
          <code lang="en">{COMMAND}</code>
        </p>
      </section>
    </>
  );
}
