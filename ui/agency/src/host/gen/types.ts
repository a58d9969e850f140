// Written by crates/agency-desk from its types; change those and run its tests with ASSENT_WRITE_BINDINGS=1.

/**
 * One's own account.
 */
export type Account = { 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string, 
/**
 * The pseudonym in statements.
 */
actor: string, 
/**
 * What one may do.
 */
roles: Array<Role>, 
/**
 * The identity provider knows this person; there is no password here.
 */
from_provider: boolean, 
/**
 * Passkeys.
 */
passkeys: Array<Passkey>, };

/**
 * What was done.
 */
export type ActKind = "grant" | "share" | "suspend" | "resume" | "revoke" | "erase-request" | "access" | "open" | "review" | "acknowledged" | "erased" | "other";

/**
 * One act on a consent.
 */
export type ActView = { 
/**
 * Its index in the log.
 */
index: number, 
/**
 * When it was recorded, in seconds.
 */
at: number, 
/**
 * What was done.
 */
act: ActKind, 
/**
 * By whom.
 */
by: Party, 
/**
 * The statement's id.
 */
id: string, 
/**
 * Which member of staff: a pseudonym, or `software`.
 */
actor: string | null, 
/**
 * Why: words, or a code for an opening.
 */
reason: string | null, 
/**
 * For which incident.
 */
incident: string | null, 
/**
 * What a review found: `justified`, `unjustified` or `inconclusive`.
 */
finding: string | null, 
/**
 * How it was deleted.
 */
method: string | null, 
/**
 * Which paths were looked at.
 */
items: Array<string>, 
/**
 * The text of the C2SP proof that it is in the log; checked here before it is shown.
 */
proof: string | null, 
/**
 * The token or statement.
 */
jws: string, };

/**
 * What one member of staff looked at.
 */
export type ActorRow = { 
/**
 * The pseudonym.
 */
actor: string, 
/**
 * Readings.
 */
reads: number, 
/**
 * Openings.
 */
openings: number, 
/**
 * Attempts that were refused.
 */
refused: number, 
/**
 * Different people looked at.
 */
people: number, 
/**
 * Outside 07:00 to 19:00 UTC.
 */
at_night: number, 
/**
 * Far from the others.
 */
unusual: boolean, 
/**
 * Readings and openings, a number for each day from `from` to `to`.
 */
daily: Array<number>, };

/**
 * Who looked how often.
 */
export type Actors = { 
/**
 * The first day, `YYYY-MM-DD` in UTC.
 */
from: string, 
/**
 * The last day.
 */
to: string, 
/**
 * One row for each pseudonym, the busiest first.
 */
rows: Array<ActorRow>, 
/**
 * Above so many looks a row is far from the others: the median and three times the median of how far the
 * rows are from it (Iglewicz and Hoaglin). None with fewer than five rows.
 */
unusual_above: number | null, };

/**
 * A new user with a password kept here.
 */
export type AddUser = { 
/**
 * The name to sign in with: letters, digits, dots and hyphens.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string, 
/**
 * What they may do.
 */
roles: Array<Role>, 
/**
 * Their first password.
 */
password: string, };

/**
 * The token for call-handling software; it is shown once and not kept.
 */
export type AdrToken = { 
/**
 * To be sent as `Authorization: Bearer …`.
 */
token: string, };

/**
 * An agency as a person reads it.
 */
export type AgencyWords = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * `ambulance`, `fire`, `police`, `health`, `council` or `other`.
 */
kind: string, };

/**
 * Yes, no, or nobody can tell.
 */
export type Answer = "yes" | "no" | "unknown";

/**
 * Why a route did nothing.
 */
export type ApiError = { 
/**
 * The stable code.
 */
code: Code, 
/**
 * The member of what was asked that is at fault.
 */
field?: string, 
/**
 * Whether the same may succeed later, unchanged.
 */
retryable: boolean, 
/**
 * In how many seconds.
 */
wait?: number, };

/**
 * Why something is to be deleted.
 */
export type Because = "withdrawn" | "retention";

/**
 * One grant.
 */
export type ByGrant = { 
/**
 * The grant's id.
 */
grant: string, 
/**
 * The language of the answer's words.
 */
lang: Language, };

/**
 * Something by its id.
 */
export type ById = { 
/**
 * The id.
 */
id: string, 
/**
 * The language of the answer's words.
 */
lang: Language, };

/**
 * A passkey by its id.
 */
export type ByPasskey = { 
/**
 * Its id.
 */
id: string, };

/**
 * A member of a circle that serves a case.
 */
export type CaseMemberView = { 
/**
 * Its id.
 */
agency: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * Its tier.
 */
tier: number, 
/**
 * How its consent stands.
 */
state: ConsentState, 
/**
 * It is this agency.
 */
own: boolean, };

/**
 * A case: one person's grant to a circle.
 */
export type CaseView = { 
/**
 * This agency's grant.
 */
grant: string, 
/**
 * The case's id, the same at every member.
 */
case: string, 
/**
 * The circle's name.
 */
circle: string, 
/**
 * Who serves it.
 */
members: Array<CaseMemberView>, };

