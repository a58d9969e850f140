// A verifier, an agency and some residents, each its own process, with a short history on the log.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Verifier, assent, freePort, operator, program, run } from '../../e2e/programs';

export const COUNCIL = 'https://council.cwmderw.example';

/** What an agency promises on its admission, where it does. */
interface Promised {
  erase_within: string;
}

/** A county with one agency. */
export class County {
  readonly folder: string;
  readonly vkey: string;
  readonly verifier: Verifier;

  private constructor(folder: string, vkey: string, verifier: Verifier) {
    this.folder = folder;
    this.vkey = vkey;
    this.verifier = verifier;
  }

  /** Makes everything anew in a temporary folder. */
  static async open(): Promise<County> {
    const folder = await mkdtemp(join(tmpdir(), 'assent-audit-'));
    const data = join(folder, 'verifier');
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port.toString()}`;
    const { log_vkey: vkey } = await operator<{ log_vkey: string }>(data, ['init', '--issuer', issuer]);
    const county = new County(folder, vkey, await Verifier.serve(data, port));
    await county.admit('council', COUNCIL);
    return county;
  }

  /** Admits an agency, on the log; also on another verifier's folder. */
  async admit(name: string, id: string, data = this.verifier.data, obligations?: Promised): Promise<void> {
    const dir = join(this.folder, name);
    await assent(['agency', 'init', '--id', id, '--name', name, '--dir', dir, '--kind', 'council']);
    const file = join(dir, 'registry-entry.json');
    const entry = JSON.parse(await readFile(file, 'utf8')) as object;
    if (obligations !== undefined) await writeFile(file, JSON.stringify({ ...entry, obligations }));
    await operator(data, ['agency', 'add', file]);
  }

  /** Admits an auditor by the entry that the pages made. */
  async admitAuditor(file: string): Promise<void> {
    await operator(this.verifier.data, ['auditor', 'add', file]);
  }

  /** An agency's own command. */
  async agency<T>(name: string, words: string[]): Promise<T> {
    return assent<T>(['agency', ...words, '--dir', join(this.folder, name), '--verifier', this.verifier.url]);
  }

  /** The agency's software catches up with what changed, and takes note of what was taken back. */
  async catchUp(name: string): Promise<void> {
    await run(program('assent'), ['agency', 'watch', '--once', '--dir', join(this.folder, name), '--verifier', this.verifier.url]);
  }

  /** Copies the verifier with its keys, as an operator who wants two histories would. */
  async copy(name: string): Promise<string> {
    const data = join(this.folder, name);
    await run(program('assent-verifier'), ['backup', data, '--data', this.verifier.data]);
    return data;
  }

  /** A resident with a name in the vault. */
  async resident(name: string): Promise<void> {
    await this.wallet(name, ['init']);
    const file = join(this.folder, `${name}.vcf`);
    await writeFile(file, 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Gwen Rhydderch\r\nN:Rhydderch;Gwen;;;\r\nEND:VCARD\r\n');
    await this.wallet(name, ['import', file]);
  }

  /** Grants the resident's name to an agency, sealed until an incident or not; answers the consent's id. */
  async grant(name: string, { agency = COUNCIL, isSealed = false } = {}): Promise<string> {
    const words = ['--agency', agency, '--purpose', 'priority-services', '--data', 'identity.name', '--until', '2030-01-01'];
    if (isSealed) words.push('--on-incident');
    return (await this.wallet<{ grant: string }>(name, ['grant', ...words])).grant;
  }

  /** Runs `assent wallet` as a resident. */
  async wallet<T>(name: string, words: string[]): Promise<T> {
    const environment = { ASSENT_PASSPHRASE: 'a quiet valley after the rain', ASSENT_VERIFIER: this.verifier.url };
    return assent<T>(['wallet', ...words, '--vault', join(this.folder, `${name}.vault`)], environment);
  }

  /** The seed of the key that signs status lists: whoever has it can sign a list that lies. */
  async statusSeed(): Promise<Buffer> {
    const keys = JSON.parse(await readFile(join(this.verifier.data, 'keys.json'), 'utf8')) as { status: string };
    return Buffer.from(keys.status, 'base64url');
  }

  /** Stops the verifier and removes the folder. */
  async close(): Promise<void> {
    await this.verifier.stop();
    await rm(this.folder, { recursive: true });
  }
}
