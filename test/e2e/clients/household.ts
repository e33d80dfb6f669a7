import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { Capability } from '../../../lib/rules/confinement';
import { Judge } from '../../support/judge';
import { HOME } from '../../support/resolve';
import { synthesize, type Template } from '../../support/synth';
import { DeployedStack } from '../deployer/deployer';
import { type Account, newAccount } from '../servers/accounts';
import { REGION } from '../servers/ceph';
import { clientsOf, motoClients } from '../servers/clients';
import { type Client, FILES, KEYS, LARGE, type Place, type Settings } from './client';
import { type Asked, Front } from './front';
import { type Ran, run } from './programs';

export const EVERYTHING: readonly Capability[] = Object.values(Capability);
export const OTHER_BUCKET = 'clients-acme';

/** An integration for each set of capabilities that somebody asks for, with the servers that enforce them. */
export class Household {
  private readonly dir = mkdtempSync(join(tmpdir(), 'clients-'));
  private readonly settings = new Map<string, Settings>();
  private places = 0;

  private constructor(
    private readonly account: Account,
    readonly front: Front,
  ) {
    writeFileSync(join(this.dir, 'large.bin'), randomBytes(LARGE));
  }

  static async of(accesses: readonly (readonly Capability[])[]): Promise<Household> {
    const names = new Map(accesses.map((access) => [nameOf(access), access]));
    const files = {
      'settings.yaml': 'bucketPrefix: clients\n',
      'acme/client.yaml': '',
      'kohler/client.yaml': '',
      ...Object.fromEntries(
        [...names].map(([name, access]) => [
          `kohler/${name}.yaml`,
          `kind: access-key\nreason: vendors' clients are tried with it\naccess: [${access.join(', ')}]\n`,
        ]),
      ),
    };
    const account = await newAccount();
    const { acme, kohler } = synthesize(files, { account: account.id, region: REGION });
    await new DeployedStack('integrations-acme', account).deploy(acme as Template);
    const { setup } = await new DeployedStack('integrations-kohler', account).deploy(kohler as Template);
    const front = await Front.open(account, new Judge(synthesize(files, HOME).kohler as Template));
    const household = new Household(account, front);
    const { secrets } = await motoClients(account.id);
    for (const name of names.keys()) {
      const SecretId = setup[`kohler_${name}`]?.secrets?.a;
      const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      const settings = JSON.parse(SecretString) as Settings;
      household.settings.set(name, settings);
      front.know(settings.accessKeyId, `kohler_${name}`);
    }
    return household;
  }

  /** A place of its own under the prefix of whoever has this access, with what is there before anything is done. */
  async place(access: readonly Capability[]): Promise<Place> {
    this.places += 1;
    const { bucket, prefix } = this.of(access);
    const place = { bucket, prefix: `${prefix}${this.places}/` };
    await Promise.all(KEYS.map((key) => this.put(place, key)));
    return place;
  }

  /** The prefix of whoever has this access. */
  of(access: readonly Capability[]): Settings {
    const settings = this.settings.get(nameOf(access));
    if (!settings) throw new Error(`nobody has ${access.join(', ')}`);
    return settings;
  }

  /** Puts what a place holds before anything is done there. */
  async put({ bucket, prefix }: Place, key: string): Promise<void> {
    const { s3 } = clientsOf(this.account.admin);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: prefix + key, Body: `${key} as it was` }));
  }

  /** What is at a key. */
  async content({ bucket, prefix }: Place, key: string): Promise<string> {
    const { s3 } = clientsOf(this.account.admin);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key }));
    return (await Body?.transformToString()) ?? '';
  }

  /** The keys under a place. */
  async keys({ bucket, prefix }: Place): Promise<string[]> {
    const { s3 } = clientsOf(this.account.admin);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    return Contents.map(({ Key = '' }) => Key.slice(prefix.length));
  }

  /** A working directory of a client of whoever has this access, configured as the vendor would, less some lines. */
  desk(client: Client, access: readonly Capability[], without: readonly string[] = []): Desk {
    const settings = this.of(access);
    const home = mkdtempSync(join(this.dir, 'home-'));
    const { lines = [], env = {} } = client.standIn(this.front.url);
    const configuration = client.configuration(settings).split('\n');
    const missing = without.filter((line) => !configuration.includes(line));
    if (missing.length > 0) throw new Error(`the configuration of ${client.name} has no ${missing.join(', ')}`);
    const kept = configuration.filter((line) => !without.includes(line));
    write(join(home, client.file), `${[...kept, ...lines].join('\n')}\n`);
    const cwd = join(home, 'work');
    for (const file of FILES) {
      if (file === 'large.bin') linkSync(join(this.dir, file), join(cwd, file));
      else write(join(cwd, file), `${file} of ours`);
    }
    return new Desk(client, this.front, settings.accessKeyId, cwd, { HOME: home, ...env });
  }

  async end(): Promise<void> {
    rmSync(this.dir, { recursive: true, force: true });
    await this.front.close();
  }
}

/** Where a vendor sits. */
export class Desk {
  constructor(
    private readonly client: Client,
    private readonly front: Front,
    private readonly accessKeyId: string,
    readonly cwd: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Types something; tells what was asked for with its key meanwhile. */
  async type(typed: string): Promise<Ran & { readonly asked: readonly Asked[] }> {
    const from = this.front.asked.length;
    const ran = await run(this.client.command?.(typed) ?? typed, this.cwd, this.env);
    const asked = this.front.asked.slice(from).filter(({ accessKeyId }) => accessKeyId === this.accessKeyId);
    return { ...ran, asked };
  }
}

/** The name of the integration with this access. */
function nameOf(access: readonly Capability[]): string {
  const missing = EVERYTHING.filter((each) => !access.includes(each));
  return missing.length > 3 ? [...access].sort().join('-') : ['all-but', ...missing].join('-');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