/**
 * Everything that a request can be made of, in words.
 */
export type Catalogue = { 
/**
 * Purposes.
 */
purposes: Array<PurposeWords>, 
/**
 * Items of data.
 */
items: Array<ItemWords>, 
/**
 * Circles that this agency belongs to.
 */
circles: Array<CircleWords>, 
/**
 * Other agencies of the registry, as recipients.
 */
agencies: Array<AgencyWords>, 
/**
 * Legal bases that a request may name, DPV IRIs; none means explicit consent.
 */
bases: Array<string>, 
/**
 * The longest time that a request may wait for an answer, in minutes.
 */
answer_within_at_most: number, };

/**
 * What the browser's passkey call is given.
 */
export type Ceremony = { 
/**
 * Names this ceremony in the second step.
 */
ceremony: string, 
/**
 * For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
 */
options: JsonValue, };

/**
 * What the browser's passkey call gave.
 */
export type CeremonyDone = { 
/**
 * Which ceremony.
 */
ceremony: string, 
/**
 * `credential.toJSON()`.
 */
credential: JsonValue, };

/**
 * One's own new password.
 */
export type ChangePassword = { 
/**
 * The one until now.
 */
old: string, 
/**
 * The one from now on.
 */
new: string, };

/**
 * Changes a user. What is not given stays. Their sessions end.
 */
export type ChangeUser = { 
/**
 * Who.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string | null, 
/**
 * What they may do.
 */
roles: Array<Role> | null, 
/**
 * Whether they can sign in.
 */
disabled: boolean | null, };

/**
 * A token to be checked.
 */
export type CheckToken = { 
/**
 * The compact JWS.
 */
token: string, 
/**
 * The purpose that it is needed for.
 */
purpose: string | null, 
/**
 * The data that are needed.
 */
items: Array<string>, 
/**
 * Judge by what was fetched before; nothing is sent.
 */
offline: boolean, 
/**
 * The language of the words.
 */
lang: Language, };

/**
 * What a genuine token says.
 */
export type CheckedConsent = { 
/**
 * The grant's id.
 */
grant: string, 
/**
 * To whom it was given.
 */
audience: string, 
/**
 * What for.
 */
purposes: Array<PurposeWords>, 
/**
 * What.
 */
items: Array<ItemWords>, 
/**
 * From when on, in seconds.
 */
begins_at: number, 
/**
 * Until when, in seconds.
 */
ends_at: number, 
/**
 * Only for an incident.
 */
on_incident: boolean, };

/**
 * Where a registration stands in the log, checked against the pinned key.
 */
export type CheckedProof = { 
/**
 * The entry's index.
 */
index: number, 
/**
 * When it was recorded, in seconds.
 */
at: number, 
/**
 * The text of the C2SP proof.
 */
text: string, };

/**
 * A circle, and what each member would see.
 */
export type CirclePreview = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its members that would see something.
 */
members: Array<MemberPreview>, };

/**
 * A circle that this agency belongs to.
 */
export type CircleWords = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * This agency's highest tier.
 */
tier: number, 
/**
 * What that tier may open.
 */
items: Array<string>, };

/**
 * Every code that crosses to the pages.
 */
export type Code = "signed_out" | "not_allowed" | "forged" | "not_found" | "not_understood" | "too_large" | "wrong_sign_in" | "too_soon" | "wrong_code" | "already_set_up" | "password_weak" | "password_too_long" | "wrong_password" | "from_provider" | "ceremony_over" | "passkey_refused" | "passkey_not_here" | "user_exists" | "unknown_user" | "last_admin" | "unknown_actor" | "reason_missing" | "purpose" | "item" | "required_not_asked" | "notice_missing" | "notice_too_long" | "duration" | "not_in_circle" | "unknown_agency" | "basis" | "jurisdiction" | "unknown_request" | "request_over" | "unknown_template" | "built_in_template" | "unknown_grant" | "consent_withdrawn" | "consent_paused" | "consent_expired" | "consent_exhausted" | "waits_for_incident" | "item_not_covered" | "reading_not_allowed" | "nothing_shared" | "share_refused" | "share_not_announced" | "share_older" | "unknown_incident" | "incident_exists" | "incident_closed" | "call_unclear" | "not_opened" | "unknown_opening" | "same_person" | "already_reviewed" | "no_verifier" | "unreachable" | "verifier_changed" | "verifier_refused" | "agency_refused" | "no_encryption_keys" | "storage" | "randomness" | "internal";

/**
 * What a wallet warns of.
 */
export type Concern = { "code": "more_than_needed", 
/**
 * The item.
 */
path: string, } | { "code": "never_on_incident", 
/**
 * The item.
 */
path: string, } | { "code": "passed_on" } | { "code": "other_basis" } | { "code": "runs_long" };

/**
 * How many consents of each kind there are.
 */
