// The sample county, alive: a verifier, its agencies, their circle, and the requests that they make.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Verifier, assent, freePort, operator, program, run } from '../../e2e/programs';

export const SAMPLES = join(import.meta.dirname, '..', '..', '..', 'samples', 'county');

interface SampleAgency {
  id: string;
  name: { en: string; cy: string };
  kind: string;
  contact: { phone: string };
  privacy_url: string;
}

interface SampleRequest {
  agency: string;
  purpose: string;
  data: string[];
  required: string[];
  actions: string[];
  on_incident: boolean;
  retention: string;
  max_duration: string;
  jurisdiction: string;
  notice: { version: string; texts: { en: string; cy: string } };
  circle?: { id: string; tier: number };
}

export interface Verdict {
  verdict: 'yes' | 'no' | 'unknown';
  code: string | null;
}

export class County {
  readonly folder: string;
  readonly #port: number;
  #verifier: Verifier;

  private constructor(folder: string, port: number, verifier: Verifier) {
    this.folder = folder;
    this.#port = port;
    this.#verifier = verifier;
  }

  static async open(): Promise<County> {
    const folder = await mkdtemp(join(tmpdir(), 'assent-wallet-'));
    const port = await freePort();
    const data = join(folder, 'verifier');
    await operator(data, ['init', '--issuer', `http://127.0.0.1:${port.toString()}`]);
    const county = new County(folder, port, await Verifier.serve(data, port));
    const { agencies } = await sample<{ agencies: SampleAgency[] }>('agencies.json');
    for (const agency of agencies) await county.#admit(agency);
    await operator(data, ['circle', 'add', join(SAMPLES, 'circle.json')]);
    return county;
  }

  get url(): string {
    return this.#verifier.url;
  }

  /** An agency's folder. */
  dir(kind: string): string {
    return join(this.folder, kind);
  }

  async #admit({ id, name, kind, contact, privacy_url }: SampleAgency): Promise<void> {
    const dir = this.dir(kind);
    const words = ['--id', id, '--name', name.en, '--name-in', `cy=${name.cy}`, '--kind', kind, '--contact', contact.phone];
    await assent(['agency', 'init', ...words, '--privacy-url', privacy_url, '--dir', dir]);
    await operator(this.#verifier.data, ['agency', 'add', join(dir, 'registry-entry.json')]);
  }

  /** A sample request, signed now: the link that a person gets, and its square code as a picture where a file is named. */
  async request(name: string, picture?: string): Promise<string> {
    const words = ['agency', 'request', ...(await this.#terms(name))];
    if (picture !== undefined) words.push('--qr', picture);
    return (await assent<{ link: string }>(words)).link;
  }

  /** The council's offer for a heatwave: its wallets decide by themselves whom it fits. */
  async offerInTheHeat(): Promise<void> {
    const words = ['agency', 'offer', ...(await this.#terms('council-resilience')), '--verifier', this.url, '--stands', 'P30D'];
    words.push('--title', 'en=Help in the heat', '--title', 'cy=Cymorth yn y gwres');
    words.push('--text', 'en=We call every day, and bring a generator if the power fails.');
    words.push('--text', 'cy=Byddwn yn ffonio bob dydd, ac yn dod â generadur os bydd y trydan yn methu.');
    await assent([...words, '--for', join(SAMPLES, 'offers', 'heatwave.rule.json')]);
  }

  /** The words that say what a sample request asks for. */
  async #terms(name: string): Promise<string[]> {
    const asked = await sample<SampleRequest>(`requests/${name}.json`);
    const { agencies } = await sample<{ agencies: SampleAgency[] }>('agencies.json');
    const { kind } = agencies.find(({ id }) => id === asked.agency) ?? { kind: '' };
    const notices = await this.#notices(name, asked);
    const words = ['--dir', this.dir(kind), '--purpose', asked.purpose, '--until', asked.max_duration, '--retention', asked.retention];
    words.push('--jurisdiction', asked.jurisdiction, '--notice-version', asked.notice.version, ...notices);
    for (const path of asked.data) words.push('--data', path);
    for (const path of asked.required) words.push('--required', path);
    for (const action of asked.actions) words.push('--action', action);
    if (asked.on_incident) words.push('--on-incident');
    if (asked.circle !== undefined) words.push('--circle', asked.circle.id, '--tier', asked.circle.tier.toString());
    return words;
  }

  async #notices(name: string, { notice }: SampleRequest): Promise<string[]> {
    const folder = join(this.folder, 'notices');
    await mkdir(folder, { recursive: true });
    const words: string[] = [];
    for (const [lang, text] of Object.entries(notice.texts)) {
      const file = join(folder, `${name}.${lang}.txt`);
      await writeFile(file, text);
      words.push('--notice', `${lang}=${file}`);
    }
    return words;
  }

  /** An agency's own command, with the verifier named. */
  async agency<T>(kind: string, words: string[]): Promise<T> {
    return assent<T>(['agency', ...words, '--dir', this.dir(kind), '--verifier', this.url]);
  }

  /** The agency's software catches up with what changed, and takes note of what was taken back. */
  async catchUp(kind: string): Promise<void> {
    await run(program('assent'), ['agency', 'watch', '--once', '--dir', this.dir(kind), '--verifier', this.url]);
  }

  /** What an agency's own check says, now, of the consent that it was given last, or of the one that is named. */
  async verdict(kind: string, grant?: string): Promise<Verdict> {
    const { grants } = await this.agency<{ grants: { grant: string; token: string }[] }>(kind, ['grants']);
    const token = (grant === undefined ? grants.at(-1) : grants.find((one) => one.grant === grant))?.token ?? '';
    const checked = this.agency<Verdict>(kind, ['check', token]);
    // A clear no is an answer too, with an exit code of its own.
    return checked.catch((refused: unknown) => JSON.parse((refused as { stdout: string }).stdout) as Verdict);
  }

  /** No connection, until `reconnect`. */
  async disconnect(): Promise<void> {
    await this.#verifier.stop();
  }

  async reconnect(): Promise<void> {
    this.#verifier = await Verifier.serve(this.#verifier.data, this.#port);
  }

  async close(): Promise<void> {
    await this.#verifier.stop();
    await rm(this.folder, { recursive: true });
  }
}

async function sample<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(join(SAMPLES, file), 'utf8')) as T;
}
