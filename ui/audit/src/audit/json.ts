// Strict JSON (RFC 8259 as RFC 7515 section 4 wants it): a key that comes twice in one object, however it is
// escaped, is refused, and so is deep nesting. Numbers that are not written as whole ones become NaN.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The deepest nesting of objects and arrays that is read. */
const MAX_DEPTH = 16;
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(true|false|null))/y;
const WHOLE = /^(?:0|-?[1-9][0-9]*)$/;

/** Reads one strict JSON value, nothing before or after it; undefined where it is not one. */
export function strictJson(text: string): Json | undefined {
  try {
    const reader = new Reader(text);
    const value = reader.value(0);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof NotStrict) return undefined;
    throw error;
  }
}

/** The members of an object, or null for any other value. */
export function members(value: Json | undefined): Record<string, Json> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

class NotStrict extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Json {
    const token = this.#next();
    if (token === '{' || token === '[') {
      if (depth === MAX_DEPTH) throw new NotStrict();
      return token === '{' ? this.#object(depth + 1) : this.#array(depth + 1);
    }
    if (token.startsWith('"')) return string(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === 'null') return null;
    if (/^[-0-9]/.test(token)) return WHOLE.test(token) ? Number(token) : NaN;
    throw new NotStrict();
  }

  end(): void {
    if (!/^[ \t\n\r]*$/.test(this.#text.slice(this.#at))) throw new NotStrict();
  }

  #object(depth: number): Json {
    const found: Record<string, Json> = Object.create(null) as Record<string, Json>;
    if (this.#peek() === '}') return this.#closed(found);
    for (;;) {
      const token = this.#next();
      if (!token.startsWith('"')) throw new NotStrict();
      const key = string(token);
      if (this.#next() !== ':' || key in found) throw new NotStrict();
      found[key] = this.value(depth);
      const after = this.#next();
      if (after === '}') return found;
      if (after !== ',') throw new NotStrict();
    }
  }

  #array(depth: number): Json {
    const found: Json[] = [];
    if (this.#peek() === ']') return this.#closed(found);
    for (;;) {
      found.push(this.value(depth));
      const after = this.#next();
      if (after === ']') return found;
      if (after !== ',') throw new NotStrict();
    }
  }

  #closed(empty: Json): Json {
    this.#next();
    return empty;
  }

  #peek(): string {
    const at = this.#at;
    const token = this.#next();
    this.#at = at;
    return token;
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text);
    const token = found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4];
    if (token === undefined) throw new NotStrict();
    this.#at = TOKEN.lastIndex;
    return token;
  }
}

function string(token: string): string {
  const text = JSON.parse(token) as string;
  if (/\p{Surrogate}/u.test(text)) throw new NotStrict();
  return text;
}
