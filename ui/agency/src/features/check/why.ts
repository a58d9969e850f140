// Why a token is refused, and what to do, for every refusal of the protocol.
import type { Why } from '../../host/types';
import { m } from '../../words/messages';

type Words = readonly [happened: () => string, todo: () => string];

/** The two lines that a person reads. */
export const WHY: Record<Why, Words> = {
  too_large: [m.why_too_large, m.why_too_large_do],
  malformed: [m.why_malformed, m.why_malformed_do],
  unsupported_alg: [m.why_unsupported_alg, m.why_unsupported_alg_do],
  wrong_type: [m.why_wrong_type, m.why_wrong_type_do],
  unknown_term: [m.why_unknown_term, m.why_unknown_term_do],
  key_mismatch: [m.why_key_mismatch, m.why_key_mismatch_do],
  bad_signature: [m.why_bad_signature, m.why_bad_signature_do],
  wrong_audience: [m.why_wrong_audience, m.why_wrong_audience_do],
  not_yet_valid: [m.why_not_yet_valid, m.why_not_yet_valid_do],
  expired: [m.why_expired, m.why_expired_do],
  unknown_agency: [m.why_unknown_agency, m.why_unknown_agency_do],
  agency_suspended: [m.why_agency_suspended, m.why_agency_suspended_do],
  wrong_agency_key: [m.why_wrong_agency_key, m.why_wrong_agency_key_do],
  purpose_not_covered: [m.why_purpose_not_covered, m.why_purpose_not_covered_do],
  data_not_covered: [m.why_data_not_covered, m.why_data_not_covered_do],
  unregistered: [m.why_unregistered, m.why_unregistered_do],
  suspended: [m.why_suspended, m.why_suspended_do],
  revoked: [m.why_revoked, m.why_revoked_do],
  exhausted: [m.why_exhausted, m.why_exhausted_do],
  status_unavailable: [m.why_status_unavailable, m.why_status_unavailable_do],
};