export type ConsentCounts = { 
/**
 * They hold.
 */
valid: number, 
/**
 * Paused.
 */
paused: number, 
/**
 * Taken back.
 */
withdrawn: number, 
/**
 * Over.
 */
expired: number, 
/**
 * They hold, and end within 30 days.
 */
ending_soon: number, 
/**
 * Something is to be deleted.
 */
owed: number, 
/**
 * And is overdue.
 */
overdue: number, };

/**
 * A page of the table.
 */
export type ConsentPage = { 
/**
 * How many were found.
 */
total: number, 
/**
 * How many were left out at the beginning.
 */
offset: number, 
/**
 * The rows.
 */
rows: Array<ConsentRow>, 
/**
 * How many there are of each kind, whatever was asked for.
 */
counts: ConsentCounts, 
/**
 * The log index up to which the table is true.
 */
index: number | null, 
/**
 * The verifier's event stream is open: a change is here within a second.
 */
connected: boolean, };

/**
 * A row of the table. Nobody's name is in it: the agency has read nothing yet.
 */
export type ConsentRow = { 
/**
 * The grant's id.
 */
grant: string, 
/**
 * A pseudonym of the person, the same in all their consents to this agency.
 */
person: string, 
/**
 * Purpose codes.
 */
purposes: Array<string>, 
/**
 * Data paths.
 */
items: Array<string>, 
/**
 * They wait for an incident.
 */
on_incident: boolean, 
/**
 * The circle's id.
 */
circle: string | null, 
/**
 * This agency's tier in it.
 */
tier: number | null, 
/**
 * How it stands.
 */
state: ConsentState, 
/**
 * When it was given, in seconds.
 */
granted_at: number, 
/**
 * When it ends, in seconds.
 */
ends_at: number, 
/**
 * When something happened last, in seconds.
 */
changed_at: number, 
/**
 * It holds and ends within 30 days.
 */
ending_soon: boolean, 
/**
 * When something was read last, in seconds.
 */
read_at: number | null, 
/**
 * What is to be deleted.
 */
owed: Owed | null, 
/**
 * The agency stated that it deleted, in seconds.
 */
erased_at: number | null, 
/**
 * The request that it answers.
 */
request: string | null, };

/**
 * How a consent stands.
 */
export type ConsentState = "valid" | "paused" | "withdrawn" | "expired";

/**
 * One consent.
 */
export type ConsentView = { 
/**
 * Its row.
 */
row: ConsentRow, 
/**
 * What for.
 */
purposes: Array<PurposeWords>, 
/**
 * What.
 */
items: Array<ItemWords>, 
/**
 * `read`, `store`, `forward`.
 */
actions: Array<string>, 
/**
 * Agencies to which it may be passed on.
 */
recipients: Array<string>, 
/**
 * How long what was read may be kept, in words.
 */
retention: string, 
/**
 * The legal basis, a DPV IRI.
 */
basis: string, 
/**
 * Whose law applies.
 */
jurisdiction: string, 
/**
 * The text that the person read.
 */
notice: NoticeView, 
/**
 * The random id that all tokens of the same grant to a circle have.
 */
case: string | null, 
/**
 * May it be read now?
 */
readable: Readable, 
/**
 * Everything that happened, the newest first.
 */
history: Array<ActView>, 
/**
 * The proofs were fetched and checked just now; else the verifier could not be asked.
 */
proven: boolean, 
/**
 * The consent token.
 */
token: string, };

/**
 * How many people at a place have allowed this agency to open something.
 */
export type Count = { 
/**
 * How many.
 */
people: number, };

/**
 * Asks whether anyone at a place needs help.
 */
export type CountPlace = { 
/**
 * The place.
 */
address: string, };

/**
 * Which days.
 */
export type Days = { 
/**
 * How many days back from today; 30 unless given, 366 at most.
 */
days: number | null, 
/**
 * The language of the words.
 */
lang: Language, };

/**
 * Declares an incident.
 */
export type DeclareIncident = { 
/**
 * The number that the call-handling system gave it; one is made where there is none.
 */
reference: string, 
/**
 * What happened.
 */
kind: IncidentKind, 
/**
 * Where, as it was understood.
 */
place: string, 
/**
 * The caller's number.
 */
phone: string, };

/**
 * A deletion that was stated.
 */
export type DeletionConfirmed = { 
/**
 * Under which grant.
 */
grant: string, 
/**
 * When, in seconds.
 */
at: number, 
/**
 * How.
 */
method: string, 
/**
 * Its index in the log.
 */
index: number, 
/**
 * When the consent was withdrawn, in seconds.
 */
withdrawn_at: number | null, 
/**
 * It came later than was promised.
 */
late: boolean, };

/**
 * A deletion that is owed.
 */
export type DeletionOwed = { 
/**
 * Under which grant.
 */
grant: string, 
/**
 * By when, in seconds.
 */
due: number, 
/**
 * That has passed.
 */
overdue: boolean, 
/**
 * Why.
 */
because: Because, 
/**
 * When something was read last, in seconds.
 */
read_at: number, };

