// Answers of a quiet desk: the sample county's fire service, with one of everything.
import type {
  Catalogue, ConsentPage, ConsentRow, ConsentView, Draft, Incident, MatchView, ReadAnswer, RequestView, Role, Session, SignedIn,
} from '../host/types';
import type { Answers } from './desk';

/** The tests' clock, in seconds: far enough ahead that nothing ends while they run. */
export const SOON = Math.floor(Date.now() / 1000) + 3600;
export const LATER = SOON + 200 * 86_400;

export function signedIn(roles: Role[], user = 'mair'): SignedIn {
  return { user, name: 'Mair Puw', actor: `actor-${user}`, roles, csrf: `csrf-${user}`, idle_until: SOON, ends_at: SOON + 28_800 };
}

export function session(user: SignedIn | null): Session {
  return {
    agency: { id: 'https://fire.cwmderw.example', name: 'Cwm Derw Fire and Rescue', kind: 'fire' },
    agency_names: { en: 'Cwm Derw Fire and Rescue', cy: 'Tân ac Achub Cwm Derw' },
    signed_in: user,
    ways: { password: true, passkey: false, oidc: null },
    set_up: false,
    demo: false,
    demo_users: [],
    now: SOON - 900,
  };
}

export const draft: Draft = {
  purposes: ['fire-safety-visit'],
  items: ['identity.name', 'home.address', 'home.hazards'],
  required: ['identity.name'],
  on_incident: false,
  stores: false,
  recipients: [],
  circle: null,
  retention: 'P90D',
  max_duration: 'P1Y',
  notice: { en: 'We plan a free visit to your home with you.', cy: 'Rydym yn cynllunio ymweliad am ddim â\'ch cartref gyda chi.' },
  notice_version: '2026-01',
  basis: null,
  jurisdiction: 'GB-WLS',
  answer_within: 1440,
  note: '',
};

const item = (path: string, label: string, special = false) => ({
  path, label, special, section: path.split('.')[0] ?? '', section_label: 'Section', opens_on_incident: path !== 'home.key_safe',
});

export const catalogue: Catalogue = {
  purposes: [
    { code: 'fire-safety-visit', label: 'Home fire safety visit', explanation: 'To visit your home.', needs: ['identity.name', 'home.address', 'home.hazards'] },
    { code: 'emergency-response', label: 'Emergency response', explanation: 'To reach you.', needs: ['identity.name'] },
  ],
  items: [
    item('identity.name', 'Name'), item('home.address', 'Address'), item('home.hazards', 'Dangers'),
    item('home.key_safe', 'Key safe'), item('health.conditions', 'Conditions', true),
  ],
  circles: [],
  agencies: [{ id: 'https://health.cwmderw.example', name: 'Cwm Derw Health Board', kind: 'health' }],
  bases: [],
  answer_within_at_most: 1440,
};

export const request: RequestView = {
  id: 'request-1', note: 'Mill Lane', state: 'open', draft, made_at: SOON - 7200, made_by: 'actor-mair', expires_at: SOON,
  link: 'assent://authorize?client_id=x', request_uri: 'https://desk.example/r/request-1', declined: 0, granted: [],
};

export function row(change: Partial<ConsentRow> = {}): ConsentRow {
  return {
    grant: 'grant-1', person: 'abcdefghij', purposes: ['fire-safety-visit'], items: ['identity.name'], on_incident: false, circle: null, tier: null,
    state: 'valid', granted_at: SOON - 90_000, ends_at: LATER, changed_at: SOON - 90_000, ending_soon: false, read_at: null, owed: null,
    erased_at: null, request: null, ...change,
  };
}

export function page(total: number, rowAt: (index: number) => ConsentRow): (ask: { offset: number | string }) => ConsentPage {
  return ({ offset }) => {
    const from = Number(offset);
    const rows = Array.from({ length: Math.max(Math.min(total - from, 100), 0) }, (_, at) => rowAt(from + at));
    const counts = { valid: total, paused: 0, withdrawn: 0, expired: 0, ending_soon: 3, owed: 1, overdue: 0 };
    return { total, offset: from, rows, counts, index: 7, connected: true };
  };
}

export function consent(change: Partial<ConsentView> = {}): ConsentView {
  return {
    row: row(), purposes: catalogue.purposes.slice(0, 1), items: catalogue.items.slice(0, 2), actions: ['read'], recipients: [], retention: '90 days',
    basis: 'https://w3id.org/dpv/legal/eu/gdpr#A9-2-a', jurisdiction: 'GB-WLS',
    notice: { digest: 'sha-256:abc', lang: 'en', version: '2026-01', text: draft.notice.en }, case: null, readable: 'yes', proven: true, token: 'a.b.c',
    history: [
      { index: 5, at: SOON - 90_000, act: 'grant', by: 'person', id: 'act-1', actor: null, reason: null, incident: null, finding: null, method: null, items: [], proof: 'c2sp.org/tlog-proof@v1', jws: 'a.b.c' },
    ],
    ...change,
  };
}

export function read(change: Partial<ReadAnswer> = {}): ReadAnswer {
  return {
    grant: 'grant-1', statement: 'act-2', index: 8, revision: 1, issued_at: SOON - 90_000, keep_until: LATER, open_until: null,
    fields: [
      { path: 'identity.name', label: 'Name', value: { text: 'Mared Llwyd' }, lines: ['Mared Llwyd'] },
      { path: 'home.hazards', label: 'Dangers', value: [{ text: 'Two oxygen cylinders' }], lines: ['Two oxygen cylinders'] },
    ],
    ...change,
  };
}

export const incident: Incident = {
  id: 'INC-1', kind: 'fire', place: 'Bwthyn y Felin', phone: '07700 900481', declared_at: SOON - 3700, declared_by: 'actor-mair', closed_at: null, closed_by: null, openings: [],
};

export const match: MatchView = {
  grant: 'grant-1', score: 1, by: 'phone', state: 'valid', tier: 2, circle: 'Emergency response', open_until: null,
  items: [{ path: 'home.hazards', label: 'Dangers', tier: 'T2' }],
};

/** What most tests need. */
export const quiet: Answers = {
  session: session(signedIn(['caseworker', 'control-room', 'privacy-officer', 'admin'])),
  'sign-out': {},
  catalogue,
  templates: { templates: [{ id: 'visit', name: { en: 'Safety visit', cy: 'Ymweliad diogelwch' }, built_in: true, draft }] },
  readability: { age: 9, words: 20, sentences: 2, long_sentence: null, long_words: [] },
  requests: { requests: [request] },
  request,
  consents: page(1, () => row()),
  consent: consent(),
  incidents: { incidents: [incident] },
  incident,
  'incident/match': { people: 1, matches: [match] },
  'incident/circle': { cases: [] },
  reviews: { reviews: [] },
};
