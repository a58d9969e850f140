// Which words are asked, and whether one was typed right.

const HOW_MANY = 3;

/** The numbers of three different words, in order, from 1. */
export function asked(count: number, random: () => number): number[] {
  const left = Array.from({ length: count }, (_, at) => at + 1);
  const chosen = Array.from({ length: HOW_MANY }, () => left.splice(Math.floor(random() * left.length), 1)[0] ?? 1);
  return chosen.sort((one, other) => one - other);
}

/** Capitals and spaces around it do not matter. */
export function isWord(typed: string, word: string): boolean {
  return word !== '' && typed.trim().toLowerCase() === word;
}
