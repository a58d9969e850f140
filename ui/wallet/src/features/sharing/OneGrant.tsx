// A page about one consent: found by its id, or not there.
import { Actions, ErrorSummary, LinkButton } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import type { ReactNode } from 'react';
import { Answered } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Grants, GrantView } from '../../host/host';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { useGrants } from './useGrants';

interface OneGrantProps {
  id: string;
  children: (grant: GrantView, all: Grants) => ReactNode;
}

export function OneGrant({ id, children }: OneGrantProps) {
  const grants = useGrants();
  if (grants.data === undefined) {
    return (
      <WalletPage title={m.nav_sharing()} back={backToSharing()}>
        <Answered query={grants}>{() => null}</Answered>
      </WalletPage>
    );
  }
  const grant = grants.data.grants.find((one) => one.id === id);
  return grant === undefined ? <NotThere /> : children(grant, grants.data);
}

export function backToSharing(): { href: string; title: string } {
  return { href: addressOf('sharing'), title: m.sharing_heading() };
}

export function backTo({ id, agency_name }: GrantView): { href: string; title: string } {
  return { href: addressOf('grant', { grant: id }), title: agency_name };
}

function NotThere() {
  return (
    <WalletPage title={m.nav_sharing()} back={backToSharing()}>
      <ErrorSummary heading={shared.problem()} happened={m.sharing_unknown()} todo={m.sharing_unknown_do()} />
      <Actions>
        <LinkButton href={addressOf('sharing')}>{m.sharing_back_to_list()}</LinkButton>
      </Actions>
    </WalletPage>
  );
}
