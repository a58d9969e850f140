// A verifier, an agency and some residents, each its own process, with a short history on the log.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Verifier, assent, freePort, operator, program, run } from '../../e2e/programs';

const AGENCY = 'https://council.cwmderw.example';

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
    await county.admit('council', AGENCY);
    return county;
  }

  /** Admits an agency, on the log; also on another verifier's folder. */
  async admit(name: string, id: string, data = this.verifier.data): Promise<void> {
    const dir = join(this.folder, name);
    await assent(['agency', 'init', '--id', id, '--name', name, '--dir', dir, '--kind', 'council']);
    await operator(data, ['agency', 'add', join(dir, 'registry-entry.json')]);
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

  /** Grants the resident's name to the agency; answers the consent's id. */
  async grant(name: string): Promise<string> {
    const words = ['--agency', AGENCY, '--purpose', 'priority-services', '--data', 'identity.name', '--until', '2030-01-01'];
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
