// Written from crates/wallet-app by `cargo run -p wallet-app --example bindings`. A test fails when it is stale.

/**
 * What is known before anything is unlocked.
 */
export type About = { 
/**
 * The program's version.
 */
version: string, 
/**
 * Where the vault is or will be.
 */
vault: string, 
/**
 * Where files for the person are written.
 */
papers: string, 
/**
 * Whether there is a vault.
 */
exists: boolean, 
/**
 * Whether it is unlocked.
 */
unlocked: boolean, 
/**
 * Seconds until the next passphrase may be tried.
 */
wait_seconds: number, 
/**
 * How many links wait to be looked at.
 */
links: number, 
/**
 * The verifier to suggest on first use.
 */
suggested_verifier: string | null, };

/**
 * What an act came to.
 */
export type Acted = { 
/**
 * What became of it.
 */
done: Done, 
/**
 * Why it waits.
 */
trouble: Code | null, };

/**
 * Every registered agency.
 */
export type Agencies = { 
/**
 * In the order of the registry.
 */
agencies: Array<Agency>, 
/**
 * When the list was fetched, in seconds.
 */
fetched_at: number | null, };

/**
 * An agency.
 */
export type Agency = { 
/**
 * Its address, which is its id.
 */
id: string, 
/**
 * Its registered name.
 */
name: string, 
/**
 * What kind of service it is.
 */
kind: Kind, 
/**
 * Where a person reaches it.
 */
contact: string | null, 
/**
 * Where its privacy notice stands.
 */
privacy_url: string | null, 
/**
 * Whether it may act now.
 */
active: boolean, };

/**
 * Names a consent.
 */
export type ByGrant = { 
/**
 * Its id.
 */
grant: string, };

/**
 * What opens in an emergency.
 */
export type Card = { 
/**
 * The citizen's name, where it is written down.
 */
name: JsonValue | null, 
/**
 * Who may open it.
 */
parties: Array<CardParty>, 
/**
 * What, by how far it opens.
 */
tiers: Array<CardTier>, };

/**
 * One item.
 */
export type CardItem = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * What is written down.
 */
value: JsonValue | null, 
/**
 * The agencies that see it.
 */
agencies: Array<string>, };

/**
 * An agency that may open it.
 */
export type CardParty = { 
/**
 * Its name.
 */
name: string, 
/**
 * Until when, in seconds.
 */
ends_at: number, };

/**
 * What opens together.
 */
export type CardTier = { 
/**
 * From 0, without a name, to 3, health.
 */
tier: number, 
/**
 * The items.
 */
items: Array<CardItem>, };

/**
 * A change of passphrase.
 */
export type ChangePassphrase = { 
/**
 * The one until now.
 */
current: string, 
/**
 * The one from now on.
 */
passphrase: string, };

/**
 * What the person changes.
 */
export type ChangeSettings = { 
/**
 * Minutes until the wallet locks by itself, from 1 to 60.
 */
lock_after_minutes: number, };

/**
 * A circle of agencies.
 */
export type CircleView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its members that would see something.
 */
members: Array<MemberView>, };

/**
 * Every code that crosses to the window.
 */
export type Code = "locked" | "no_place" | "too_soon" | "not_reviewed" | "not_understood" | "passphrase_empty" | "passphrase_control_character" | "passphrase_too_long" | "passphrase_weak" | "wrong_passphrase" | "wrong_phrase" | "phrase_count" | "phrase_word" | "phrase_checksum" | "vault_not_found" | "vault_exists" | "vault_in_use" | "not_a_vault" | "vault_newer" | "vault_damaged" | "backup_unfinished" | "disk_full" | "memory" | "storage" | "randomness" | "too_large" | "value" | "unknown_path" | "import_unknown" | "import_broken" | "import_empty" | "no_verifier" | "not_a_verifier" | "insecure" | "unreachable" | "refused" | "other_version" | "verifier_changed" | "no_registry" | "registry_refused" | "link" | "other_agency" | "not_a_request" | "request_expired" | "request_not_yet" | "request_unknown_agency" | "agency_suspended" | "request_forged" | "request_unknown_term" | "answer" | "unknown_circle" | "unknown_agency" | "unknown_purpose" | "ends_in_past" | "ends_too_late" | "no_slots" | "unknown_grant" | "grant_ended" | "unknown";