/**
 * Deletions.
 */
export type Deletions = { 
/**
 * What is owed, the most urgent first.
 */
owed: Array<DeletionOwed>, 
/**
 * What was confirmed, the newest first.
 */
confirmed: Array<DeletionConfirmed>, 
/**
 * How many of `owed` are overdue.
 */
overdue: number, };

/**
 * A user of the sample county. Everyone there has the same password, which is no secret.
 */
export type DemoUser = { 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The password.
 */
password: string, 
/**
 * What they may do.
 */
roles: Array<Role>, };

/**
 * A request in the making.
 */
export type Draft = { 
/**
 * Purpose codes.
 */
purposes: Array<string>, 
/**
 * Data paths.
 */
items: Array<string>, 
/**
 * Those without which the request is pointless.
 */
required: Array<string>, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * The agency keeps a copy.
 */
stores: boolean, 
/**
 * Agencies to which it may be passed on.
 */
recipients: Array<string>, 
/**
 * The circle that is asked for.
 */
circle: string | null, 
/**
 * How long what was read may be kept, ISO 8601.
 */
retention: string, 
/**
 * The longest time that the consent should run, ISO 8601.
 */
max_duration: string, 
/**
 * The text to read.
 */
notice: InBoth, 
/**
 * The agency's own name for this version of the text.
 */
notice_version: string, 
/**
 * The legal basis, where it is not explicit consent.
 */
basis: string | null, 
/**
 * Whose law applies, ISO 3166.
 */
jurisdiction: string | null, 
/**
 * How long the request waits for an answer, in minutes.
 */
answer_within: number, 
/**
 * The agency's own note, for whoever looks at the list; it is not part of the request.
 */
note: string, };

/**
 * States that everything read under a grant is deleted.
 */
export type Erase = { 
/**
 * Which grant.
 */
grant: string, 
/**
 * How; the person sees it.
 */
method: string, };

/**
 * One value.
 */
export type FieldView = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * What the person wrote down there; null where nothing.
 */
value: JsonValue, 
/**
 * The same in words, a line each; what a person typed stands there as it was typed.
 */
lines: Array<string>, };

/**
 * Which consents.
 */
export type FindConsents = { 
/**
 * Words that all have to be found: in the grant's id, the person's pseudonym, purposes, items (in both
 * languages), circle, or the note of the request that it answers.
 */
search: string, 
/**
 * Only those in this state.
 */
state: ConsentState | null, 
/**
 * Only those for this purpose.
 */
purpose: string | null, 
/**
 * Only this part.
 */
only: Only | null, 
/**
 * In this order.
 */
order: Order, 
/**
 * How many to leave out at the beginning.
 */
offset: number, 
/**
 * How many at most; 100 unless given, 500 at most.
 */
limit: number | null, };

/**
 * Which lines of the journal.
 */
export type FindJournal = { 
/**
 * Only of this pseudonym.
 */
actor: string | null, 
/**
 * Only about this grant.
 */
grant: string | null, 
/**
 * How many to leave out, counted from the newest.
 */
offset: number, 
/**
 * How many at most; 100 unless given, 500 at most.
 */
limit: number | null, };

/**
 * What a second person found.
 */
export type Finding = "justified" | "unjustified" | "inconclusive";

/**
 * Hands what was opened over to call-handling software, as a file of RFC 7852 blocks.
 */
export type HandOver = { 
/**
 * Which grant; it has to be opened for the incident.
 */
grant: string, 
/**
 * The incident, which has to be open.
 */
incident: string, 
/**
 * The language of the comments in it.
 */
lang: Language, };

/**
 * A text in both languages.
 */
export type InBoth = { 
/**
 * In English.
 */
en: string, 
/**
 * In Welsh.
 */
cy: string, };

/**
 * An answer has words in it.
 */
export type InLanguage = { 
/**
 * The language of these words.
 */
lang: Language, };

/**
 * An incident of this agency.
 */
export type Incident = { 
/**
 * Its number: `incidentId` of NENA i3.
 */
id: string, 
/**
 * What happened.
 */
kind: IncidentKind, 
/**
 * Where.
 */
place: string, 
/**
 * The caller's number.
 */
phone: string, 
/**
 * When it was declared, in seconds.
 */
declared_at: number, 
/**
 * By whom.
 */
declared_by: string, 
/**
 * When it was closed, in seconds.
 */
closed_at: number | null, 
/**
 * By whom.
 */
closed_by: string | null, 
/**
 * What was opened for it.
 */
openings: Array<OpeningView>, };

/**
 * Everybody who serves the cases of an incident.
 */
export type IncidentCircle = { 
/**
 * One entry for each case that was opened or matched.
 */
cases: Array<CaseView>, };

/**
 * What happened.
 */
export type IncidentKind = "medical" | "fire" | "weather" | "missing-person" | "welfare" | "crime" | "traffic" | "other";

/**
 * Incidents, the open ones first, then the newest.
 */
