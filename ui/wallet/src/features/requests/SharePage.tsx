// A consent that nobody asked for, one question a page: with whom, what for, what, and when. What it comes to is
// read before it is signed, like any request.
import { Actions, EmptyState, LinkButton, Loading, useLanguage } from '@assent/shared';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Agencies, Data, Purposes } from '../../host/host';
import { useAnswer } from '../../session/ask';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';
import { ask, choose } from '../../session/asked';
import { AgencyQuestion, ItemsQuestion, PurposeQuestion, WhenQuestion } from './ShareQuestions';

/** What was answered so far. */
export interface Draft {
  agency: string | null;
  purpose: string | null;
  paths: readonly string[];
  onIncident: boolean;
}

export type Sections = Data['sections'];

export function SharePage() {
  const { language } = useLanguage();
  const lang = { lang: language };
  const [agencies, purposes, data] = [useAnswer('agencies', lang), useAnswer('purposes', lang), useAnswer('data_list', lang)];
  if (agencies.data !== undefined && purposes.data !== undefined && data.data !== undefined) {
    return <Ready agencies={agencies.data} purposes={purposes.data} data={data.data} />;
  }
  const error = agencies.error ?? purposes.error ?? data.error;
  return (
    <Unready>
      {error === null ? <Loading /> : <Failure error={error} />}
    </Unready>
  );
}

function Unready({ children }: { children: ReactNode }) {
  return (
    <WalletPage
      title={m.requests_share_heading()}
      lede={m.requests_share_lede()}
      back={{ href: addressOf('sharing'), title: m.nav_sharing() }}
    >
      {children}
    </WalletPage>
  );
}

interface ReadyProps {
  agencies: Agencies;
  purposes: Purposes;
  data: Data;
}

function Ready({ agencies, purposes, data }: ReadyProps) {
  const written = data.sections
    .map((section) => ({ ...section, items: section.items.filter(({ value }) => value !== null) }))
    .filter(({ items }) => items.length > 0);
  if (agencies.agencies.length === 0) {
    return (
      <Unready>
        <EmptyState icon="offline" heading={m.requests_share_none()}>
          <p>{m.requests_share_none_do()}</p>
        </EmptyState>
      </Unready>
    );
  }
  if (written.length === 0) {
    return (
      <Unready>
        <EmptyState icon="person" heading={m.requests_share_items_empty()}>
          <Actions>
            <LinkButton href={addressOf('information')}>{m.nav_information()}</LinkButton>
          </Actions>
        </EmptyState>
      </Unready>
    );
  }
  return <Questions agencies={agencies} purposes={purposes} sections={written} />;
}

const QUESTIONS = 4;

function Questions({ agencies, purposes, sections }: Omit<ReadyProps, 'data'> & { sections: Sections }) {
  const [draft, setDraft] = useState<Draft>({ agency: null, purpose: null, paths: [], onIncident: false });
  const [at, setAt] = useState(0);
  const props = {
    draft,
    step: m.requests_step({ step: at + 1, steps: QUESTIONS }),
    set: (change: Partial<Draft>) => {
      setDraft({ ...draft, ...change });
    },
    next: () => {
      setAt(at + 1);
    },
    back: at === 0 ? null : () => {
      setAt(at - 1);
    },
  };
  switch (at) {
    case 0:
      return <AgencyQuestion key="agency" {...props} agencies={agencies.agencies} />;
    case 1:
      return <PurposeQuestion key="purpose" {...props} purposes={purposes.purposes} />;
    case 2:
      return <ItemsQuestion key="items" {...props} sections={sections} />;
    default:
      return <WhenQuestion key="when" {...props} next={() => { review(draft); }} />;
  }
}

/** Seconds in the two years after which the wallet warns that a consent runs long. */
const TWO_YEARS = 2 * 365 * 86_400;
const ONE_YEAR = 365 * 86_400;

/** The next page shows it, and asks until when. */
function review({ agency, purpose, paths, onIncident }: Draft): void {
  if (agency === null || purpose === null) return;
  const now = Math.floor(Date.now() / 1000);
  ask({ kind: 'direct', ask: { agency, purpose, paths: [...paths], ends_at: now + TWO_YEARS, on_incident: onIncident } });
  choose({ endsAt: now + ONE_YEAR });
  go(addressOf('review'));
}