/**
 * Why a command did nothing. The window has words for each code.
 */
export type CommandError = { 
/**
 * The stable code.
 */
code: Code, 
/**
 * The field of the form that is at fault.
 */
field?: string, 
/**
 * Whether the same may succeed later, unchanged.
 */
retryable: boolean, };

/**
 * Something to be known before signing.
 */
export type Concern = { "code": "more_than_needed", 
/**
 * The item.
 */
path: string, } | { "code": "nothing_there", 
/**
 * The item.
 */
path: string, } | { "code": "never_on_incident", 
/**
 * The item.
 */
path: string, } | { "code": "passed_on" } | { "code": "other_basis" } | { "code": "answered", 
/**
 * By which consent.
 */
grant: string, } | { "code": "runs_long" };

/**
 * A new vault.
 */
export type Created = { 
/**
 * The 24 words.
 */
recovery_phrase: Array<string>, };

/**
 * Everything that can be written down, and what is.
 */
export type Data = { 
/**
 * By section, in the order of the profile.
 */
sections: Array<DataSection>, };

/**
 * One item that can be written down.
 */
export type DataItem = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * What belongs there.
 */
help: string, 
/**
 * The shape of its value.
 */
shape: 'name' | 'date' | 'gender' | 'languages' | 'identifiers' | 'phones' | 'emails' | 'preferred' | 'address' | 'place' | 'text' | 'key_safe' | 'hazards' | 'occupants' | 'pets' | 'conditions' | 'medication' | 'allergies' | 'equipment' | 'blood_group' | 'plan' | 'needs' | 'people' | 'attachment', 
/**
 * The value in its canonical form.
 */
value: JsonValue | null, 
/**
 * Whether the law protects it especially.
 */
special: boolean, 
/**
 * How far into an emergency it opens, from 0 to 4; 4 never opens.
 */
tier: number, 
/**
 * Codes that can be chosen.
 */
codes: Array<NeedWords>, 
/**
 * Who may see it.
 */
seen_by: Array<SeenBy>, };

/**
 * A page of the profile.
 */
export type DataSection = { 
/**
 * Its name in paths.
 */
id: 'identity' | 'contact' | 'home' | 'health' | 'needs' | 'people' | 'documents', 
/**
 * Its heading.
 */
label: string, 
/**
 * Its items.
 */
items: Array<DataItem>, };

/**
 * A consent that nobody asked for.
 */
export type DirectRequest = { 
/**
 * To whom.
 */
agency: string, 
/**
 * What for.
 */
purpose: string, 
/**
 * What.
 */
paths: Array<string>, 
/**
 * Until when, in seconds.
 */
ends_at: number, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * The language to word it in.
 */
lang: Language, };

/**
 * What somebody did.
 */
export type Doing = "granted" | "revoked" | "suspended" | "resumed" | "erase_requested" | "shared" | "looked" | "opened" | "reviewed" | "acknowledged" | "erased" | "other";

/**
 * What became of an act.
 */
export type Done = "recorded" | "queued" | "never_sent" | "already";

/**
 * What stopping everything came to.
 */
export type Ended = { 
/**
 * How many were stopped.
 */
stopped: number, 
/**
 * How many of these wait to be sent.
 */
waiting: number, 
/**
 * Why they wait.
 */
trouble: Code | null, };

/**
 * One finding.
 */
export type Finding = { 
/**
 * When, in seconds.
 */
at: number, 
/**
 * What.
 */
kind: FindingKind, 
/**
 * In technical words.
 */
detail: string, 
/**
 * Whether the person said that they read it.
 */
seen: boolean, };

/**
 * What a verifier did that it must not do.
 */
export type FindingKind = "fork" | "inconsistent" | "rollback" | "wrong_proof" | "keys_changed" | "registry_refused" | "forgotten" | "status_not_published" | "other";

/**
 * What was found against the verifier.
 */
export type Findings = { 
/**
 * The oldest first.
 */
findings: Array<Finding>, };

/**
 * How a consent stands.
 */