export type Incidents = { 
/**
 * The incidents.
 */
incidents: Array<Incident>, };

/**
 * An item as a person reads it.
 */
export type ItemWords = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * The code of its section.
 */
section: string, 
/**
 * Its section's name.
 */
section_label: string, 
/**
 * The law protects it especially.
 */
special: boolean, 
/**
 * It may open in an emergency.
 */
opens_on_incident: boolean, };

/**
 * What was done at this console, the newest first.
 */
export type Journal = { 
/**
 * How many lines were found.
 */
total: number, 
/**
 * The lines.
 */
lines: Array<JournalLine>, };

/**
 * One act at this console. It stays in the agency's folder.
 */
export type JournalLine = { 
/**
 * When, in seconds.
 */
at: number, 
/**
 * Who: a pseudonym, `adr` for call-handling software, or nothing before somebody was known.
 */
actor: string, 
/**
 * What: the name of the route.
 */
act: string, 
/**
 * About which grant.
 */
grant?: string, 
/**
 * About what else: an incident, a request, a user.
 */
about?: string, 
/**
 * Why, in the words of who did it.
 */
reason?: string, 
/**
 * The code, where it was refused.
 */
refused?: string, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * A language of the console.
 */
export type Language = "en" | "cy";

/**
 * One change.
 */
export type Live = { "kind": "line", 
/**
 * The verifier's stream is open.
 */
connected: boolean, 
/**
 * The log index up to which the console knows everything.
 */
index: number | null, } | { "kind": "consent", 
/**
 * Which.
 */
grant: string, 
/**
 * What.
 */
act: ActKind, 
/**
 * How it stands now.
 */
state: ConsentState, 
/**
 * The log index of the act.
 */
index: number, } | { "kind": "request", 
/**
 * Which.
 */
id: string, 
/**
 * What became of it.
 */
state: RequestState, } | { "kind": "incident", 
/**
 * Which.
 */
id: string, 
/**
 * It is open.
 */
open: boolean, } | { "kind": "signed_out" };

/**
 * Asks who a caller may be. Exactly one of phone and address is given.
 */
export type MatchCall = { 
/**
 * The incident, which has to be open.
 */
incident: string, 
/**
 * The caller's number, in any way of writing it.
 */
phone: string, 
/**
 * The place; typing errors are forgiven, wrong numbers are not.
 */
address: string, 
/**
 * The language of the labels.
 */
lang: Language, };

/**
 * A consent that may be the caller's.
 */
export type MatchView = { 
/**
 * The grant.
 */
grant: string, 
/**
 * How alike, from 0 to 1.
 */
score: number, 
/**
 * What matched.
 */
by: MatchedBy, 
/**
 * How it stands.
 */
state: ConsentState, 
/**
 * This agency's tier in the circle.
 */
tier: number | null, 
/**
 * The circle's name.
 */
circle: string | null, 
/**
 * What may be opened, by label.
 */
items: Array<OpenItem>, 
/**
 * What whoever asks opened for this incident is open until then, in seconds.
 */
open_until: number | null, };

/**
 * What matched.
 */
export type MatchedBy = "phone" | "address";

/**
 * Who may be calling, the likeliest first.
 */
export type Matches = { 
/**
 * How many people these are.
 */
people: number, 
/**
 * Their consents.
 */
matches: Array<MatchView>, };

/**
 * What one member of a circle would see.
 */
export type MemberPreview = { 
/**
 * Who.
 */
agency: AgencyWords, 
/**
 * Which items, by path.
 */
paths: Array<string>, };

/**
 * What the browser's passkey call gave for a new passkey.
 */
export type NewPasskey = { 
/**
 * Which ceremony.
 */
ceremony: string, 
/**
 * What its owner calls it.
 */
name: string, 
/**
 * `credential.toJSON()`.
 */
credential: JsonValue, };

/**
 * Nothing is asked, or nothing is answered but that it is done.
 */
export type Nothing = Record<symbol, never>;

/**
 * The text that the person read.
 */
export type NoticeView = { 
/**
 * Its digest in the token.
 */
digest: string, 
/**
 * Its language.
 */
lang: string, 
/**
 * The agency's own name for the version.
 */
version: string, 
/**
 * The text, where a request or template here has exactly this digest.
 */
text: string | null, };

/**
 * Which part of the table.
 */
export type Only = "ending_soon" | "owed" | "overdue" | "on_incident";

/**
 * Opens a consent for an incident. Within two hours the same opening serves again.
 */
export type OpenConsent = { 
/**
 * Which grant.
 */
grant: string, 
/**
 * The incident, which has to be open.
 */
incident: string, 
/**
 * Why; the person is told.
 */
reason: OpenReason, 
/**
 * At which position: `agencyPositionId` of NENA i3.
 */
position: string, 
/**
 * The language of the labels.
 */
lang: Language, };

/**
 * What may be opened.
 */
export type OpenItem = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * The lowest tier that opens it: `T0` to `T4`.
 */
tier: string, };

