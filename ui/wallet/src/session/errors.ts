// Words for each code: what happened, and what to do.
import type { Code } from '../host/host';
import { m } from '../words/messages';

export interface ErrorWords {
  happened: string;
  todo: string;
}

/** The two lines for a code. The compiler tells when one is missing. */
export function wordsOf(code: Code): ErrorWords {
  switch (code) {
    case 'locked':
      return { happened: m.error_locked(), todo: m.error_locked_do() };
    case 'no_place':
      return { happened: m.error_no_place(), todo: m.error_no_place_do() };
    case 'too_soon':
      return { happened: m.error_too_soon(), todo: m.error_too_soon_do() };
    case 'not_reviewed':
      return { happened: m.error_not_reviewed(), todo: m.error_not_reviewed_do() };
    case 'not_understood':
      return { happened: m.error_not_understood(), todo: m.error_not_understood_do() };
    case 'passphrase_empty':
      return { happened: m.error_passphrase_empty(), todo: m.error_passphrase_empty_do() };
    case 'passphrase_control_character':
      return { happened: m.error_passphrase_control_character(), todo: m.error_passphrase_control_character_do() };
    case 'passphrase_too_long':
      return { happened: m.error_passphrase_too_long(), todo: m.error_passphrase_too_long_do() };
    case 'passphrase_weak':
      return { happened: m.error_passphrase_weak(), todo: m.error_passphrase_weak_do() };
    case 'wrong_passphrase':
      return { happened: m.error_wrong_passphrase(), todo: m.error_wrong_passphrase_do() };
    case 'wrong_phrase':
      return { happened: m.error_wrong_phrase(), todo: m.error_wrong_phrase_do() };
    case 'phrase_count':
      return { happened: m.error_phrase_count(), todo: m.error_phrase_count_do() };
    case 'phrase_word':
      return { happened: m.error_phrase_word(), todo: m.error_phrase_word_do() };
    case 'phrase_checksum':
      return { happened: m.error_phrase_checksum(), todo: m.error_phrase_checksum_do() };
    case 'vault_not_found':
      return { happened: m.error_vault_not_found(), todo: m.error_vault_not_found_do() };
    case 'vault_exists':
      return { happened: m.error_vault_exists(), todo: m.error_vault_exists_do() };
    case 'vault_in_use':
      return { happened: m.error_vault_in_use(), todo: m.error_vault_in_use_do() };
    case 'not_a_vault':
      return { happened: m.error_not_a_vault(), todo: m.error_not_a_vault_do() };
    case 'vault_newer':
      return { happened: m.error_vault_newer(), todo: m.error_vault_newer_do() };
    case 'vault_damaged':
      return { happened: m.error_vault_damaged(), todo: m.error_vault_damaged_do() };
    case 'backup_unfinished':
      return { happened: m.error_backup_unfinished(), todo: m.error_backup_unfinished_do() };
    case 'disk_full':
      return { happened: m.error_disk_full(), todo: m.error_disk_full_do() };
    case 'memory':
      return { happened: m.error_memory(), todo: m.error_memory_do() };
    case 'storage':
      return { happened: m.error_storage(), todo: m.error_storage_do() };
    case 'randomness':
      return { happened: m.error_randomness(), todo: m.error_randomness_do() };
    case 'too_large':
      return { happened: m.error_too_large(), todo: m.error_too_large_do() };
    case 'value':
      return { happened: m.error_value(), todo: m.error_value_do() };
    case 'unknown_path':
      return { happened: m.error_unknown_path(), todo: m.error_unknown_path_do() };
    case 'import_unknown':
      return { happened: m.error_import_unknown(), todo: m.error_import_unknown_do() };
    case 'import_broken':
      return { happened: m.error_import_broken(), todo: m.error_import_broken_do() };
    case 'import_empty':
      return { happened: m.error_import_empty(), todo: m.error_import_empty_do() };
    case 'attachment_size':
      return { happened: m.error_attachment_size(), todo: m.error_attachment_size_do() };
    case 'attachment_cut':
      return { happened: m.error_attachment_cut(), todo: m.error_attachment_cut_do() };
    case 'attachment_gone':
      return { happened: m.error_attachment_gone(), todo: m.error_attachment_gone_do() };
    case 'no_verifier':
      return { happened: m.error_no_verifier(), todo: m.error_no_verifier_do() };
    case 'not_a_verifier':
      return { happened: m.error_not_a_verifier(), todo: m.error_not_a_verifier_do() };
    case 'insecure':
      return { happened: m.error_insecure(), todo: m.error_insecure_do() };
    case 'unreachable':
      return { happened: m.error_unreachable(), todo: m.error_unreachable_do() };
    case 'refused':
      return { happened: m.error_refused(), todo: m.error_refused_do() };
    case 'other_version':
      return { happened: m.error_other_version(), todo: m.error_other_version_do() };
    case 'verifier_changed':
      return { happened: m.error_verifier_changed(), todo: m.error_verifier_changed_do() };
    case 'other_verifier':
      return { happened: m.error_other_verifier(), todo: m.error_other_verifier_do() };
    case 'out_of_time':
      return { happened: m.error_out_of_time(), todo: m.error_out_of_time_do() };
    case 'no_registry':
      return { happened: m.error_no_registry(), todo: m.error_no_registry_do() };
    case 'registry_refused':
      return { happened: m.error_registry_refused(), todo: m.error_registry_refused_do() };
    case 'link':
      return { happened: m.error_link(), todo: m.error_link_do() };
    case 'other_agency':
      return { happened: m.error_other_agency(), todo: m.error_other_agency_do() };
    case 'not_a_request':
      return { happened: m.error_not_a_request(), todo: m.error_not_a_request_do() };
    case 'request_expired':
      return { happened: m.error_request_expired(), todo: m.error_request_expired_do() };
    case 'request_not_yet':
      return { happened: m.error_request_not_yet(), todo: m.error_request_not_yet_do() };
    case 'request_unknown_agency':
      return { happened: m.error_request_unknown_agency(), todo: m.error_request_unknown_agency_do() };
    case 'agency_suspended':
      return { happened: m.error_agency_suspended(), todo: m.error_agency_suspended_do() };
    case 'request_forged':
      return { happened: m.error_request_forged(), todo: m.error_request_forged_do() };
    case 'request_unknown_term':
      return { happened: m.error_request_unknown_term(), todo: m.error_request_unknown_term_do() };
    case 'answer':
      return { happened: m.error_answer(), todo: m.error_answer_do() };
    case 'unknown_circle':
      return { happened: m.error_unknown_circle(), todo: m.error_unknown_circle_do() };
    case 'unknown_agency':
      return { happened: m.error_unknown_agency(), todo: m.error_unknown_agency_do() };
    case 'unknown_purpose':
      return { happened: m.error_unknown_purpose(), todo: m.error_unknown_purpose_do() };
    case 'ends_in_past':
      return { happened: m.error_ends_in_past(), todo: m.error_ends_in_past_do() };
    case 'ends_too_late':
      return { happened: m.error_ends_too_late(), todo: m.error_ends_too_late_do() };
    case 'no_slots':
      return { happened: m.error_no_slots(), todo: m.error_no_slots_do() };
    case 'unknown_grant':
      return { happened: m.error_unknown_grant(), todo: m.error_unknown_grant_do() };
    case 'grant_ended':
      return { happened: m.error_grant_ended(), todo: m.error_grant_ended_do() };
    case 'grant_waits':
      return { happened: m.error_grant_waits(), todo: m.error_grant_waits_do() };
    case 'grant_paused':
      return { happened: m.error_grant_paused(), todo: m.error_grant_paused_do() };
    case 'not_narrower':
      return { happened: m.error_not_narrower(), todo: m.error_not_narrower_do() };
    case 'answered_already':
      return { happened: m.error_answered_already(), todo: m.error_answered_already_do() };
    case 'unknown_offer':
      return { happened: m.error_unknown_offer(), todo: m.error_unknown_offer_do() };
    case 'keychain':
      return { happened: m.error_keychain(), todo: m.error_keychain_do() };
    case 'device_refused':
      return { happened: m.error_device_refused(), todo: m.error_device_refused_do() };
    case 'wrong_device':
      return { happened: m.error_wrong_device(), todo: m.error_wrong_device_do() };
    case 'cancelled':
      return { happened: m.error_cancelled(), todo: m.error_cancelled_do() };
    case 'unknown':
      return { happened: m.error_unknown(), todo: m.error_unknown_do() };
  }
}
