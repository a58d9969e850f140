// Small things that this window remembers about itself; nothing that a person wrote down.

const CHECKED = 'assent-phrase-checked';

/** Whether the person showed that the recovery words are on paper. */
export function isPhraseChecked(): boolean {
  return localStorage.getItem(CHECKED) !== null;
}

export function rememberPhraseChecked(): void {
  localStorage.setItem(CHECKED, 'yes');
}

/** A wallet that is gone leaves nothing here either. */
export function forgetPhraseChecked(): void {
  localStorage.removeItem(CHECKED);
}