export type GrantState = "waiting" | "valid" | "suspended" | "revoked" | "expired" | "refused";

/**
 * A consent.
 */
export type GrantView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The agency's address.
 */
agency: string, 
/**
 * Its name.
 */
agency_name: string, 
/**
 * How it stands, as far as it is proven.
 */
state: GrantState, 
/**
 * What was decided and is not proven yet.
 */
becoming: GrantState | null, 
/**
 * What for.
 */
purposes: Array<PurposeWords>, 
/**
 * What, by name.
 */
items: Array<string>, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * Given to a circle of agencies together.
 */
in_circle: boolean, 
/**
 * How long they may keep what they read, in words.
 */
retention: string, 
/**
 * When it was signed, in seconds.
 */
signed_at: number, 
/**
 * When it ends, in seconds.
 */
ends_at: number, 
/**
 * The text that was read.
 */
notice: string, 
/**
 * They have another right to act, which taking it back does not stop.
 */
other_basis: boolean, 
/**
 * When its end was recorded, in milliseconds.
 */
revoked_at: number | null, 
/**
 * The agency took note of its end.
 */
acknowledged: boolean, 
/**
 * The agency proved that it deleted what it read.
 */
erased: boolean, 
/**
 * Agencies can see the state as it stands here.
 */
published: boolean, 
/**
 * How many proofs of it are kept.
 */
proofs: number, 
/**
 * Why the verifier refused it.
 */
refusal: string | null, };

/**
 * What was signed.
 */
export type Granted = { 
/**
 * The consents, that of whoever asked first.
 */
grants: Array<string>, 
/**
 * How many of them are recorded and proven.
 */
recorded: number, 
/**
 * Why the others wait.
 */
trouble: Code | null, };

/**
 * Every consent.
 */
export type Grants = { 
/**
 * The newest first.
 */
grants: Array<GrantView>, 
/**
 * What waits to be sent.
 */
waiting: Array<WaitingAct>, };

/**
 * One thing that happened to a consent, proven.
 */
export type Happened = { 
/**
 * Its place in the public record, which is a name for it.
 */
index: number, 
/**
 * When, in milliseconds.
 */
at: number, 
/**
 * The consent.
 */
grant: string, 
/**
 * The agency's name.
 */
agency: string, 
/**
 * What.
 */
doing: Doing, 
/**
 * Whether the citizen did it.
 */
own: boolean, 
/**
 * Why, in the agency's words.
 */
reason: string | null, 
/**
 * What was looked at, by name.
 */
items: Array<string>, 
/**
 * Who at the agency, by its own name for them.
 */
actor: string | null, 
/**
 * In which position.
 */
position: string | null, 
/**
 * The emergency.
 */
incident: string | null, 
/**
 * What a second person found.
 */
finding: string | null, 
/**
 * How it was deleted.
 */
method: string | null, };

/**
 * Everything that happened.
 */
export type History = { 
/**
 * The newest first.
 */
happened: Array<Happened>, 
/**
 * Deletions that are overdue.
 */
overdue: Array<Overdue>, };

/**
 * What a file holds.
 */
export type Imported = { 
/**
 * What has a place.
 */
taken: Array<Taken>, 
/**
 * What has none.
 */
left_out: Array<LeftOut>, };

/**
 * A command whose answer has words in it.
 */
export type InLanguage = { 
/**
 * The language of these words.
 */
lang: Language, };

/**
 * One item that is asked for.
 */
export type ItemView = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * What is written down there.
 */
value: JsonValue | null, 
/**
 * The request is pointless without it.
 */
required: boolean, 
/**
 * The law protects it especially.
 */
special: boolean, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * A kind of public service.
 */
export type Kind = "ambulance" | "fire" | "police" | "health" | "council" | "other";

/**
 * The language of the words in an answer.
 */
export type Language = "en" | "cy";

/**
 * A part of a file that has no place.
 */
export type LeftOut = { 
/**
 * Where it stands in the file.
 */
place: string, 
/**
 * What it says.
 */
what: string, 
/**
 * Why it was left out.
 */
why: string, };

/**
 * Links that were opened outside the window.
 */
export type Links = { 
/**
 * In the order in which they came.
 */
links: Array<string>, };

