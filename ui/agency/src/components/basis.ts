// Legal bases (DPV) as a person reads them.
import { m } from '../words/messages';

const BASES: Readonly<Record<string, () => string>> = {
  'https://w3id.org/dpv/legal/eu/gdpr#A6-1-a': m.basis_consent,
  'https://w3id.org/dpv/legal/eu/gdpr#A9-2-a': m.basis_explicit,
  'https://w3id.org/dpv/legal/eu/gdpr#A6-1-d': m.basis_vital,
  'https://w3id.org/dpv/legal/eu/gdpr#A9-2-c': m.basis_vital,
  'https://w3id.org/dpv/legal/eu/gdpr#A6-1-e': m.basis_public,
};

/** The basis in words; its address where there are none. */
export function basisWords(iri: string): string {
  return BASES[iri]?.() ?? iri;
}
