import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../lib/command/host/run';
import { load } from '../../lib/definitions/load';
import { bucketOf, type Client, partsOf } from '../../lib/definitions/model/model';
import type { AccountStacks, Place } from '../../lib/deploy/account-stacks';
import { stackDescription, stackId, stackName } from '../../lib/rules/stacks';

/** A stack as it is deployed. */
interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly description: string;
  readonly status: string;
  /** The definitions in it, whole. */
  readonly integrations: readonly { readonly name: string; readonly setup: object }[];
  /** Of a client's own stack, the bucket that it made. */
  readonly bucket?: string;
  /** Who is in the bucket's policy. */
  readonly grants: readonly string[];
}

/** A bucket: the stack that has it, or what is left of its policy once none has. */
type Bucket = { readonly stack: string } | { readonly policy: 'TlsOnly' | 'none' };

/**
 * An account in which the CDK's commands make and delete stacks, as far as deploying depends on it: a bucket stays when its
 * stack goes, and then no other stack can make it; its policy stays where nobody's access is in it.
 */
export class FakeCloud {
  readonly stacks = new Map<string, Stack>();
  readonly buckets = new Map<string, Bucket>();
  /** What was run, with the folders left out. */
  readonly asked: string[] = [];
  /** Is told before and after each step, and may throw: the process was killed there. */
  step: (what: string) => void = () => {};
  /** What the CDK ends with, where it does nothing. */
  fails: (words: readonly string[]) => boolean = () => false;
  /** Is told of each `cdk synth` and `cdk deploy` while it runs. */
  during: (words: readonly string[]) => void = () => {};

  constructor(
    readonly account = '999988887777',
    readonly region = 'us-east-1',
  ) {}

  /** The stand-in for npx. */
  readonly run: Run = async (program, args) => {
    const told = args.map((word) => word.replace(/^(integrations=)?\/.*/, '$1DIR')).join(' ');
    this.asked.push(`${program} ${told}`);
    this.step(told);
    this.during(args);
    const [, verb, ...words] = args;
    const status = this.fails(args) ? 1 : this.cdk(verb ?? '', words);
    this.step(`after ${told}`);
    return status;
  };

  /** What CloudFormation says of a place. */
  readonly describe = async ({ account = this.account, region = this.region }: Place): Promise<AccountStacks> => {
    this.step(`stacks of ${account} in ${region}`);
    const there = [...this.stacks.values()].filter((stack) => stack.account === account && stack.region === region);
    const stacks = there.map(({ name, description, status, integrations }) => ({
      ...{ name, description, status },
      outputs: integrations.map((each) => JSON.stringify(each.setup)),
    }));
    return { account, region, stacks };
  };

  /** All that matters, to be compared. */
  get state(): unknown {
    const byKey = <T>(map: ReadonlyMap<string, T>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
    return JSON.parse(JSON.stringify({ stacks: byKey(this.stacks), buckets: byKey(this.buckets) }));
  }

  /** The same account, to go on with. */
  copy(): FakeCloud {
    const copy = new FakeCloud(this.account, this.region);
    for (const [key, stack] of this.stacks) copy.stacks.set(key, stack);
    for (const [key, bucket] of this.buckets) copy.buckets.set(key, bucket);
    return copy;
  }

  private cdk(verb: string, words: readonly string[]): number {
    const given = (option: string) => words[words.indexOf(option) + 1] ?? '';
    const all = words.includes('--app') ? readAssembly(given('--app')) : this.synthesize(words);
    if (!all) return 1;
    if (verb === 'synth') {
      writeFileSync(join(given('--output'), 'assembly.json'), JSON.stringify([...all]));
      return 0;
    }
    const ids = words.slice(
      0,
      words.findIndex((word) => word.startsWith('--')),
    );
    const chosen = words.includes('--all') ? [...all.keys()] : ids.filter((id) => !id.startsWith('IdentityProviders'));
    for (const id of chosen) {
      const stack = all.get(id);
      if (!stack) return 1;
      if (verb === 'deploy' ? !this.deploy(stack) : !this.destroy(stack)) return 1;
      this.step(`${verb} of ${stack.name}`);
    }
    if (words.includes('--outputs-file')) writeFileSync(given('--outputs-file'), '{}');
    return 0;
  }

  private synthesize(words: readonly string[]): Map<string, Stack> | undefined {
    const context = (key: string) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
    const dir = context('integrations') ?? '';
    readdirSync(dir);
    const { deployment, failed } = load(dir, { clients: context('clients')?.split(',') });
    if (failed) return undefined;
    return new Map(deployment.clients.flatMap((client) => partsOf(client).map((part) => this.stackOf(client, part))));
  }

  private stackOf(client: Client, part: number | undefined): [string, Stack] {
    const { account = this.account, region = this.region, bucket } = client;
    const isOwn = part === undefined;
    return [
      stackId(client.name, part),
      {
        ...{ name: stackName(client.name, part), account, region, status: 'CREATE_COMPLETE' },
        description: stackDescription(client.name, part),
        integrations: client.integrations
          .filter(({ stackPart }) => stackPart === part)
          .map((each) => {
            const { name, kind, status, prefix } = each;
            return { ...each, setup: { integration: name, kind, status, bucket: bucketOf(client, each).name, prefix } };
          }),
        bucket: isOwn && !bucket.existing ? bucket.name : undefined,
        grants: isOwn ? client.integrations.flatMap(({ kind, name }) => (kind === 'direct-trust' ? [name] : [])) : [],
      },
    ];
  }

  private deploy(stack: Stack): boolean {
    const key = keyOf(stack);
    const there = stack.bucket === undefined ? undefined : this.buckets.get(stack.bucket);
    if (there && !('stack' in there && there.stack === key)) return false;
    const was = this.stacks.get(key);
    if (was && !/_COMPLETE$/.test(was.status)) return false;
    this.stacks.set(key, was ? { ...stack, status: 'UPDATE_COMPLETE' } : stack);
    if (stack.bucket !== undefined) this.buckets.set(stack.bucket, { stack: key });
    return true;
  }

  private destroy(stack: Stack): boolean {
    const key = keyOf(stack);
    const was = this.stacks.get(key);
    // A part imports from its client's own stack.
    if (was?.bucket !== undefined && [...this.stacks.keys()].some((other) => other.startsWith(`${key}-Part`)))
      return false;
    this.stacks.delete(key);
    if (was?.bucket !== undefined)
      this.buckets.set(was.bucket, { policy: was.grants.length === 0 ? 'TlsOnly' : 'none' });
    return true;
  }
}

function keyOf({ account, region, name }: Stack): string {
  return `${account}/${region}/${name}`;
}

function readAssembly(folder: string): Map<string, Stack> {
  return new Map(JSON.parse(readFileSync(join(folder, 'assembly.json'), 'utf8')));
}