/**
 * What one member would see.
 */
export type MemberView = { 
/**
 * Who.
 */
agency: Agency, 
/**
 * Which items, by path.
 */
paths: Array<string>, };

/**
 * Names the verifier.
 */
export type NameVerifier = { 
/**
 * Its address.
 */
url: string, };

/**
 * A code that can be chosen.
 */
export type NeedWords = { 
/**
 * Two digits.
 */
code: string, 
/**
 * In words.
 */
label: string, };

/**
 * A command that asks for nothing more, or has nothing to answer.
 */
export type Nothing = Record<symbol, never>;

/**
 * A deletion that the agency owes.
 */
export type Overdue = { 
/**
 * The consent.
 */
grant: string, 
/**
 * The agency's name.
 */
agency: string, 
/**
 * Since when it is overdue, in milliseconds.
 */
since: number, };

/**
 * What the first page shows.
 */
export type Overview = { 
/**
 * How many items of data are written down.
 */
items: number, 
/**
 * How many consents are in force.
 */
in_force: number, 
/**
 * How many are paused.
 */
paused: number, 
/**
 * How many end within 30 days.
 */
ending: number, 
/**
 * How many things wait to be sent.
 */
waiting: number, 
/**
 * How many findings against the verifier were not read yet.
 */
findings: number, 
/**
 * The verifier in use.
 */
verifier: string | null, 
/**
 * When the list of agencies was fetched last, in seconds.
 */
fetched_at: number | null, };

/**
 * The 24 words once more.
 */
export type Phrase = { 
/**
 * The words, in order.
 */
words: Array<string>, };

/**
 * What was checked.
 */
export type Proof = { 
/**
 * Whose log it is.
 */
verifier: string, 
/**
 * Since when its key is known here, in seconds.
 */
pinned_at: number, 
/**
 * Each decision, the oldest first.
 */
acts: Array<ProvenAct>, 
/**
 * How many entries the newest log has that was seen here.
 */
log_size: number | null, };

/**
 * One decision and whether its proof holds.
 */
export type ProvenAct = { 
/**
 * What was decided.
 */
what: What, 
/**
 * When it was recorded, in milliseconds.
 */
at: number, 
/**
 * Its place in the log.
 */
index: number, 
/**
 * Whether its proof holds.
 */
holds: boolean, 
/**
 * How many entries the log had.
 */
log_size: number | null, };

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
explanation: string, };

/**
 * Everything that can be shared for.
 */
export type Purposes = { 
/**
 * In the order of the protocol.
 */
purposes: Array<PurposeWords>, };

/**
 * A file to be read.
 */
export type ReadFile = { 
/**
 * What is in it.
 */
text: string, 
/**
 * The language of reasons.
 */
lang: Language, };

/**
 * What a person pasted, opened or scanned.
 */
export type ReadRequest = { 
/**
 * A link, an address or the request itself.
 */
request: string, 
/**
 * The language to read it in.
 */
lang: Language, };

/**
 * The 24 words and the passphrase to set.
 */
export type Recover = { 
/**
 * The words, in order.
 */
phrase: string, 
/**
 * The passphrase from now on.
 */
passphrase: string, };

/**
 * One item to be removed.
 */
export type RemoveData = { 
/**
 * Its path.
 */
path: string, };

/**
 * A backup to be brought back.
 */
export type RestoreVault = { 
/**
 * The file, in base64.
 */
file: string, 
/**
 * The passphrase of the backup.
 */
passphrase: string, };

/**
 * A request in words.
 */
export type ReviewView = { 
/**
 * Names this review when it is signed.
 */
number: number, 
/**
 * Who asks.
 */
agency: Agency, 
/**
 * Who else would answer with them.
 */
circle: CircleView | null, 
/**
 * What for.
 */
purposes: Array<PurposeWords>, 
/**
 * What.
 */
items: Array<ItemView>, 
/**
 * They would keep a copy.
 */
stores: boolean, 
/**
 * To whom they may pass it on.
 */
recipients: Array<Agency>, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * How long they may keep it, in words.
 */
retention: string, 
/**
 * How many times it may be fetched.
 */
uses: number | null, 
/**
 * The latest end, in seconds.
 */
ends_at: number, 
/**
 * Until when it can be answered, in seconds; none where the person words it on their own.
 */
answer_by: number | null, 
/**
 * The text to read.
 */
notice: string, 
/**
 * Its language.
 */
notice_lang: string, 
/**
 * What speaks against it.
 */
concerns: Array<Concern>, 
/**
 * Whether the list of agencies was fetched just now, and not only some time before.
 */
fresh: boolean, };

