// A request, consents, looks and a card, as the program answers with them.
import type { Agency, Card, GrantView, Happened, Look, Proof, ReviewView } from '../host/host';

export const fire: Agency = {
  id: 'https://fire.cwmderw.example',
  name: 'Cwm Derw Fire and Rescue',
  kind: 'fire',
  contact: '+44 29 2018 0102',
  privacy_url: 'https://fire.cwmderw.example/privacy',
  active: true,
};

export const ambulance: Agency = { ...fire, id: 'https://ambulance.cwmderw.example', name: 'Cwm Derw Ambulance Trust', kind: 'ambulance' };

/** 25 November 2030: far from the day of any test. */
export const LATER = 1_921_795_200;

const purpose = { code: 'fire-safety-visit', label: 'Home fire safety visit', explanation: 'To visit your home and check alarms.' };

export const review: ReviewView = {
  number: 1,
  agency: fire,
  circle: null,
  purposes: [purpose],
  items: [
    { path: 'identity.name', label: 'Name', value: { text: 'Mared Llwyd' }, required: true, special: false },
    { path: 'home.access', label: 'Getting in', value: 'Green gate', required: false, special: false },
    { path: 'health.conditions', label: 'Health conditions', value: [{ text: 'Asthma' }], required: false, special: true },
    { path: 'needs.hearing', label: 'Hearing', value: null, required: false, special: true },
  ],
  stores: false,
  passes_on: false,
  recipients: [],
  on_incident: false,
  retention: '90 days',
  uses: null,
  ends_at: LATER,
  answer_by: LATER - 86_400,
  notice: 'We keep it until 90 days after the visit.',
  notice_lang: 'en',
  basis: 'https://w3id.org/dpv/legal/eu/gdpr#A9-2-a',
  basis_words: 'your consent',
  jurisdiction: 'GB-WLS',
  request_id: 'r1',
  asks_to_sign: false,
  concerns: [
    { code: 'more_than_needed', path: 'health.conditions' },
    { code: 'nothing_there', path: 'needs.hearing' },
  ],
  fresh: true,
};

export const grant: GrantView = {
  id: 'g1',
  agency: fire.id,
  agency_name: fire.name,
  kind: 'fire',
  contact: fire.contact,
  privacy_url: fire.privacy_url,
  state: 'valid',
  becoming: null,
  purposes: [purpose],
  items: [
    { path: 'identity.name', label: 'Name', required: true },
    { path: 'home.pets', label: 'Animals', required: false },
  ],
  on_incident: false,
  case: null,
  circle_name: null,
  stores: false,
  recipients: [],
  uses: null,
  retention: '90 days',
  signed_at: 1_795_600_000,
  ends_at: LATER,
  notice: 'We keep it until 90 days after the visit.',
  notice_lang: 'en',
  basis: 'https://w3id.org/dpv/legal/eu/gdpr#A9-2-a',
  basis_words: 'your consent',
  jurisdiction: 'GB-WLS',
  other_basis: false,
  share: 'sent',
  ending: null,
  revoked_at: null,
  published: true,
  proofs: 1,
  refusal: null,
};

export const grants = (...all: GrantView[]) => ({ grants: all, waiting: [], refuse_within: 60, refuse_at_latest: 86_400 });

export const opening: Look = {
  grant: 'g2',
  agency_id: ambulance.id,
  agency: ambulance.name,
  kind: 'opening',
  at: 1_795_600_000_000,
  index: 7,
  actor: 'desk-2',
  reason: 'call',
  items: ['Name', 'Medicines'],
  incident: 'INC-7',
  position: 'control-room',
  basis: 'to protect somebody’s life',
  review: { state: 'due', by: LATER },
  new: true,
};

export const access: Look = {
  ...opening,
  grant: 'g1',
  agency_id: fire.id,
  agency: fire.name,
  kind: 'access',
  index: 9,
  actor: 'crew-12',
  reason: 'planning the visit',
  incident: null,
  position: null,
  basis: null,
  review: null,
  new: false,
};

export const said: Happened = {
  index: 3,
  at: 1_795_500_000_000,
  grant: 'g1',
  agency: fire.name,
  doing: 'granted',
  own: true,
  reason: null,
  items: [],
  actor: null,
  position: null,
  incident: null,
  finding: null,
  method: null,
};

export const card: Card = {
  name: { text: 'Mared Llwyd' },
  parties: [{ name: ambulance.name, ends_at: LATER }, { name: fire.name, ends_at: LATER }],
  tiers: [
    { tier: 1, items: [{ path: 'identity.name', label: 'Name', value: { text: 'Mared Llwyd' }, agencies: [ambulance.name, fire.name] }] },
    {
      tier: 3,
      items: [{ path: 'health.medication', label: 'Medicines', value: [{ text: 'Salbutamol', dose: 'two puffs' }], agencies: [ambulance.name] }],
    },
  ],
};

const log = { size: 12, root: 'cm9vdA==' };

export const proof: Proof = {
  verifier: 'https://consent.county.example',
  log_key: 'consent.county.example/log+eb8c3506+AS',
  pinned_at: 1_795_000_000,
  acts: [
    { what: 'register', at: 1_795_600_000_000, index: 4, holds: true, log, digest: 'ZGlnZXN0', jws: 'a.b.c', proof: 'c2sp.org/tlog-proof@v1' },
  ],
  newest: log,
};
