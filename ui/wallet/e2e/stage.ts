// Where a file of journeys plays: a county and a browser for all of it, and citizens who leave when their journey ends.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch } from '../../e2e/browser';
import { Citizen } from './citizen';
import { County } from './county';

type Options = BrowserContextOptions & { isAlone?: boolean };

export interface Stage {
  readonly county: County;
  /** Somebody of this name, until the test is over. */
  arrive: (name: string, options?: Options) => Promise<Citizen>;
  /** The same, until the file is over. */
  settle: (name: string, options?: Options) => Promise<Citizen>;
}

/** Sets it up before the first test of the file, and takes it down after the last. */
export function newStage(): Stage {
  let county: County | undefined;
  let browser: Browser | undefined;
  const guests: Citizen[] = [];
  const residents: Citizen[] = [];
  const opened = <T>(made: T | undefined): T => {
    if (made === undefined) throw new Error('the stage is not set up yet');
    return made;
  };
  const into = (list: Citizen[]) => async (name: string, options?: Options) => {
    const citizen = await Citizen.arrive(opened(browser), opened(county), name, options);
    list.push(citizen);
    return citizen;
  };
  const leave = (list: Citizen[]) => Promise.all(list.splice(0).map((citizen) => citizen.leave()));
  beforeAll(async () => {
    [county, browser] = await Promise.all([County.open(), launch()]);
  });
  afterEach(() => leave(guests));
  afterAll(async () => {
    await leave(residents);
    // What was never started need not be stopped.
    await browser?.close();
    await county?.close();
  });
  return {
    get county() {
      return opened(county);
    },
    arrive: into(guests),
    settle: into(residents),
  };
}
