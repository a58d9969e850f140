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
 * Whether this device can unlock it without the passphrase.
 */
device_unlock: boolean, 
/**
 * Whether the person can be asked where a file goes.
 */
can_choose: boolean, 
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
 * On how many consents.
 */
grants: number, 
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
 * A piece of a file that the person chose.
 */
export type AttachPiece = { 
/**
 * The path below `documents.` at which the file is kept, in place of what was there.
 */
path: string, 
/**
 * What the person calls it.
 */
title: string, 
/**
 * Its media type.
 */
media_type: string, 
/**
 * How many bytes the whole file has.
 */
size: number, 
/**
 * How many bytes came before this piece; none begins anew.
 */
from: number, 
/**
 * The piece, in base64.
 */
piece: string, };

/**
 * How far a file has come.
 */
export type Attached = { 
/**
 * How many bytes are there.
 */
received: number, 
/**
 * It is whole, and kept.
 */
kept: boolean, };

/**
 * Names a consent, or the case of a circle for all of its consents: one decision, one press.
 */
export type ByGrant = { 
/**
 * The id of the consent or of the case.
 */
grant: string, };

/**
 * Names an offer.
 */
export type ByOffer = { 
/**
 * Its id.
 */
offer: string, };

/**
 * Names what was read last.
 */
export type ByReview = { 
/**
 * The number of the review.
 */
review: number, };

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
 * What the person changes. What is left out stays.
 */
export type ChangeSettings = { 
/**
 * Minutes until the wallet locks by itself, from 1 to 60.
 */
lock_after_minutes?: number, 
/**
 * Signing asks for the passphrase.
 */
ask_to_sign?: boolean, 
/**
 * Notices are shown.
 */
notify?: boolean, 
/**
 * The language of notices.
 */
language?: Language, };

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
export type Code = "locked" | "no_place" | "too_soon" | "not_reviewed" | "not_understood" | "passphrase_empty" | "passphrase_control_character" | "passphrase_too_long" | "passphrase_weak" | "wrong_passphrase" | "wrong_phrase" | "phrase_count" | "phrase_word" | "phrase_checksum" | "vault_not_found" | "vault_exists" | "vault_in_use" | "not_a_vault" | "vault_newer" | "vault_damaged" | "backup_unfinished" | "disk_full" | "memory" | "storage" | "randomness" | "too_large" | "value" | "unknown_path" | "import_unknown" | "import_broken" | "import_empty" | "attachment_size" | "attachment_cut" | "attachment_gone" | "no_verifier" | "not_a_verifier" | "insecure" | "unreachable" | "refused" | "other_version" | "verifier_changed" | "other_verifier" | "out_of_time" | "no_registry" | "registry_refused" | "link" | "other_agency" | "not_a_request" | "request_expired" | "request_not_yet" | "request_unknown_agency" | "agency_suspended" | "request_forged" | "request_unknown_term" | "answer" | "unknown_circle" | "unknown_agency" | "unknown_purpose" | "ends_in_past" | "ends_too_late" | "no_slots" | "unknown_grant" | "grant_ended" | "grant_waits" | "grant_paused" | "not_narrower" | "answered_already" | "unknown_offer" | "keychain" | "device_refused" | "wrong_device" | "cancelled" | "unknown";

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
grant: string, } | { "code": "declined", 
/**
 * When, in seconds.
 */
at: number, } | { "code": "more_than_last_time", 
/**
 * The item.
 */
path: string, } | { "code": "wider_than_last_time", 
/**
 * In which.
 */
what: Wider, } | { "code": "runs_long" };

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
 * Every request that was declined.
 */
export type DeclinedList = { 
/**
 * The latest first.
 */
declined: Array<DeclinedView>, };

/**
 * A request that was declined.
 */
export type DeclinedView = { 
/**
 * Who asked, by name.
 */
agency: string, 
/**
 * When it was declined, in seconds.
 */
at: number, 
/**
 * Whether the agency has the no.
 */
delivery: NoDelivery, 
/**
 * The signed no, which can be handed over.
 */
statement: string, };

/**
 * Unlocking with this device.
 */
export type DeviceUnlock = { 
/**
 * The device has a keychain.
 */
available: boolean, 
/**
 * It unlocks this wallet.
 */
on: boolean, 
/**
 * It asks the person to show that they are there, so that it can sign too.
 */
can_sign: boolean, };

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
 * What became of an act; of several, the one that needs the most attention.
 */
