// The program's version and the vault's place, or why they cannot be told.
import { ErrorSummary, useLanguage } from '@assent/shared';
import { m } from '@assent/shared/words';
import type { AppInfo, HostErrorCode } from '../../host/host';
import { useAppInfo } from './useAppInfo';

/** Tells a person what is on this computer. */
export function ThisComputer() {
  useLanguage();
  const state = useAppInfo();
  if (state.kind === 'failed') return <Failure code={state.code} />;
  return (
    <section className="card" aria-labelledby="device-heading">
      <h2 id="device-heading">{m.device_heading()}</h2>
      {state.kind === 'asking' ? <p>{m.device_loading()}</p> : <Details info={state.info} />}
    </section>
  );
}

function Details({ info }: { info: AppInfo }) {
  const place = info.vault_exists ? m.device_place_made() : m.device_place();
  return (
    <dl>
      <dt>{place}</dt>
      <dd>
        <code>{info.vault_file}</code>
        <p>{m.device_place_note()}</p>
      </dd>
      <dt>{m.device_version()}</dt>
      <dd>{info.version}</dd>
    </dl>
  );
}

function Failure({ code }: { code: HostErrorCode }) {
  const [happened, todo] = words(code);
  return <ErrorSummary heading={m.error_heading()} happened={happened} todo={todo} />;
}

function words(code: HostErrorCode): [happened: string, todo: string] {
  switch (code) {
    case 'no_home_folder':
      return [m.error_no_home_folder(), m.error_no_home_folder_do()];
    case 'unknown':
      return [m.error_unknown(), m.error_unknown_do()];
  }
}
