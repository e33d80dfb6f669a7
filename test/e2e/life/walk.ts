import { PutObjectCommand } from '@aws-sdk/client-s3';
import { runWith } from '../../support/run';
import type { Deployed } from '../deployer/deployer';
import type { NotJudged } from '../deployer/not-judged';
import { type Account, newAccount, newUser } from '../servers/accounts';
import type { Key } from '../servers/ceph';
import { assume, type Credentials, clientsOf } from '../servers/clients';
import { type Inventory, inventory, objects } from './account';
import { Client, type Handoff } from './client';
import { abilities, credentialsOf, DENIED, promised, tried } from './vendor';

/** What a step changes apart from what its integrations are. */
export interface Exceptions {
  /** Of those that changed, whose keys are the same nevertheless. */
  readonly keepsKeys?: readonly string[];
  /** Whose keys are not to be found while they are inactive. */
  readonly inactive?: readonly string[];
}

/** A client from its first deployment to its last, with the vendors who use it. */
export class Walk {
  /** What vendors, and the client itself, have written so far. */
  readonly written: Record<string, string> = {};
  readonly notJudged: NotJudged[] = [];
  private before: Inventory = { roles: {}, users: {}, secrets: {}, buckets: {} };
  private step = 0;

  private constructor(
    readonly home: Account,
    readonly client: Client,
    /** Vendor → its own key and ARN, in its own account. */
    readonly vendors: Readonly<Record<string, { readonly key: Key; readonly arn: string }>>,
  ) {}

  /** @param vendors who have a user of their own in an account of theirs */
  static async of(name: string, vendors: readonly string[]): Promise<Walk> {
    const [home, away] = [await newAccount(), await newAccount()];
    const known = vendors.map(async (vendor) => {
      const key = await newUser(away.id, vendor);
      return [vendor, { key, arn: `arn:aws:iam::${away.id}:user/${vendor}` }] as const;
    });
    return new Walk(home, new Client(name, home), Object.fromEntries(await Promise.all(known)));
  }

  get bucket(): string {
    return `integrations-${this.client.name}`;
  }

  /** Deploys what is defined now, and tells what was done. */
  async deploy(): Promise<string[]> {
    this.step += 1;
    return this.told(await this.client.deploy());
  }

  /** Removes the client, and tells what was done. */
  async destroy(): Promise<string[]> {
    return this.told(await this.client.stack.destroy());
  }

  /** Ids that a server makes up are left out. */
  private told(deployed: Deployed): string[] {
    this.notJudged.push(...deployed.notJudged);
    const named = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::IAM::Role', 'AWS::IAM::User'];
    return deployed.operations.map(({ did, type, physicalId }) =>
      named.includes(type) ? `${did} ${type} ${physicalId}` : `${did} ${type}`,
    );
  }

  /** What holds after every step; `changed` are the integrations that the step was about. */
  async allIsWell(changed: readonly string[], { keepsKeys = [], inactive = [] }: Exceptions = {}): Promise<void> {
    const now = await inventory(this.home);
    await this.handoffsHold();
    expect(await objects(this.home, this.bucket)).toEqual(this.written);
    expect(Object.keys(now.buckets)).toEqual([this.bucket]);
    this.untouched(now, changed, keepsKeys);
    this.nobodyElse(now, inactive);
    this.before = now;
  }