/**
 * What a round came to.
 */
export type Round = { 
/**
 * The verifier's address.
 */
verifier: string, 
/**
 * What still waits.
 */
waiting: Array<WaitingAct>, 
/**
 * How many events are new.
 */
news: number, 
/**
 * How many of these are an agency's look or opening.
 */
looked: number, 
/**
 * Consents whose new state agencies are not told yet.
 */
unpublished: Array<string>, 
/**
 * How many consents can be given while offline.
 */
stock: number, 
/**
 * What failed.
 */
troubles: Array<RoundTrouble>, 
/**
 * How many findings were not read yet.
 */
findings: number, };

/**
 * A part of a round.
 */
export type RoundPart = "connect" | "registry" | "send" | "shares" | "offers" | "slots" | "history" | "status" | "log";

/**
 * A part of a round that failed.
 */
export type RoundTrouble = { 
/**
 * Which.
 */
part: RoundPart, 
/**
 * Why.
 */
code: Code, };

/**
 * A file or folder that was written.
 */
export type Saved = { 
/**
 * Where.
 */
path: string, };

/**
 * A passphrase on its own. It is wiped when it was used.
 */
export type Secret = { 
/**
 * What was typed.
 */
passphrase: string, };

/**
 * Somebody who may see an item.
 */
export type SeenBy = { 
/**
 * The consent that lets them.
 */
grant: string, 
/**
 * The agency's name.
 */
agency: string, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * Until when, in seconds.
 */
ends_at: number, };

/**
 * One item to be written down.
 */
export type SetData = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its value, in the canonical form or in shorthand.
 */
value: JsonValue, };

/**
 * The person's settings and what they are about.
 */
export type Settings = { 
/**
 * Minutes until the wallet locks by itself.
 */
lock_after_minutes: number, 
/**
 * The verifier in use.
 */
verifier: string | null, 
/**
 * Where the vault is.
 */
vault: string, 
/**
 * Where files for the person are written.
 */
papers: string, 
/**
 * The program's version.
 */
version: string, };

/**
 * The person's choices.
 */
export type SignReviewed = { 
/**
 * The number of the review that they read.
 */
review: number, 
/**
 * What they unticked.
 */
without: Array<string>, 
/**
 * A sooner end, in seconds.
 */
ends_at: number | null, };

/**
 * How hard a passphrase is to guess.
 */
export type Strength = { 
/**
 * From 0, guessed at once, to 4; from 2 on it can be used.
 */
score: number, };

/**
 * One item of a file.
 */
export type Taken = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * Its value.
 */
value: JsonValue, 
/**
 * What stands there until now, where it is something else.
 */
before: JsonValue | null, };

/**
 * Something that waits to be sent.
 */
export type WaitingAct = { 
/**
 * The consent.
 */
grant: string, 
/**
 * The agency's name.
 */
agency: string, 
/**
 * What.
 */
what: What, 
/**
 * Since when, in seconds.
 */
since: number, };

/**
 * What a person decided, as it is sent.
 */
export type What = "register" | "revoke" | "suspend" | "resume" | "erase_request" | "deliver";

