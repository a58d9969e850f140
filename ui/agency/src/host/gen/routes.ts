// Written by crates/agency-desk from its types; change those and run its tests with ASSENT_WRITE_BINDINGS=1.

import type {
  Account,
  Actors,
  AddUser,
  AdrToken,
  ByGrant,
  ById,
  ByPasskey,
  Catalogue,
  Ceremony,
  CeremonyDone,
  ChangePassword,
  ChangeUser,
  CheckToken,
  ConsentPage,
  ConsentView,
  Count,
  CountPlace,
  Days,
  DeclareIncident,
  Deletions,
  Draft,
  Erase,
  FindConsents,
  FindJournal,
  HandOver,
  InLanguage,
  Incident,
  IncidentCircle,
  Incidents,
  Journal,
  Live,
  MatchCall,
  Matches,
  NewPasskey,
  Nothing,
  OpenConsent,
  Preview,
  PreviewDraft,
  ProcessingRecord,
  ReadAnswer,
  ReadConsent,
  ReadText,
  Readability,
  Recorded,
  RequestView,
  Requests,
  ResolveActor,
  ResolvedActor,
  ReviewOpening,
  Reviews,
  Role,
  Session,
  SetPassword,
  SetUp,
  Settings,
  SignIn,
  SubjectAccess,
  Template,
  Templates,
  Users,
  Verdict,
} from './types';

/** What each route below `/api/` asks and answers. */
export interface Routes {
  /** who serves the console, who is signed in, and how one can sign in */
  'session': { ask: Nothing; answer: Session };
  /** signs in with name and password */
  'sign-in': { ask: SignIn; answer: Session };
  /** begins to sign in with a passkey */
  'sign-in/passkey': { ask: Nothing; answer: Ceremony };
  /** signs in with a passkey */
  'sign-in/passkey/done': { ask: CeremonyDone; answer: Session };
  /** makes the first administrator, with the code that the program printed */
  'set-up': { ask: SetUp; answer: Session };
  /** ends the session, here and on the server */
  'sign-out': { ask: Nothing; answer: Nothing };
  /** one's own account */
  'account': { ask: Nothing; answer: Account };
  /** changes one's own password; other sessions end */
  'account/password': { ask: ChangePassword; answer: Nothing };
  /** begins to register a passkey */
  'account/passkey': { ask: Nothing; answer: Ceremony };
  /** registers a passkey */
  'account/passkey/done': { ask: NewPasskey; answer: Account };
  /** forgets a passkey */
  'account/passkey/remove': { ask: ByPasskey; answer: Account };
  /** every change as it happens; ends with the session */
  'events': { ask: Nothing; answer: Live };
  /** purposes, items, circles, recipients and legal bases, in words */
  'catalogue': { ask: InLanguage; answer: Catalogue };
  /** requests to start from */
  'templates': { ask: InLanguage; answer: Templates };
  /** keeps a template of one's own */
  'template/save': { ask: Template; answer: Template };
  /** forgets one */
  'template/remove': { ask: ById; answer: Templates };
  /** how hard a notice is to read */
  'readability': { ask: ReadText; answer: Readability };
  /** the request as the citizen would see it; nothing is signed */
  'request/preview': { ask: PreviewDraft; answer: Preview };
  /** signs a request and puts it where wallets fetch it */
  'request/make': { ask: Draft; answer: RequestView };
  /** every request and what became of it */
  'requests': { ask: InLanguage; answer: Requests };
  /** one request */
  'request': { ask: ById; answer: RequestView };
  /** its link as a QR code */
  'request-qr': { ask: ById; answer: Blob };
  /** takes a request back before it is answered */
  'request/close': { ask: ById; answer: RequestView };
  /** a page of the table of consents */
  'consents': { ask: FindConsents; answer: ConsentPage };
  /** one consent, its history and its proofs */
  'consent': { ask: ByGrant; answer: ConsentView };
  /** reads what is shared, on record first */
  'consent/read': { ask: ReadConsent; answer: ReadAnswer };
  /** states that everything read under it is deleted */
  'consent/erased': { ask: Erase; answer: Recorded };
  /** whether a token holds, why not, and its proof */
  'check': { ask: CheckToken; answer: Verdict };
  /** incidents and what was opened for each */
  'incidents': { ask: Nothing; answer: Incidents };
  /** one incident */
  'incident': { ask: ById; answer: Incident };
  /** declares an incident */
  'incident/declare': { ask: DeclareIncident; answer: Incident };
  /** closes it; nothing is opened for it any more */
  'incident/close': { ask: ById; answer: Incident };
  /** who a caller may be, in this agency's own index; nothing is sent */
  'incident/match': { ask: MatchCall; answer: Matches };
  /** opens what this agency's tier may, on record first */
  'incident/open': { ask: OpenConsent; answer: ReadAnswer };
  /** the same as a file of RFC 7852 blocks */
  'incident/hand-over': { ask: HandOver; answer: Blob };
  /** who else serves the incident's cases */
  'incident/circle': { ask: ById; answer: IncidentCircle };
  /** whether anyone at a place needs help: a number, no name */
  'place/count': { ask: CountPlace; answer: Count };
  /** openings and their second look */
  'reviews': { ask: Nothing; answer: Reviews };
  /** records a second person's finding */
  'review': { ask: ReviewOpening; answer: Recorded };
  /** the record of processing (Art. 30) */
  'processing': { ask: InLanguage; answer: ProcessingRecord };
  /** the same as a table */
  'processing.csv': { ask: InLanguage; answer: Blob };
  /** readings and openings for each pseudonym, with outliers */
  'actors': { ask: Days; answer: Actors };
  /** the same as a table */
  'actors.csv': { ask: Days; answer: Blob };
  /** deletions owed, overdue and confirmed */
  'deletions': { ask: Nothing; answer: Deletions };
  /** who a pseudonym is; that it was asked is on record */
  'actor/resolve': { ask: ResolveActor; answer: ResolvedActor };
  /** everything held about one grant */
  'subject-access': { ask: SubjectAccess; answer: Blob };
  /** what was done at this console */
  'journal': { ask: FindJournal; answer: Journal };
  /** everybody who can sign in */
  'users': { ask: Nothing; answer: Users };
  /** adds a user */
  'user/add': { ask: AddUser; answer: Users };
  /** changes name, roles, or whether they can sign in */
  'user/change': { ask: ChangeUser; answer: Users };
  /** sets a new password */
  'user/password': { ask: SetPassword; answer: Nothing };
  /** how the console is set up */
  'settings': { ask: Nothing; answer: Settings };
  /** makes the token for call-handling software; the one before ends */
  'adr-token': { ask: Nothing; answer: AdrToken };
  /** ends the token for call-handling software */
  'adr-token/remove': { ask: Nothing; answer: Settings };
}