/**
 * Why it is opened.
 */
export type OpenReason = "call" | "dispatch" | "on-scene" | "search" | "welfare-check" | "evacuation";

/**
 * What was opened for an incident.
 */
export type OpeningView = { 
/**
 * Which grant.
 */
grant: string, 
/**
 * The opening's statement.
 */
statement: string, 
/**
 * When, in seconds.
 */
at: number, 
/**
 * By whom.
 */
actor: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Until when it is good, in seconds.
 */
until: number, 
/**
 * How the consent stands now.
 */
state: ConsentState, 
/**
 * The second person's finding.
 */
finding: Finding | null, };

/**
 * In which order.
 */
export type Order = "changed" | "newest" | "ending" | "due";

/**
 * A deletion that is owed.
 */
export type Owed = { 
/**
 * By when, in seconds.
 */
due: number, 
/**
 * That has passed.
 */
overdue: boolean, 
/**
 * Why.
 */
because: Because, };

/**
 * Whose act it was.
 */
export type Party = "person" | "agency";

/**
 * A registered passkey.
 */
export type Passkey = { 
/**
 * Its id.
 */
id: string, 
/**
 * What its owner calls it.
 */
name: string, 
/**
 * When it was registered, in seconds.
 */
added_at: number, 
/**
 * When it was used last, in seconds.
 */
used_at: number | null, };

/**
 * A request as a wallet shows it, without anyone's data: the members of the wallet's own review.
 */
export type Preview = { 
/**
 * Who asks.
 */
agency: AgencyWords, 
/**
 * Who else would answer with them.
 */
circle: CirclePreview | null, 
/**
 * What for.
 */
purposes: Array<PurposeWords>, 
/**
 * What.
 */
items: Array<PreviewItem>, 
/**
 * They would keep a copy.
 */
stores: boolean, 
/**
 * To whom they may pass it on.
 */
recipients: Array<AgencyWords>, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * How long they may keep it, in words.
 */
retention: string, 
/**
 * The latest end, in seconds.
 */
ends_at: number, 
/**
 * Until when it can be answered, in seconds.
 */
answer_by: number, 
/**
 * The text to read.
 */
notice: string, 
/**
 * Its language.
 */
notice_lang: Language, 
/**
 * What speaks against it: the wallet warns of these.
 */
concerns: Array<Concern>, };

/**
 * A draft to be shown in a language.
 */
export type PreviewDraft = { 
/**
 * The draft.
 */
draft: Draft, 
/**
 * The language in which the citizen would read it.
 */
lang: Language, };

/**
 * An item that would be asked for.
 */
export type PreviewItem = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * The request is pointless without it.
 */
required: boolean, 
/**
 * The law protects it especially.
 */
special: boolean, };

/**
 * One processing activity.
 */
export type ProcessingEntry = { 
/**
 * The purpose's code.
 */
purpose: string, 
/**
 * Its name.
 */
label: string, 
/**
 * Its DPV IRI.
 */
purpose_iri: string, 
/**
 * The legal basis, a DPV IRI.
 */
basis: string, 
/**
 * Categories of data.
 */
items: Array<ItemWords>, 
/**
 * People whose consent holds.
 */
people: number, 
/**
 * Consents that were given altogether.
 */
consents: number, 
/**
 * Recipients: agency ids.
 */
recipients: Array<string>, 
/**
 * The longest that what was read is kept, ISO 8601.
 */
retention: string, 
/**
 * Readings and openings so far.
 */
readings: number, };

/**
 * The record of processing activities (GDPR Article 30(1)).
 */
export type ProcessingRecord = { 
/**
 * The controller: its id.
 */
controller: string, 
/**
 * Its name.
 */
name: InBoth, 
/**
 * How it is reached.
 */
contact: string | null, 
/**
 * Its privacy notice.
 */
privacy_url: string | null, 
/**
 * How soon it deletes after a withdrawal, ISO 8601.
 */
erase_within: string, 
/**
 * When this record was made, in seconds.
 */
made_at: number, 
/**
 * One entry for each purpose and legal basis.
 */
entries: Array<ProcessingEntry>, };

/**
 * A purpose in words.
 */
export type PurposeWords = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
label: string, 
/**
 * What it means.
 */
explanation: string, 
/**
 * The paths that it can reasonably need; wallets warn of any other.
 */
needs: Array<string>, };

/**
 * What was read. It is shown only as long as the consent stands: clear it when a `consent` event of this grant
 * says anything but `valid`, when a `line` event says that the verifier is out of reach, and when the stream ends.
 */
export type ReadAnswer = { 
/**
 * Under which grant.
 */
grant: string, 
/**
 * What.
 */
fields: Array<FieldView>, 
/**
 * The statement under which it was read.
 */
statement: string, 
/**
 * Its index in the log.
 */
index: number, 
/**
 * The number of this version of the data.
 */
revision: number, 
/**
 * When the person wrote it so, in seconds.
 */
issued_at: number, 
/**
 * Until when it may be kept, in seconds.
 */
keep_until: number | null, 
/**
 * Until when this opening is good, in seconds; none where it was no opening.
 */
open_until: number | null, };

