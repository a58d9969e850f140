// A resident with a wallet on the command line.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { County } from '../../wallet/e2e/county';
import { SAMPLES } from '../../wallet/e2e/county';
import { assent } from '../../e2e/programs';

const PASSPHRASE = 'a quiet valley after the rain';

export class Resident {
  readonly #county: County;
  readonly #name: string;

  private constructor(county: County, name: string) {
    this.#county = county;
    this.#name = name;
  }

  /** Makes a wallet and brings a sample file in. */
  static async arrive(county: County, name: string, file = 'mared-llwyd.wallet.json'): Promise<Resident> {
    const resident = new Resident(county, name);
    await resident.run(['init']);
    await resident.run(['import', join(SAMPLES, 'residents', file)]);
    return resident;
  }

  /** A wallet whose owner calls themselves something that means harm. */
  static async hostile(county: County, name: string, display: string): Promise<Resident> {
    const resident = new Resident(county, name);
    await resident.run(['init']);
    const file = join(county.folder, `${name}.wallet.json`);
    const fields = {
      'identity.name': { text: display },
      'contact.phone': [{ number: '+44 7700 900999' }],
      'home.address': { lines: [display.slice(0, 200)], postcode: 'LD99 9ZZ' },
    };
    await writeFile(file, JSON.stringify({ assent_profile: 1, fields }));
    await resident.run(['import', file]);
    return resident;
  }

  /** Agrees to a request; answers the consents' ids. */
  async grant(link: string): Promise<string[]> {
    const { grants } = await this.run<{ grants: { grant: string }[] }>(['grant', link]);
    return grants.map(({ grant }) => grant);
  }

  async revoke(grant: string): Promise<void> {
    await this.run(['revoke', grant]);
  }

  async suspend(grant: string): Promise<void> {
    await this.run(['suspend', grant]);
  }

  /** Runs `assent wallet`. */
  async run<T>(words: string[]): Promise<T> {
    const environment = { ASSENT_PASSPHRASE: PASSPHRASE, ASSENT_VERIFIER: this.#county.url };
    return assent<T>(['wallet', ...words, '--vault', join(this.#county.folder, `${this.#name}.vault`)], environment);
  }
}