export type Done = "already" | "never_sent" | "recorded" | "queued";

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
 * How a consent ended.
 */
export type EndedBy = "revoked" | "expired";

/**
 * How a consent ended, and what the agency did about it.
 */
export type EndingView = { 
/**
 * How.
 */
how: EndedBy, 
/**
 * When, in milliseconds.
 */
at: number, 
/**
 * How long after that the agency's software had taken note, in milliseconds.
 */
acknowledged_after: number | null, 
/**
 * Whether the agency ever looked, so that it may hold something.
 */
looked: boolean, 
/**
 * By when it has to delete, in seconds.
 */
erase_by: number | null, 
/**
 * When it stated that it deleted, in milliseconds.
 */
erased_at: number | null, };

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
export type FindingKind = "fork" | "inconsistent" | "rollback" | "wrong_proof" | "keys_changed" | "registry_refused" | "forgotten" | "revocation_refused" | "status_not_published" | "other";

/**
 * What was found against the verifier.
 */
export type Findings = { 
/**
 * The oldest first.
 */
findings: Array<Finding>, };

/**
 * One item of a consent.
 */
export type GrantItem = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
label: string, 
/**
 * What was asked is pointless without it.
 */
required: boolean, };

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
 * What.
 */
items: Array<GrantItem>, 
/**
 * Only once an emergency is declared.
 */
on_incident: boolean, 
/**
 * The decision that gave it to every agency of a circle at once; it can be taken back under this name.
 */
case: string | null, 
/**
 * That circle's name.
 */
circle_name: string | null, 
/**
 * They keep a copy.
 */
stores: boolean, 
/**
 * To whom they may pass it on, by name.
 */
recipients: Array<string>, 
/**
 * How many times it may be fetched.
 */
uses: number | null, 
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
 * Its language.
 */
notice_lang: string, 
/**
 * The legal basis: a DPV IRI.
 */
basis: string, 
/**
 * The same in words.
 */
basis_words: string, 
/**
 * They have another right to act, which taking it back does not stop.
 */
other_basis: boolean, 
/**
 * Whose law applies: an ISO 3166 code.
 */
jurisdiction: string, 
/**
 * What the agency has of it.
 */
share: ShareState | null, 
/**
 * How it ended, and what the agency did about it since.
 */
ending: EndingView | null, 
/**
 * When its end was recorded, in milliseconds.
 */
revoked_at: number | null, 
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
waiting: Array<WaitingAct>, 
/**
 * Seconds within which an agency that is online must refuse after a stop.
 */
refuse_within: number, 
/**
 * Seconds after which every agency must refuse, at the latest, even one that is offline.
 */
refuse_at_latest: number, };

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
 * What agencies should have done by now.
 */
overdue: Array<Overdue>, };

/**
 * A form of the history.
 */
export type HistoryFormat = "csv" | "json";

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
 * An agency that receives under another encryption key.
 */
export type KeyChanged = { 
/**
 * Its name.
 */
agency: string, 
/**
 * Where a person can ask it.
 */
contact: string | null, 
/**
 * When the wallet found it, in seconds.
 */
at: number, };

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
 * A state of the log.
 */
export type LogState = { 
/**
 * How many entries it has.
 */
size: number, 
/**
 * The root of its tree, in base64.
 */
root: string, };

/**
 * One look at the citizen's data, proven to be in the log.
 */
export type Look = { 
/**
 * The consent.
 */
grant: string, 
/**
 * The agency's address.
 */
agency_id: string, 
/**
 * Its name.
 */
agency: string, 
/**
 * Of which kind.
 */
kind: LookedAs, 
/**
 * When, in milliseconds.
 */
at: number, 
/**
 * Its place in the log.
 */
index: number, 
/**
 * Who at the agency, by its own name for them.
 */
actor: string, 
/**
 * Why, in the agency's words.
 */
reason: string, 
/**
 * What was looked at, by name.
 */
items: Array<string>, 
/**
 * The emergency.
 */
incident: string | null, 
/**
 * The position at the agency.
 */
position: string | null, 
/**
 * By which right, in words.
 */
basis: string | null, 
/**
 * What a second person said.
 */
review: LookReview | null, 
/**
 * The citizen was not shown it yet.
 */
new: boolean, };

