// What pages are laid out with: cards, lists of facts, states, empty places.
import type { ReactNode } from 'react';
import { useId } from 'react';
import { Icon } from './Icon';
import type { IconName } from './Icon';

interface CardProps {
  heading?: ReactNode;
  level?: 2 | 3;
  /** Beside the heading. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A part of a page, named by its heading. */
export function Card({ heading, level = 2, aside, children }: CardProps) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  if (heading === undefined) return <div className="card stack">{children}</div>;
  return (
    <section className="card stack" aria-labelledby={id}>
      <div className="card-head">
        <Heading id={id}>{heading}</Heading>
        {aside}
      </div>
      {children}
    </section>
  );
}

export interface Fact {
  term: ReactNode;
  detail: ReactNode;
  /** A link or button that changes it. */
  action?: ReactNode;
  key?: string;
}

/** Facts with their names, and what can be done about each. */
export function SummaryList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="summary">
      {facts.map((fact, at) => (
        <div key={fact.key ?? at}>
          <dt>{fact.term}</dt>
          <dd>{fact.detail}</dd>
          {fact.action !== undefined && <dd className="summary-action">{fact.action}</dd>}
        </div>
      ))}
    </dl>
  );
}

export type Tone = 'good' | 'calm' | 'warn' | 'bad' | 'plain';

/** A state in a word or two. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}

interface EmptyStateProps {
  icon: IconName;
  heading: ReactNode;
  children?: ReactNode;
}

/** What stands where nothing is yet: what will be there, and how to begin. */
export function EmptyState({ icon, heading, children }: EmptyStateProps) {
  return (
    <div className="empty stack">
      <Icon name={icon} />
      <h2>{heading}</h2>
      {children}
    </div>
  );
}

/** More, for whoever wants it. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="disclosure">
      <summary>{summary}</summary>
      <div className="stack">{children}</div>
    </details>
  );
}