/** How each is called, what it answers with, and who may. */
export const ROUTES = {
  'session': { method: 'GET', kind: 'json', roles: 'anyone' },
  'sign-in': { method: 'POST', kind: 'json', roles: 'anyone' },
  'sign-in/passkey': { method: 'POST', kind: 'json', roles: 'anyone' },
  'sign-in/passkey/done': { method: 'POST', kind: 'json', roles: 'anyone' },
  'set-up': { method: 'POST', kind: 'json', roles: 'anyone' },
  'sign-out': { method: 'POST', kind: 'json', roles: 'signed-in' },
  'account': { method: 'GET', kind: 'json', roles: 'signed-in' },
  'account/password': { method: 'POST', kind: 'json', roles: 'signed-in' },
  'account/passkey': { method: 'POST', kind: 'json', roles: 'signed-in' },
  'account/passkey/done': { method: 'POST', kind: 'json', roles: 'signed-in' },
  'account/passkey/remove': { method: 'POST', kind: 'json', roles: 'signed-in' },
  'events': { method: 'GET', kind: 'stream', roles: 'signed-in' },
  'catalogue': { method: 'GET', kind: 'json', roles: ['caseworker'] },
  'templates': { method: 'GET', kind: 'json', roles: ['caseworker'] },
  'template/save': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'template/remove': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'readability': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'request/preview': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'request/make': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'requests': { method: 'GET', kind: 'json', roles: ['caseworker'] },
  'request': { method: 'GET', kind: 'json', roles: ['caseworker'] },
  'request-qr': { method: 'GET', kind: 'file', roles: ['caseworker'] },
  'request/close': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'consents': { method: 'GET', kind: 'json', roles: ['caseworker', 'control-room', 'privacy-officer'] },
  'consent': { method: 'GET', kind: 'json', roles: ['caseworker', 'control-room', 'privacy-officer'] },
  'consent/read': { method: 'POST', kind: 'json', roles: ['caseworker'] },
  'consent/erased': { method: 'POST', kind: 'json', roles: ['caseworker', 'privacy-officer'] },
  'check': { method: 'POST', kind: 'json', roles: ['caseworker', 'control-room', 'privacy-officer'] },
  'incidents': { method: 'GET', kind: 'json', roles: ['control-room', 'privacy-officer'] },
  'incident': { method: 'GET', kind: 'json', roles: ['control-room', 'privacy-officer'] },
  'incident/declare': { method: 'POST', kind: 'json', roles: ['control-room'] },
  'incident/close': { method: 'POST', kind: 'json', roles: ['control-room'] },
  'incident/match': { method: 'POST', kind: 'json', roles: ['control-room'] },
  'incident/open': { method: 'POST', kind: 'json', roles: ['control-room'] },
  'incident/hand-over': { method: 'POST', kind: 'file', roles: ['control-room'] },
  'incident/circle': { method: 'GET', kind: 'json', roles: ['control-room'] },
  'place/count': { method: 'POST', kind: 'json', roles: ['control-room'] },
  'reviews': { method: 'GET', kind: 'json', roles: ['control-room', 'privacy-officer'] },
  'review': { method: 'POST', kind: 'json', roles: ['control-room', 'privacy-officer'] },
  'processing': { method: 'GET', kind: 'json', roles: ['privacy-officer'] },
  'processing.csv': { method: 'GET', kind: 'file', roles: ['privacy-officer'] },
  'actors': { method: 'GET', kind: 'json', roles: ['privacy-officer'] },
  'actors.csv': { method: 'GET', kind: 'file', roles: ['privacy-officer'] },
  'deletions': { method: 'GET', kind: 'json', roles: ['privacy-officer', 'caseworker'] },
  'actor/resolve': { method: 'POST', kind: 'json', roles: ['privacy-officer'] },
  'subject-access': { method: 'POST', kind: 'file', roles: ['privacy-officer'] },
  'journal': { method: 'GET', kind: 'json', roles: ['privacy-officer'] },
  'users': { method: 'GET', kind: 'json', roles: ['admin'] },
  'user/add': { method: 'POST', kind: 'json', roles: ['admin'] },
  'user/change': { method: 'POST', kind: 'json', roles: ['admin'] },
  'user/password': { method: 'POST', kind: 'json', roles: ['admin'] },
  'settings': { method: 'GET', kind: 'json', roles: ['admin'] },
  'adr-token': { method: 'POST', kind: 'json', roles: ['admin'] },
  'adr-token/remove': { method: 'POST', kind: 'json', roles: ['admin'] },
} as const satisfies Record<
  keyof Routes,
  { method: 'GET' | 'POST'; kind: 'json' | 'file' | 'stream'; roles: 'anyone' | 'signed-in' | readonly Role[] }
>;