/**
 * The review by a second person that every opening owes.
 */
export type LookReview = { "state": "reviewed", 
/**
 * When, in milliseconds.
 */
at: number, 
/**
 * By whom, by the agency's own name for them.
 */
actor: string, 
/**
 * `justified`, `unjustified` or `inconclusive`.
 */
finding: string, } | { "state": "due", 
/**
 * Until when, in seconds.
 */
by: number, } | { "state": "overdue", 
/**
 * Since when, in seconds.
 */
since: number, };

/**
 * A kind of look.
 */
export type LookedAs = "opening" | "access";

/**
 * Everything that is known of who looked.
 */
export type Looks = { 
/**
 * The newest first.
 */
looks: Array<Look>, 
/**
 * The longest overdue first.
 */
overdue: Array<Overdue>, };

/**
 * What one member would see.
 */
export type MemberView = { 
/**
 * Who.
 */
agency: Agency, 
/**
 * Which of the circle's tiers are open to them.
 */
tiers: Array<TierView>, 
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
 * Less data or less time in place of a consent that is in force.
 */
export type NarrowGrant = { 
/**
 * Which.
 */
grant: string, 
/**
 * Items to leave out from now on.
 */
without: Array<string>, 
/**
 * An earlier end, in seconds.
 */
ends_at?: number | null, };

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
 * How a signed no reaches the agency.
 */
export type NoDelivery = "by_hand" | "waits" | "delivered" | "too_late";

/**
 * A command that asks for nothing more, or has nothing to answer.
 */
export type Nothing = Record<symbol, never>;

/**
 * One notice.
 */
export type Notice = { 
/**
 * About what.
 */
kind: NoticeKind, 
/**
 * What happened.
 */
title: string, 
/**
 * What to do.
 */
body: string, };

/**
 * What a notice is about.
 */
export type NoticeKind = "finding" | "opened" | "looked" | "overdue" | "ending";

/**
 * What has to be told now.
 */
export type Notices = { 
/**
 * The most urgent first; one of each kind at most.
 */
notices: Array<Notice>, };

/**
 * An offer that fits.
 */
export type OfferView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Who offers.
 */
agency: Agency, 
/**
 * Its name.
 */
title: string, 
/**
 * What help it is.
 */
text: string, 
/**
 * Whom it is for, in words: why it is shown.
 */
because: string, 
/**
 * Until when it stands, in seconds.
 */
until: number, 
/**
 * Whether it was accepted already.
 */
accepted: boolean, };

/**
 * The offers that fit what is written down.
 */
export type Offers = { 
/**
 * In the order in which they were published.
 */
offers: Array<OfferView>, };

/**
 * Something that an agency should have done by now.
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
 * What.
 */
what: OwedWhat, 
/**
 * Since when, in seconds.
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
 * How many decisions wait to be sent.
 */
waiting: number, 
/**
 * How many looks were not shown yet.
 */
looks: number, 
/**
 * How many of these were openings in an emergency.
 */
openings: number, 
/**
 * How many things agencies should have done by now.
 */
overdue: number, 
/**
 * How many findings against the verifier were not read yet.
 */
findings: number, 
/**
 * Agencies whose new encryption key the person was not told of yet, the oldest first.
 */
key_changes: Array<KeyChanged>, 
/**
 * The verifier in use.
 */
verifier: string | null, 
/**
 * When the list of agencies was fetched last, in seconds.
 */
fetched_at: number | null, };

/**
 * What an agency owes.
 */
export type OwedWhat = "erasure_after_revocation" | "erasure_after_expiry" | "erasure_after_retention" | "review";

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
 * The log's key, as C2SP writes it.
 */
log_key: string, 
/**
 * Since when its key is known here, in seconds.
 */
pinned_at: number, 
/**
 * Each decision, the oldest first.
 */
acts: Array<ProvenAct>, 
/**
 * The newest state of the log that was seen here.
 */
newest: LogState | null, };

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
 * The state of the log that the proof leads to, where it holds.
 */
log: LogState | null, 
/**
 * SHA-256 of what was signed, in base64url: what stands in the log.
 */
digest: string, 
/**
 * What was signed, a compact JWS.
 */
jws: string, 
/**
 * The proof, a C2SP tlog-proof, to be checked by anybody.
 */
