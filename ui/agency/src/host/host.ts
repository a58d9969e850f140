// The way to the console's server: same origin, a cookie that no script can read, and a token on every act.
// What can be asked, and what comes back, follows from the server's own list of routes.
import { ROUTES } from './gen/routes';
import { Refusal, refusalOf } from './refusal';
import type { Routes, Session } from './types';

/** The header that proves an act was asked for by this page. */
const CSRF = 'Assent-CSRF';
/** The header of calls that nobody made by hand: they do not keep a session alive. */
const BACKGROUND = 'Assent-Background';

type Route = keyof Routes;
/** A route's parameters; those that are null where they are not given may be left out. */
type Ask<R extends Route> = Given<Routes[R]['ask']>;
type Nullable<T> = { [K in keyof T]-?: null extends T[K] ? K : never }[keyof T];
type Given<T> = Omit<T, Nullable<T>> & Partial<Pick<T, Nullable<T>>>;

/** Routes that answer with the session, and so with its token. */
const SESSIONS: readonly Route[] = ['session', 'sign-in', 'sign-in/passkey/done', 'set-up'];

/** Who sits before the page, as far as calls depend on it. */
export interface Desk {
  /** Whether somebody is there. */
  isAttended: () => boolean;
  /** Called when the server no longer knows who asks. */
  onSignedOut: () => void;
}

/** The console's server; every failure is a [`Refusal`]. */
export class Host {
  readonly #base: string;
  #desk: Desk | null = null;
  /** Empty while nobody is signed in. */
  #csrf = '';

  constructor(base: string) {
    this.#base = base;
  }

  /** From now on calls depend on this desk. */
  attach(desk: Desk | null): void {
    this.#desk = desk;
  }

  /** Asks, and answers what the route answers. */
  async ask<R extends Route>(route: R, ask: Ask<R>): Promise<Routes[R]['answer']> {
    const response = await this.#call(route, ask);
    const answer = (await response.json()) as Routes[R]['answer'];
    if (SESSIONS.includes(route)) this.#csrf = (answer as Session).signed_in?.csrf ?? '';
    return answer;
  }

  /** Asks for a file. */
  async file<R extends Route>(route: R, ask: Ask<R>): Promise<Blob> {
    return (await this.#call(route, ask)).blob();
  }

  /** Where the answer is, for a link, a picture or a stream. */
  address<R extends Route>(route: R, ask: Ask<R>): string {
    const url = new URL(`api/${route}`, this.#base);
    for (const [name, value] of Object.entries<unknown>(ask)) {
      if (typeof value === 'number' || (typeof value === 'string' && value !== '')) url.searchParams.set(name, value.toString());
    }
    return url.href;
  }

  /** Where the agency's own identity provider is asked: a page to go to, not a call. */
  get providerAddress(): string {
    return new URL('sign-in/oidc', this.#base).href;
  }

  async #call<R extends Route>(route: R, ask: Ask<R>): Promise<Response> {
    const isPost = ROUTES[route].method === 'POST';
    const headers = new Headers();
    if (isPost) headers.set('Content-Type', 'application/json');
    if (isPost && this.#csrf !== '') headers.set(CSRF, this.#csrf);
    if (this.#desk?.isAttended() === false) headers.set(BACKGROUND, '1');
    const init: RequestInit = { headers, credentials: 'same-origin', cache: 'no-store' };
    const response = await fetch(
      isPost ? new URL(`api/${route}`, this.#base).href : this.address(route, ask),
      isPost ? { ...init, method: 'POST', body: JSON.stringify(ask) } : init,
    ).catch(() => {
      throw new Refusal('desk_unreachable');
    });
    if (response.ok) return response;
    const refusal = await refusalOf(response);
    if (refusal.isSessionOver) this.#desk?.onSignedOut();
    throw refusal;
  }
}
