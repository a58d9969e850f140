// What can be taken out: a backup, an export, and the papers for a complaint.
import { Actions, Button, Card, Notice, useLanguage } from '@assent/shared';
import type { IconName } from '@assent/shared';
import type { UseMutationResult } from '@tanstack/react-query';
import { Failure } from '../../frame/Answered';
import type { HostError, Saved, Settings } from '../../host/host';
import { useAct } from '../../session/ask';
import { useAbout } from '../../session/Session';
import { m } from '../../words/messages';

export function FilesCard({ settings }: { settings: Settings }) {
  const { language } = useLanguage();
  const choose = useAbout().data?.can_choose ?? false;
  const backup = useAct('backup');
  const everything = useAct('export');
  const evidence = useAct('evidence_bundle');
  return (
    <Card heading={m.files_heading()}>
      {!choose && <p className="help">{m.files_where()} <code>{settings.papers}</code></p>}
      <Taken act={backup} heading={m.files_backup()} text={m.files_backup_text()} button={m.files_backup_do()} icon="download" take={() => { backup.mutate({ choose }); }} />
      <Taken act={everything} heading={m.files_export()} text={m.files_export_text()} button={m.files_export_do()} icon="file" take={() => { everything.mutate({ choose }); }} />
      <Taken act={evidence} heading={m.files_evidence()} text={m.files_evidence_text()} button={m.files_evidence_do()} icon="shield" take={() => { evidence.mutate({ lang: language, choose }); }} />
    </Card>
  );
}

interface TakenProps<A> {
  act: UseMutationResult<Saved, HostError, A>;
  heading: string;
  text: string;
  button: string;
  icon: IconName;
  take: () => void;
}

function Taken<A>({ act, heading, text, button, icon, take }: TakenProps<A>) {
  return (
    <div className="taken stack">
      <h3>{heading}</h3>
      <p>{text}</p>
      <Failure error={act.error} />
      {act.data !== undefined && (
        <Notice kind="success" heading={m.files_written()} isLive>
          <p><code>{act.data.path}</code></p>
        </Notice>
      )}
      <Actions>
        <Button kind="second" icon={icon} isBusy={act.isPending} onPress={take}>{button}</Button>
      </Actions>
    </div>
  );
}