proof: string, };

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
 * An offer to be read in full.
 */
export type ReadOffer = { 
/**
 * Its id.
 */
offer: string, 
/**
 * The language to read it in.
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
 * They may pass it on.
 */
passes_on: boolean, 
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
 * The legal basis: a DPV IRI.
 */
basis: string, 
/**
 * The same in words.
 */
basis_words: string, 
/**
 * Whose law applies: an ISO 3166 code.
 */
jurisdiction: string, 
/**
 * The request's id; none where the person words it on their own.
 */
request_id: string | null, 
/**
 * Signing asks for the passphrase.
 */
asks_to_sign: boolean, 
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
 * What a no came to.
 */
export type SaidNo = { 
/**
 * The no.
 */
no: DeclinedView, 
/**
 * Why it waits.
 */
trouble: Code | null, };

/**
 * A kept file to be written.
 */
export type SaveAttachment = { 
/**
 * Its path.
 */
path: string, 
/**
 * Ask where it goes.
 */
choose?: boolean, };

/**
 * Whether the person says where the file goes. Where the platform has no dialogs, it goes to the usual place.
 */
export type SaveFile = { 
/**
 * Ask them.
 */
choose?: boolean, };

/**
 * The history to be written.
 */
export type SaveHistory = { 
/**
 * The language of its words.
 */
lang: Language, 
/**
 * As what.
 */
format: HistoryFormat, 
/**
 * Ask where it goes.
 */
choose?: boolean, };

/**
 * A consent's receipt to be written.
 */
export type SaveReceipt = { 
/**
 * The consent.
 */
grant: string, 
/**
 * Ask where it goes.
 */
choose?: boolean, };

/**
 * The same, for a file with words in it.
 */
export type SaveWords = { 
/**
 * The language of the words.
 */
lang: Language, 
/**
 * Ask where it goes.
 */
choose?: boolean, };

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
 * Stops or lets this device unlock.
 */
export type SetDeviceUnlock = { 
/**
 * Whether it may.
 */
on: boolean, 
/**
 * The passphrase; it is asked for before a new way in is made, and before one is closed.
 */
passphrase: string, };

/**
 * The person's settings and what they are about.
 */
export type Settings = { 
/**
 * Minutes until the wallet locks by itself.
 */
lock_after_minutes: number, 
/**
 * Signing asks for the passphrase, or for the person to show the device that they are there.
 */
ask_to_sign: boolean, 
/**
 * Notices are shown while the window is not looked at.
 */
notify: boolean, 
/**
 * The language of notices.
 */
language: Language, 
/**
 * Unlocking with this device.
 */
device_unlock: DeviceUnlock, 
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
 * What an agency has of the data behind a consent.
 */
export type ShareState = "sent" | "waits" | "no_key" | "too_large";

/**
 * The person's choices, and who they are where the settings ask for it.
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
ends_at?: number | null, 
/**
 * The passphrase.
 */
passphrase?: string | null, 
/**
 * The person shows the device that they are there, in place of the passphrase.
 */
by_device?: boolean, };

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
 * A tier of a circle.
 */
export type TierView = { 
/**
 * Its number; 0 tells least.
 */
tier: number, 
/**
 * What it tells, in words.
 */
name: string, };

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

/**
 * In which way a request goes beyond the one before.
 */
export type Wider = "at_any_time" | "keep_a_copy" | "pass_it_on" | "kept_longer" | "runs_longer";

/** Every command: what it asks for and what it answers. */
export type Commands = {
  about: { ask: Nothing; answer: About };
  passphrase_strength: { ask: Secret; answer: Strength };
  create: { ask: Secret; answer: Created };
  unlock: { ask: Secret; answer: Overview };
  unlock_with_device: { ask: Nothing; answer: Overview };
  recover: { ask: Recover; answer: Overview };
  restore: { ask: RestoreVault; answer: Overview };
  lock: { ask: Nothing; answer: Nothing };
  touch: { ask: Nothing; answer: Nothing };
  links_take: { ask: Nothing; answer: Links };
  overview: { ask: Nothing; answer: Overview };
  notices: { ask: InLanguage; answer: Notices };
  passphrase_change: { ask: ChangePassphrase; answer: Nothing };
  phrase_show: { ask: Secret; answer: Phrase };
  destroy: { ask: Secret; answer: Nothing };
  data_list: { ask: InLanguage; answer: Data };
  data_set: { ask: SetData; answer: Nothing };
  data_remove: { ask: RemoveData; answer: Nothing };
  data_preview: { ask: ReadFile; answer: Imported };
  data_import: { ask: ReadFile; answer: Imported };
  attachment_add: { ask: AttachPiece; answer: Attached };
  attachment_save: { ask: SaveAttachment; answer: Saved };
  agencies: { ask: InLanguage; answer: Agencies };
  purposes: { ask: InLanguage; answer: Purposes };
  request_review: { ask: ReadRequest; answer: ReviewView };
  direct_review: { ask: DirectRequest; answer: ReviewView };
  request_grant: { ask: SignReviewed; answer: Granted };
  request_decline: { ask: ByReview; answer: SaidNo };
  declined_list: { ask: Nothing; answer: DeclinedList };
  offers_list: { ask: InLanguage; answer: Offers };
  offer_review: { ask: ReadOffer; answer: ReviewView };
  offer_dismiss: { ask: ByOffer; answer: Nothing };
  grants_list: { ask: InLanguage; answer: Grants };
  grant_narrow: { ask: NarrowGrant; answer: Granted };
  grant_revoke: { ask: ByGrant; answer: Acted };
  grant_suspend: { ask: ByGrant; answer: Acted };
  grant_resume: { ask: ByGrant; answer: Acted };
  revoke_all: { ask: Nothing; answer: Ended };
  grant_receipt: { ask: SaveReceipt; answer: Saved };
  proof_check: { ask: ByGrant; answer: Proof };
  looks_list: { ask: InLanguage; answer: Looks };
  looks_seen: { ask: Nothing; answer: Nothing };
  history_list: { ask: InLanguage; answer: History };
  history_export: { ask: SaveHistory; answer: Saved };
  card: { ask: InLanguage; answer: Card };
  verifier_set: { ask: NameVerifier; answer: Round };
  sync: { ask: Nothing; answer: Round };
  findings: { ask: Nothing; answer: Findings };
  findings_seen: { ask: Nothing; answer: Nothing };
  key_changes_told: { ask: Nothing; answer: Nothing };
  backup: { ask: SaveFile; answer: Saved };
  export: { ask: SaveFile; answer: Saved };
  evidence_bundle: { ask: SaveWords; answer: Saved };
  settings: { ask: Nothing; answer: Settings };
  settings_set: { ask: ChangeSettings; answer: Settings };
  device_unlock_set: { ask: SetDeviceUnlock; answer: Settings };
};

/** The names of all commands. */
export const COMMANDS = [
  'about',
  'passphrase_strength',
  'create',
  'unlock',
  'unlock_with_device',
  'recover',
  'restore',
  'lock',
  'touch',
  'links_take',
  'overview',
  'notices',
  'passphrase_change',
  'phrase_show',
  'destroy',
  'data_list',
  'data_set',
  'data_remove',
  'data_preview',
  'data_import',
  'attachment_add',
  'attachment_save',
  'agencies',
  'purposes',
  'request_review',
  'direct_review',
  'request_grant',
  'request_decline',
  'declined_list',
  'offers_list',
  'offer_review',
  'offer_dismiss',
  'grants_list',
  'grant_narrow',
  'grant_revoke',
  'grant_suspend',
  'grant_resume',
  'revoke_all',
  'grant_receipt',
  'proof_check',
  'looks_list',
  'looks_seen',
  'history_list',
  'history_export',
  'card',
  'verifier_set',
  'sync',
  'findings',
  'findings_seen',
  'key_changes_told',
  'backup',
  'export',
  'evidence_bundle',
  'settings',
  'settings_set',
  'device_unlock_set',
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
  'attachment_size',
  'attachment_cut',
  'attachment_gone',
  'no_verifier',
  'not_a_verifier',
  'insecure',
  'unreachable',
  'refused',
  'other_version',
  'verifier_changed',
  'other_verifier',
  'out_of_time',
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
  'grant_waits',
  'grant_paused',
  'not_narrower',
  'answered_already',
  'unknown_offer',
  'keychain',
  'device_refused',
  'wrong_device',
  'cancelled',
  'unknown',
] as const satisfies readonly Code[];
