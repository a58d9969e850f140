// How the wallet behaves and looks; what can be taken out of it; and the way to its end.
import { Card, LinkButton, SummaryList, useFormat, useLanguage } from '@assent/shared';
import { Answered } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Settings } from '../../host/host';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { DeviceUnlockCard } from './DeviceUnlockCard';
import { FilesCard } from './FilesCard';
import { LockCard } from './LockCard';
import { LooksCard } from './LooksCard';
import { NoticesCard } from './NoticesCard';

export function SettingsPage() {
  useLanguage();
  const settings = useAnswer('settings', {});
  return (
    <WalletPage title={m.nav_settings()}>
      <LooksCard />
      <Answered query={settings}>
        {(told) => (
          <>
            <LockCard settings={told} />
            {told.device_unlock.available && <DeviceUnlockCard unlock={told.device_unlock} />}
            <NoticesCard settings={told} />
            <ServiceCard settings={told} />
            <FilesCard settings={told} />
            <AboutCard settings={told} />
          </>
        )}
      </Answered>
      <Card heading={m.remove_heading()}>
        <p>{m.settings_remove_text()}</p>
        <LinkButton kind="second" icon="bin" href={addressOf('remove')}>{m.settings_remove()}</LinkButton>
      </Card>
    </WalletPage>
  );
}

function ServiceCard({ settings }: { settings: Settings }) {
  const { day } = useFormat();
  const fetched = useAnswer('overview', {}).data?.fetched_at ?? null;
  return (
    <Card heading={m.settings_service()}>
      <SummaryList
        facts={[
          {
            term: m.settings_service_now(),
            detail: settings.verifier ?? m.settings_service_none(),
            action: <a href={addressOf('verifier')}>{settings.verifier === null ? m.settings_service_choose() : m.settings_service_change()}</a>,
          },
          { term: m.settings_list_from(), detail: fetched === null ? m.settings_never() : day(fetched) },
          { term: m.settings_findings(), detail: m.settings_findings_text(), action: <a href={addressOf('findings')}>{m.settings_findings_see()}</a> },
        ]}
      />
    </Card>
  );
}

function AboutCard({ settings }: { settings: Settings }) {
  return (
    <Card heading={m.settings_about()}>
      <SummaryList
        facts={[
          { term: m.settings_version(), detail: settings.version },
          { term: m.settings_place(), detail: <code>{settings.vault}</code> },
          { term: m.settings_papers(), detail: <code>{settings.papers}</code> },
        ]}
      />
    </Card>
  );
}
