import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Statement } from '../../../lib/rules/statement';
import { inFolder } from '../../support/folder';
import { run } from '../../support/run';
import { synthesize, type Template } from '../../support/synth';
import { type Deployed, DeployedStack } from '../deployer/deployer';
import { type Account, foreignBucket, newAccount, newUser } from '../servers/accounts';
import { REGION } from '../servers/ceph';
import { assume, type Credentials, clientsOf, motoClients } from '../servers/clients';

export const BUCKET = 'integrations-kohler';

/** The integrations, of each kind that the gateway knows. */
export const NAMES = ['reltio', 'all', 'named', 'drop', 'look', 'boomi', 'adobe', 'trust'];

const EVERYTHING = '[list, read, write, delete, versions, tags, acl, retention-read, root-list, list-buckets]';
const CA = readFileSync(join(__dirname, '../../../integrations/globex/invoices-ca.pem'), 'utf8');

/** How what is deployed differs from what is right. */
export interface Changes {
  /** File → a key of it said anew. */
  readonly edits?: Readonly<Record<string, string>>;
  /** Changes the template. */
  readonly spoil?: (template: Template) => void;
}

/** A client with its vendors, deployed, and what they have in hand. */
export class Scene {
  private constructor(
    readonly home: Account,
    readonly away: Account,
    readonly vendor: Credentials,
    private readonly stack: DeployedStack,
    private readonly files: Readonly<Record<string, string>>,
  ) {}

  static async open(): Promise<Scene> {
    const [home, away] = await Promise.all([newAccount(), newAccount()]);
    const vendor = await newUser(away.id, 'vendor');
    return new Scene(home, away, vendor, new DeployedStack(BUCKET, home), definitions(home.id, away.id));
  }

  /** Makes what is deployed right, but for the changes. */
  async deploy({ edits = {}, spoil }: Changes = {}): Promise<Deployed> {
    const { kohler } = synthesize({ ...this.files, ...this.edited(edits) });
    if (!kohler) throw new Error('there is no kohler');
    const sabotage = (template: Template) => {
      this.openBoomi(template);
      spoil?.(template);
      return template;
    };
    return this.stack.deploy(kohler, { sabotage });
  }

  /** Puts objects that were there before any vendor came. */
  async stock(): Promise<void> {
    const { s3 } = clientsOf(this.home.admin);
    for (const Key of ['look/a.csv', 'other/secret.csv']) {
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'a' }));
    }
  }

  /** What the command handoff writes of a deployment. */
  async handoffOf(name: string, { outputs }: Deployed): Promise<object> {
    const files = { ...this.files, '.outputs.json': JSON.stringify({ 'integrations-kohler': outputs }) };
    return inFolder(files, async (dir) => {
      const words = ['handoff', `kohler_${name}`, '--dir', dir, '--outputs', join(dir, '.outputs.json'), '--json'];
      const { out, err } = await run(...words);
      if (out === '') throw new Error(err);
      const handoff = JSON.parse(out);
      // Who is of another account calls a bucket of this one otherwise here.
      return handoff.kind === 'direct-trust'
        ? { ...handoff, bucket: foreignBucket(this.home.id, handoff.bucket) }
        : handoff;
    });
  }

  /** What the vendor of an integration signs with. */
  async credentialsOf(name: string): Promise<Credentials> {
    if (name === 'boomi') return assume(this.vendor, { roleArn: `arn:aws:iam::${this.home.id}:role/kohler_boomi` });
    if (name !== 'adobe') return this.vendor;
    const { secrets } = await motoClients(this.home.id);
    const { SecretString = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: 'integrations/kohler/adobe/a' }),
    );
    return JSON.parse(SecretString);
  }

  /** All that lies in the bucket of runs of the command: key, whether it is the latest there, and what. */
  async litter(): Promise<string[]> {
    const { s3 } = clientsOf(this.home.admin);
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
    const ours = ({ Key = '' }) => Key.includes('.connection-test-');
    return [
      ...Versions.filter(ours).map(({ Key, IsLatest, VersionId }) => `${Key} ${IsLatest} object ${VersionId}`),
      ...DeleteMarkers.filter(ours).map(({ Key, IsLatest, VersionId }) => `${Key} ${IsLatest} marker ${VersionId}`),
    ];
  }

  /** No server here opens sessions for certificates: the vendor assumes that role itself, and goes on with the session. */
  private openBoomi(template: Template): void {
    const Principal = { AWS: `arn:aws:iam::${this.away.id}:user/vendor` };
    named(template, 'kohler_boomi').Properties.AssumeRolePolicyDocument.Statement = [
      { Sid: 'Vendor', Effect: 'Allow', Principal, Action: 'sts:AssumeRole' },
    ];
  }

  private edited(edits: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(edits).map(([file, line]) => {
        const key = `${line.split(':')[0]}:`;
        const kept = (this.files[file] ?? '').split('\n').filter((one) => one !== '' && !one.startsWith(key));
        return [file, [...kept, line, ''].join('\n')];
      }),
    );
  }
}

function definitions(home: string, away: string): Record<string, string> {
  const who = `principals: ['arn:aws:iam::${away}:user/vendor']\n`;
  const role = `kind: assumed-role\n${who}externalId: X_SFCRole=2_a/b\n`;
  return {
    'settings.yaml': `account: '${home}'\nregion: ${REGION}\n`,
    'kohler/client.yaml': '',
    'kohler/ca.pem': CA,
    'kohler/reltio.yaml': `${role}access: [list, read, write, delete]\n`,
    'kohler/all.yaml': `${role}access: ${EVERYTHING}\n`,
    'kohler/named.yaml': `kind: assumed-role\n${who}externalIds: [one, two]\nroleSessionName: to-kohler\nprefix: data/in\n`,
    'kohler/drop.yaml': `${role}access: [write]\n`,
    'kohler/look.yaml': `${role}access: [list, read]\n`,
    'kohler/boomi.yaml': 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: boomi}\n',
    // Ceph lets a user read the tags of what it wrote, and list buckets of its own, whatever its policies say.
    'kohler/adobe.yaml': 'kind: access-key\nreason: x\naccess: [list, read, write, delete, tags, list-buckets]\n',
    'kohler/trust.yaml': `kind: direct-trust\n${who}access: [list, read, write, tags]\n`,
  };
}

/** The role or user of that name. */
export function named(template: Template, name: string) {
  const found = Object.values(template.Resources).find(
    ({ Properties }) => Properties.RoleName === name || Properties.UserName === name,
  );
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

/** The statement of that id of a role or user, to be changed. */
export function granted(template: Template, name: string, sid: string) {
  const statements: Statement[] = named(template, name).Properties.Policies[0].PolicyDocument.Statement;
  const found = statements.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`${name} has no statement ${sid}`);
  return found as { -readonly [key in keyof Statement]: Statement[key] } & { Action: string[] };
}
