// The words for states, acts and refusals of a consent. The compiler tells when one is missing.
import type { Doing, GrantView, What } from '../../host/host';
import { m } from '../../words/messages';

/** What was decided, as it waits to be sent. */
export function actWords(what: What): string {
  const words: Record<What, () => string> = {
    register: m.sharing_what_register,
    revoke: m.sharing_what_revoke,
    suspend: m.sharing_what_suspend,
    resume: m.sharing_what_resume,
    erase_request: m.sharing_what_erase_request,
    deliver: m.sharing_what_deliver,
  };
  return words[what]();
}

/** What happened to this consent. */
export function doingWords(doing: Doing): string {
  const words: Record<Doing, () => string> = {
    granted: m.sharing_doing_granted,
    revoked: m.sharing_doing_revoked,
    suspended: m.sharing_doing_suspended,
    resumed: m.sharing_doing_resumed,
    erase_requested: m.sharing_doing_erase_requested,
    shared: m.sharing_doing_shared,
    looked: m.sharing_doing_looked,
    opened: m.sharing_doing_opened,
    reviewed: m.sharing_doing_reviewed,
    acknowledged: m.sharing_doing_acknowledged,
    erased: m.sharing_doing_erased,
    other: m.sharing_doing_other,
  };
  return words[doing]();
}

/** Where it stands: what is proven, and what is decided and not sent yet. */
export function nowWords(grant: GrantView, moment: (milliseconds: number) => string): string {
  switch (grant.becoming) {
    case 'revoked':
      return grant.state === 'suspended' ? m.sharing_now_becoming_revoked_paused() : m.sharing_now_becoming_revoked();
    case 'suspended':
      return m.sharing_now_becoming_suspended();
    case 'valid':
      return m.sharing_now_becoming_valid();
    case null:
    case 'waiting':
    case 'expired':
    case 'refused':
      return provenWords(grant, moment);
  }
}

function provenWords({ state, on_incident, revoked_at, signed_at }: GrantView, moment: (milliseconds: number) => string): string {
  switch (state) {
    case 'waiting':
      return m.sharing_now_waiting();
    case 'valid':
      return on_incident ? m.sharing_now_valid_incident() : m.sharing_now_valid();
    case 'suspended':
      return m.sharing_now_suspended();
    case 'revoked':
      return revoked_at === null ? m.sharing_stopped_never_sent() : m.sharing_now_revoked({ when: moment(revoked_at) });
    case 'expired':
      return m.sharing_now_expired();
    case 'refused':
      return m.sharing_now_refused({ when: moment(signed_at * 1000) });
  }
}

/** Why it was refused; codes that need no word of their own are named. */
export function refusalWords(code: string): string {
  const words: Record<string, () => string> = {
    stale_statement: m.sharing_refusal_stale_statement,
    grant_ended: m.sharing_refusal_grant_ended,
    expired: m.sharing_refusal_expired,
    unknown_grant: m.sharing_refusal_unknown_grant,
    unknown_agency: m.sharing_refusal_unknown_agency,
    agency_suspended: m.sharing_refusal_agency_suspended,
    wrong_agency_key: m.sharing_refusal_wrong_agency_key,
  };
  return words[code]?.() ?? m.sharing_refusal_other({ code });
}

/** Whose law applies, by its ISO 3166 code. */
export function lawWords(code: string, locale: string): string {
  const words: Record<string, () => string> = {
    GB: m.sharing_law_GB,
    'GB-ENG': m.sharing_law_ENG,
    'GB-WLS': m.sharing_law_WLS,
    'GB-SCT': m.sharing_law_SCT,
    'GB-NIR': m.sharing_law_NIR,
  };
  const known = words[code];
  if (known !== undefined) return known();
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code) : code;
}
