// Answers that most tests need: a wallet that is open and at peace.
import type { About, Overview, Round } from '../host/host';
import type { Answers } from './renderWithHost';

export const about: About = {
  version: '0.1.0',
  vault: '/home/alys/.local/share/assent/wallet.vault',
  papers: '/home/alys/Assent',
  exists: true,
  unlocked: true,
  wait_seconds: 0,
  device_unlock: false,
  can_choose: false,
  links: 0,
  suggested_verifier: null,
};

export const overview: Overview = {
  items: 12,
  in_force: 2,
  paused: 0,
  ending: 0,
  waiting: 0,
  looks: 0,
  openings: 0,
  overdue: 0,
  findings: 0,
  key_changes: [],
  verifier: 'https://consent.county.example',
  fetched_at: 1_795_600_000,
};

export const round: Round = {
  verifier: 'https://consent.county.example',
  waiting: [],
  news: 0,
  looked: 0,
  unpublished: [],
  stock: 8,
  troubles: [],
  findings: 0,
};

/** Spread this and add what the page itself asks for. */
export const peace: Answers = { about, overview, sync: round, touch: {}, lock: {}, links_take: { links: [] } };