/**
 * Reads under a consent.
 */
export type ReadConsent = { 
/**
 * Which.
 */
grant: string, 
/**
 * Why; the person sees it.
 */
reason: string, 
/**
 * The paths that are looked at; all unless given.
 */
items: Array<string>, 
/**
 * The language of the labels.
 */
lang: Language, };

/**
 * A text whose reading age is wanted.
 */
export type ReadText = { 
/**
 * The text.
 */
text: string, 
/**
 * Its language.
 */
lang: Language, };

/**
 * How hard a text is to read.
 */
export type Readability = { 
/**
 * The age at which most people can read it: by the Automated Readability Index in English, by Björnsson's
 * LIX in Welsh. None for fewer than ten words.
 */
age: number | null, 
/**
 * Words.
 */
words: number, 
/**
 * Sentences.
 */
sentences: number, 
/**
 * The longest sentence, where it is longer than 20 words.
 */
long_sentence: string | null, 
/**
 * Words of more than ten letters, the first ten of them.
 */
long_words: Array<string>, };

/**
 * Whether something may be read under a consent now.
 */
export type Readable = "yes" | "on_incident" | "no";

/**
 * Something was put on record.
 */
export type Recorded = { 
/**
 * The statement's id.
 */
statement: string, 
/**
 * Its index in the log.
 */
index: number, 
/**
 * When, in seconds.
 */
at: number, };

/**
 * A yes to a request.
 */
export type RequestAnswer = { 
/**
 * The grant.
 */
grant: string, 
/**
 * When it came, in seconds.
 */
at: number, 
/**
 * Items that were asked for and not given.
 */
without: Array<string>, 
/**
 * The verifier has it too. Until then it does not count.
 */
registered: boolean, };

/**
 * What became of a request.
 */
export type RequestState = "open" | "granted" | "declined" | "expired" | "closed";

/**
 * A request that was made.
 */
export type RequestView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The agency's own note.
 */
note: string, 
/**
 * What became of it.
 */
state: RequestState, 
/**
 * What it asks.
 */
draft: Draft, 
/**
 * When it was made, in seconds.
 */
made_at: number, 
/**
 * By whom: a pseudonym.
 */
made_by: string, 
/**
 * Until when it can be answered, in seconds.
 */
expires_at: number, 
/**
 * For the wallet: `assent://authorize?…`. Its QR code is at `/api/request-qr?id=…`.
 */
link: string, 
/**
 * Where a wallet fetches it.
 */
request_uri: string, 
/**
 * How many said no.
 */
declined: number, 
/**
 * The consents that were given, the first one first.
 */
granted: Array<RequestAnswer>, };

/**
 * Requests, the newest first.
 */
export type Requests = { 
/**
 * The requests.
 */
requests: Array<RequestView>, };

/**
 * Finds out who a pseudonym is. It is on record who asked, and why.
 */
