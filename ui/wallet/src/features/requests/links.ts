// Links that were taken over from the program and not read yet, in the order in which they came.

/** More than these are not kept: nobody reads them, and anybody can open links. */
const MOST = 20;

let links: readonly string[] = [];
const listeners = new Set<() => void>();

export const linksStore = {
  all: (): readonly string[] => links,
  add: (more: readonly string[]): void => {
    change([...new Set([...links, ...more])].slice(0, MOST));
  },
  drop: (link: string): void => {
    change(links.filter((each) => each !== link));
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};

function change(next: readonly string[]): void {
  links = next;
  for (const listener of listeners) listener();
}