  /** Roles, users and secrets of all others are what they were, ids and values included. */
  private untouched(now: Inventory, changed: readonly string[], keepsKeys: readonly string[]): void {
    const others = (all: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !changed.some((vendor) => name.includes(vendor))));
    for (const part of ['roles', 'users', 'secrets'] as const)
      expect(others(now[part])).toEqual(others(this.before[part]));
    for (const vendor of keepsKeys) {
      const id = `integrations/${this.client.name}/${vendor}/`;
      const keyIds = ({ secrets }: Inventory) =>
        Object.entries(secrets)
          .filter(([name]) => name.startsWith(id))
          .map(([, { keyId }]) => keyId);
      expect(keyIds(now)).toEqual(keyIds(this.before));
    }
    // A role is the same one, whatever was changed about it.
    for (const [name, role] of Object.entries(this.before.roles)) {
      if (now.roles[name]) expect(now.roles[name]).toMatchObject({ id: (role as { id: string }).id });
    }
  }

  /** There is no role, user, key or secret but those of the definitions. */
  private nobodyElse(now: Inventory, inactive: readonly string[]): void {
    const defined = this.client.integrations();
    const names = (...kinds: string[]) =>
      defined
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ name }) => name)
        .sort();
    expect(Object.keys(now.roles)).toEqual(names('assumed-role'));
    expect(Object.keys(now.users)).toEqual(names('access-key'));
    const slots = defined.flatMap((each) =>
      each.kind === 'access-key' ? each.keys.map((slot) => `integrations/${each.client}/${each.vendor}/${slot}`) : [],
    );
    expect(Object.keys(now.secrets)).toEqual(slots.sort());
    for (const [name, { keys }] of Object.entries(now.users)) {
      const vendor = name.slice(name.indexOf('_') + 1);
      const held = Object.entries(now.secrets)
        .filter(([secret]) => secret.includes(`/${vendor}/`))
        .map(([, { keyId }]) => keyId);
      expect(keys).toEqual(inactive.includes(vendor) ? [] : held.sort());
    }
  }

  /** Each vendor can do with its hand-off what that says, and nothing else. */
  private async handoffsHold(): Promise<void> {
    for (const { vendor } of this.client.integrations()) {
      const handoff = await this.client.handoff(vendor);
      const { kind, status, roleArn } = handoff;
      if (kind === 'assumed-role' && status !== 'active') {
        expect(await tried(this.sessions(vendor))).toBe(DENIED);
      } else if (kind !== 'access-key' || status === 'active') {
        await this.handoffHolds(vendor, handoff);
      }
      if (handoff.externalId !== undefined && roleArn !== undefined) {
        expect(await tried(assume(this.keyOf(vendor), { roleArn }))).toBe(DENIED);
      }
    }
  }

  private async handoffHolds(vendor: string, handoff: Handoff): Promise<void> {
    const { status, access, prefix } = handoff;
    for (const [at, session] of (await this.sessions(vendor)).entries()) {
      const mark = `step-${this.step}-${at}`;
      const could = await abilities(handoff, session, this.home, mark);
      expect({ vendor, ...could }).toEqual({ vendor, ...promised(handoff) });
      if (status === 'active' && access.includes('write')) this.written[`${prefix}${mark}`] = mark;
    }
  }

  /** The vendor's own key; whoever gets one of ours has none. */
  keyOf(vendor: string): Key {
    return this.vendors[vendor]?.key ?? { accessKeyId: '', secretAccessKey: '' };
  }

  /** The credentials that a vendor gets with its hand-off: several where there are several keys. */
  async sessions(vendor: string): Promise<Credentials[]> {
    return credentialsOf(await this.client.handoff(vendor), this.keyOf(vendor), this.home);
  }

  /** The same where there is exactly one. */
  async session(vendor: string): Promise<Credentials> {
    const [session, ...others] = await this.sessions(vendor);
    if (session === undefined || others.length > 0) throw new Error(`${vendor} has ${others.length + 1} keys`);
    return session;
  }

  /** Puts an object; tells whether that worked, or the error's code. */
  async puts(as: Credentials | undefined, Key: string): Promise<true | string> {
    if (as === undefined) throw new Error(`there are no credentials to put ${Key} with`);
    const put = new PutObjectCommand({ Bucket: this.bucket, Key, Body: 'late' });
    const worked = await tried(clientsOf(as).s3.send(put));
    if (worked === true) this.written[Key] = 'late';
    return worked;
  }

  /** Somebody of the client's own puts an object there for the vendor to read. */
  async seed(...prefixes: readonly string[]): Promise<void> {
    const { s3 } = clientsOf(this.home.admin);
    for (const prefix of prefixes) {
      await s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: `${prefix}seed`, Body: 'seed' }));
      this.written[`${prefix}seed`] = 'seed';
    }
  }

  /** `bucket-integrations rotate`, told of the keys that there are: the older one not used for two days. */
  async rotate(vendor: string): Promise<void> {
    const name = `${this.client.name}_${vendor}`;
    const { secrets, users } = await inventory(this.home);
    const held = (slot: string) => secrets[`integrations/${this.client.name}/${vendor}/${slot}`]?.keyId;
    const keys = (users[name]?.keys ?? []).map((id) => {
      const days = id === held('a') ? 2 : 0;
      const at = new Date(Date.now() - days * 86_400_000);
      return { id, active: true, made: at, used: { at } };
    });
    const aws = {
      user: () => Promise.resolve({ account: this.home.id, asked: new Date(), keys }),
      heldKeyId: (secret: string) => Promise.resolve(secrets[secret]?.keyId),
    };
    const { exit, err } = await runWith({ aws }, 'rotate', name, '--dir', this.client.dir);
    expect({ exit, errors: err.includes('error[') }).toEqual({ exit: 0, errors: false });
  }
}
