// Users and settings. Who manages users reads nothing.
import { Card, SummaryList, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { AddUser } from './AddUser';
import { AdrPart } from './AdrPart';
import { UserCard } from './UserCard';

/** Shows users, and how the console is set up. */
export function AdminPage() {
  useLanguage();
  const host = useHost();
  const users = useQuery({ queryKey: ['users'], queryFn: () => host.ask('users', {}) });
  return (
    <div className="stack wide">
      <Heading lede={m.admin_lede()}>{m.admin_heading()}</Heading>
      <Loaded query={users}>
        {({ users: all }) => <div className="stack">{all.map((user) => <UserCard key={user.user} user={user} />)}</div>}
      </Loaded>
      <AddUser />
      <SettingsPart />
    </div>
  );
}

function SettingsPart() {
  const format = useFormat();
  const host = useHost();
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => host.ask('settings', {}) });
  return (
    <Loaded query={settings}>
      {(found) => (
        <>
          <Card heading={m.settings_heading()}>
            <SummaryList
              facts={[
                { term: m.settings_url(), detail: found.public_url },
                { term: m.settings_idle(), detail: format.duration(found.idle_minutes * 60) },
                { term: m.settings_longest(), detail: format.duration(found.longest_hours * 3600) },
                { term: m.settings_provider(), detail: found.oidc_issuer ?? m.none() },
                { term: m.settings_verifier(), detail: found.verifier ?? m.none() },
                { term: m.settings_line(), detail: found.connected ? m.live_on() : m.live_off() },
              ]}
            />
          </Card>
          <AdrPart settings={found} />
        </>
      )}
    </Loaded>
  );
}
