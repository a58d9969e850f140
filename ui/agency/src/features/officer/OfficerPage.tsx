// The privacy officer's pages, one question each.
import { useLanguage } from '@assent/shared';
import type { ReactNode } from 'react';
import { Heading } from '../../components/Heading';
import { Reviews } from '../../components/Reviews';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { AccessPart } from './AccessPart';
import { DeletionsPart } from './DeletionsPart';
import { JournalPart } from './JournalPart';
import { LooksPart } from './LooksPart';
import { ProcessingPart } from './ProcessingPart';

const PARTS = ['processing', 'looks', 'deletions', 'reviews', 'access', 'journal'] as const;
type Part = (typeof PARTS)[number];

const NAMES: Record<Part, () => string> = {
  processing: m.officer_processing,
  looks: m.officer_looks,
  deletions: m.officer_deletions,
  reviews: m.officer_reviews,
  access: m.officer_access,
  journal: m.officer_journal,
};

/** Shows the part that the address names. */
export function OfficerPage({ part }: { part: string | undefined }) {
  useLanguage();
  const shown = PARTS.find((each) => each === part) ?? 'processing';
  return (
    <div className="stack wide">
      <nav className="tabs" aria-label={m.officer_parts()}>
        <ul>
          {PARTS.map((each) => (
            <li key={each}>
              <a href={addressOf('officer', each)} aria-current={each === shown ? 'page' : undefined}>{NAMES[each]()}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Heading>{NAMES[shown]()}</Heading>
      <PartOf part={shown} />
    </div>
  );
}

function PartOf({ part }: { part: Part }): ReactNode {
  switch (part) {
    case 'processing':
      return <ProcessingPart />;
    case 'looks':
      return <LooksPart />;
    case 'deletions':
      return <DeletionsPart />;
    case 'reviews':
      return <Reviews />;
    case 'access':
      return <AccessPart />;
    case 'journal':
      return <JournalPart />;
  }
}
