// Something that a person should know: in a box with a sign, so that it is not told by colour alone.
import type { ReactNode } from 'react';
import { Icon } from './Icon';
import type { IconName } from './Icon';

export type NoticeKind = 'info' | 'success' | 'warning' | 'emergency' | 'offline';

const SIGNS: Record<NoticeKind, IconName> = {
  info: 'info',
  success: 'tick',
  warning: 'warning',
  emergency: 'siren',
  offline: 'offline',
};

interface NoticeProps {
  kind?: NoticeKind;
  heading?: ReactNode;
  children?: ReactNode;
  /** Read out at once when it appears. */
  isLive?: boolean;
}

/** A box with a sign, a heading and words. */
export function Notice({ kind = 'info', heading, children, isLive = false }: NoticeProps) {
  return (
    <div className={`notice ${kind}`} role={isLive ? (kind === 'emergency' ? 'alert' : 'status') : undefined}>
      <Icon name={SIGNS[kind]} />
      <div className="stack">
        {heading !== undefined && <p className="notice-heading">{heading}</p>}
        {children}
      </div>
    </div>
  );
}
