// Why something from outside was refused. Over a boundary goes a code, never a sentence.

export type RefusalCode =
  // C2SP signed-note
  | 'note_too_long'
  | 'note_malformed'
  | 'signature_malformed'
  | 'key_malformed'
  | 'key_id_mismatch'
  | 'key_type_unsupported'
  | 'bad_signature'
  | 'no_known_signature'
  // C2SP tlog-checkpoint
  | 'checkpoint_malformed'
  | 'empty_tree_root'
  | 'wrong_origin'
  // C2SP tlog-tiles
  | 'bad_path'
  | 'wrong_length'
  | 'tile_missing'
  | 'tile_mismatch'
  | 'bundle_malformed'
  // RFC 6962, C2SP tlog-proof
  | 'out_of_range'
  | 'empty_tree'
  | 'root_mismatch'
  | 'proof_malformed';

/** Thrown by every reader of untrusted bytes, and by nothing else. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
  }
}