/** Every command: what it asks for and what it answers. */
export type Commands = {
  about: { ask: Nothing; answer: About };
  passphrase_strength: { ask: Secret; answer: Strength };
  create: { ask: Secret; answer: Created };
  unlock: { ask: Secret; answer: Overview };
  recover: { ask: Recover; answer: Overview };
  restore: { ask: RestoreVault; answer: Overview };
  lock: { ask: Nothing; answer: Nothing };
  touch: { ask: Nothing; answer: Nothing };
  links_take: { ask: Nothing; answer: Links };
  overview: { ask: Nothing; answer: Overview };
  passphrase_change: { ask: ChangePassphrase; answer: Nothing };
  phrase_show: { ask: Secret; answer: Phrase };
  destroy: { ask: Secret; answer: Nothing };
  data_list: { ask: InLanguage; answer: Data };
  data_set: { ask: SetData; answer: Nothing };
  data_remove: { ask: RemoveData; answer: Nothing };
  data_preview: { ask: ReadFile; answer: Imported };
  data_import: { ask: ReadFile; answer: Imported };
  agencies: { ask: InLanguage; answer: Agencies };
  purposes: { ask: InLanguage; answer: Purposes };
  request_review: { ask: ReadRequest; answer: ReviewView };
  direct_review: { ask: DirectRequest; answer: ReviewView };
  request_grant: { ask: SignReviewed; answer: Granted };
  grants_list: { ask: InLanguage; answer: Grants };
  grant_revoke: { ask: ByGrant; answer: Acted };
  grant_suspend: { ask: ByGrant; answer: Acted };
  grant_resume: { ask: ByGrant; answer: Acted };
  revoke_all: { ask: Nothing; answer: Ended };
  grant_receipt: { ask: ByGrant; answer: Saved };
  proof_check: { ask: ByGrant; answer: Proof };
  history_list: { ask: InLanguage; answer: History };
  history_export: { ask: InLanguage; answer: Saved };
  card: { ask: InLanguage; answer: Card };
  verifier_set: { ask: NameVerifier; answer: Round };
  sync: { ask: Nothing; answer: Round };
  findings: { ask: Nothing; answer: Findings };
  findings_seen: { ask: Nothing; answer: Nothing };
  backup: { ask: Nothing; answer: Saved };
  export: { ask: Nothing; answer: Saved };
  evidence_bundle: { ask: InLanguage; answer: Saved };
  settings: { ask: Nothing; answer: Settings };
  settings_set: { ask: ChangeSettings; answer: Settings };
};

/** The names of all commands. */
export const COMMANDS = [
  'about',
  'passphrase_strength',
  'create',
  'unlock',
  'recover',
  'restore',
  'lock',
  'touch',
  'links_take',
  'overview',
  'passphrase_change',
  'phrase_show',
  'destroy',
  'data_list',
  'data_set',
  'data_remove',
  'data_preview',
  'data_import',
  'agencies',
  'purposes',
  'request_review',
  'direct_review',
  'request_grant',
  'grants_list',
  'grant_revoke',
  'grant_suspend',
  'grant_resume',
  'revoke_all',
  'grant_receipt',
  'proof_check',
  'history_list',
  'history_export',
  'card',
  'verifier_set',
  'sync',
  'findings',
  'findings_seen',
  'backup',
  'export',
  'evidence_bundle',
  'settings',
  'settings_set',
] as const satisfies readonly (keyof Commands)[];

/** Every code that a command may answer with. */
export const CODES = [
  'locked',
  'no_place',
  'too_soon',
  'not_reviewed',
  'not_understood',
  'passphrase_empty',
  'passphrase_control_character',
  'passphrase_too_long',
  'passphrase_weak',
  'wrong_passphrase',
  'wrong_phrase',
  'phrase_count',
  'phrase_word',
  'phrase_checksum',
  'vault_not_found',
  'vault_exists',
  'vault_in_use',
  'not_a_vault',
  'vault_newer',
  'vault_damaged',
  'backup_unfinished',
  'disk_full',
  'memory',
  'storage',
  'randomness',
  'too_large',
  'value',
  'unknown_path',
  'import_unknown',
  'import_broken',
  'import_empty',
  'no_verifier',
  'not_a_verifier',
  'insecure',
  'unreachable',
  'refused',
  'other_version',
  'verifier_changed',
  'no_registry',
  'registry_refused',
  'link',
  'other_agency',
  'not_a_request',
  'request_expired',
  'request_not_yet',
  'request_unknown_agency',
  'agency_suspended',
  'request_forged',
  'request_unknown_term',
  'answer',
  'unknown_circle',
  'unknown_agency',
  'unknown_purpose',
  'ends_in_past',
  'ends_too_late',
  'no_slots',
  'unknown_grant',
  'grant_ended',
  'unknown',
] as const satisfies readonly Code[];