export type ResolveActor = { 
/**
 * The pseudonym.
 */
actor: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Who a pseudonym is.
 */
export type ResolvedActor = { 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string, 
/**
 * What they may do.
 */
roles: Array<Role>, };

/**
 * Records a second look.
 */
export type ReviewOpening = { 
/**
 * Which grant.
 */
grant: string, 
/**
 * The opening's statement.
 */
opening: string, 
/**
 * What was found; the person sees it.
 */
finding: Finding, };

/**
 * An opening and its second look.
 */
export type ReviewRow = { 
/**
 * Which grant.
 */
grant: string, 
/**
 * The opening's statement.
 */
opening: string, 
/**
 * For which incident.
 */
incident: string, 
/**
 * When it was opened, in seconds.
 */
opened_at: number, 
/**
 * By whom.
 */
actor: string, 
/**
 * Why.
 */
reason: string, 
/**
 * By when a second person has to look at it, in seconds.
 */
due: number, 
/**
 * That has passed.
 */
overdue: boolean, 
/**
 * Who is signed in opened it, and cannot review it.
 */
own: boolean, 
/**
 * What was found.
 */
finding: Finding | null, 
/**
 * By whom.
 */
reviewed_by: string | null, };

/**
 * Openings and their second look, those that owe one first.
 */
export type Reviews = { 
/**
 * The openings.
 */
reviews: Array<ReviewRow>, };

/**
 * What a member of staff may do. Nobody has a role because of another one: who manages users reads nothing.
 */
export type Role = "caseworker" | "control-room" | "privacy-officer" | "admin";

/**
 * Who serves this console, and who is signed in. Asked first by every page.
 */
export type Session = { 
/**
 * The agency.
 */
agency: AgencyWords, 
/**
 * Its name in each language.
 */
agency_names: InBoth, 
/**
 * Who is signed in.
 */
signed_in: SignedIn | null, 
/**
 * How one can sign in.
 */
ways: Ways, 
/**
 * Nobody is known yet: the first administrator is made with the code that the program printed.
 */
set_up: boolean, 
/**
 * The sample county: what is shown is made up. The sign-in of the sample is in `demo_users`.
 */
demo: boolean, 
/**
 * Users of the sample county, to sign in with.
 */
demo_users: Array<DemoUser>, 
/**
 * The console's clock, in seconds.
 */
now: number, };

/**
 * A new password for a user. Their sessions end.
 */
export type SetPassword = { 
/**
 * Who.
 */
user: string, 
/**
 * The password.
 */
password: string, };

/**
 * Makes the first administrator.
 */
export type SetUp = { 
/**
 * The code that the program printed when it started.
 */
code: string, 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string, 
/**
 * The password.
 */
password: string, };

/**
 * How the console is set up.
 */
export type Settings = { 
/**
 * Where wallets and call-handling software reach it.
 */
public_url: string, 
/**
 * Minutes after which an idle session ends.
 */
idle_minutes: number, 
/**
 * Hours after which a session ends in any case.
 */
longest_hours: number, 
/**
 * The identity provider's address.
 */
oidc_issuer: string | null, 
/**
 * The verifier's address.
 */
verifier: string | null, 
/**
 * Its event stream is open.
 */
connected: boolean, 
/**
 * When the token for call-handling software was made, in seconds.
 */
adr_token_made_at: number | null, 
/**
 * The Additional Data Repository's address.
 */
adr_url: string, };

/**
 * A name and a password.
 */
export type SignIn = { 
/**
 * The name.
 */
user: string, 
/**
 * The password.
 */
password: string, };

/**
 * Who is signed in.
 */
export type SignedIn = { 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string, 
/**
 * The pseudonym in statements; only this agency can tell who it is.
 */
actor: string, 
/**
 * What they may do.
 */
roles: Array<Role>, 
/**
 * To be sent as the header `Assent-CSRF` with every `POST`.
 */
csrf: string, 
/**
 * When the session ends unless something is done, in seconds. A call with the header
 * `Assent-Background: 1` does not count as doing something.
 */
idle_until: number, 
/**
 * When it ends in any case, in seconds.
 */
ends_at: number, };

/**
 * Gives a person what is held about one of their grants (GDPR Article 15), as a file.
 */
export type SubjectAccess = { 
/**
 * The grant.
 */
grant: string, 
/**
 * The person's request, for the record.
 */
reason: string, };

/**
 * A request to start from.
 */
export type Template = { 
/**
 * Its id; empty to make a new one.
 */
id: string, 
/**
 * Its name.
 */
name: InBoth, 
/**
 * It comes with the program and cannot be changed; save it under a new name.
 */
built_in: boolean, 
/**
 * What it asks.
 */
draft: Draft, };

/**
 * Templates to start from.
 */
export type Templates = { 
/**
 * The agency's own first, then those that come with the program.
 */
templates: Array<Template>, };

/**
 * A member of staff.
 */
export type User = { 
/**
 * The name to sign in with.
 */
user: string, 
/**
 * The name as colleagues read it.
 */
name: string, 
/**
 * The pseudonym in statements.
 */
actor: string, 
/**
 * What they may do.
 */
roles: Array<Role>, 
/**
 * The identity provider says who they are and what they may do.
 */
from_provider: boolean, 
/**
 * They cannot sign in.
 */
disabled: boolean, 
/**
 * How many passkeys they have.
 */
passkeys: number, 
/**
 * When they signed in last, in seconds.
 */
signed_in_at: number | null, };

/**
 * Everybody who can sign in.
 */
export type Users = { 
/**
 * The users, by name.
 */
users: Array<User>, };

/**
 * What was found out about a token.
 */
export type Verdict = { 
/**
 * Yes, no or unknown.
 */
verdict: Answer, 
/**
 * Why not.
 */
why: Why | null, 
/**
 * What it says; none where it cannot be read or is forged.
 */
consent: CheckedConsent | null, 
/**
 * From when on the same answer cannot be given offline any more, in seconds.
 */
good_until: number | null, 
/**
 * Where its registration stands in the log; none offline, and for another agency's token.
 */
proof: CheckedProof | null, };

/**
 * Ways to sign in.
 */
export type Ways = { 
/**
 * With a name and a password kept here.
 */
password: boolean, 
/**
 * With a passkey registered here.
 */
passkey: boolean, 
/**
 * With the agency's own identity provider: open `/sign-in/oidc` in this window. Its name, to be shown.
 */
oidc: string | null, };

/**
 * Why a token is refused: the refusals of the protocol's section 2.
 */
export type Why = "too_large" | "malformed" | "unsupported_alg" | "wrong_type" | "unknown_term" | "key_mismatch" | "bad_signature" | "wrong_audience" | "not_yet_valid" | "expired" | "unknown_agency" | "agency_suspended" | "wrong_agency_key" | "purpose_not_covered" | "data_not_covered" | "unregistered" | "suspended" | "revoked" | "exhausted" | "status_unavailable";
