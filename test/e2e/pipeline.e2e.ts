/**
 * A user's whole path: the very commands of docs/first-integration.md, typed in a clean clone, with real git and the real
 * CDK CLI against moto's CloudFormation. What arrives is judged with AWS's own rules, since moto judges nothing.
 */
import { Judge } from '../support/judge';
import type { Template } from '../support/synth';
import { Cloud, WITHOUT_CHANGE_SETS } from './cli/cloud';
import type { Ended } from './cli/ended';
import type { Call } from './cli/recorder';
import { timed } from './cli/walk';
import { Clone } from './pipeline/clone';
import { Page } from './pipeline/page';

jest.setTimeout(300_000);

const page = new Page('first-integration.md');
// The first hour has a test of its own.
const [, first = [], next = []] = page.commands;
const [shown = ''] = page.outputs;

let cloud: Cloud;
let clone: Clone;

beforeAll(async () => {
  cloud = await Cloud.open();
  clone = new Clone({ ...cloud.environment, ...WITHOUT_CHANGE_SETS });
});

afterAll(async () => {
  clone?.remove();
  await cloud?.close();
});

interface Typed extends Ended {
  readonly line: string;
  /** The stacks that were made, changed or deleted. */
  readonly touched: readonly string[];
}

/** Types commands one after the other, each of which must do what it is there for. */
async function type(lines: readonly string[]): Promise<(word: string) => Typed> {
  const typed: Typed[] = [];
  for (const line of lines) {
    if (line === 'npm ci') {
      // .ci/run does that for real, in a clean clone.
      clone.link();
      continue;
    }
    const { result, calls } = await cloud.recorder.during(() => timed(line.slice(0, 60), () => clone.type(line)));
    if (result.exit !== 0) throw new Error(`${line} ended with ${result.exit}:\n${result.out}${result.err}`);
    typed.push({ ...result, line, touched: touched(calls) });
  }
  return (word) => {
    const found = typed.find(({ line }) => line.startsWith(`npx bucket-integrations ${word}`));
    if (!found) throw new Error(`the page has no ${word}`);
    return found;
  };
}

const CHANGING = /^(?:Create|Update|Delete)Stack$/;

function touched(calls: readonly Call[]): string[] {
  return calls.filter(({ action }) => CHANGING.test(action)).map(({ action, stack }) => `${action} ${stack}`);
}

/** AWS's judgment of a role, with the policies that arrived. */
async function judgeOf(RoleName: string): Promise<Judge> {
  const Properties = await cloud.arrived.properties({ id: 'Role', type: 'AWS::IAM::Role', properties: { RoleName } });
  return new Judge({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties } } } as unknown as Template);
}

/** The roles that are there, but for those of the toolkit that deploys. */
async function roles(): Promise<string[]> {
  return (await cloud.arrived.names()).roles.filter((name) => !name.startsWith('cdk-'));
}

describe('the page', () => {
  test('needs ten commands, one a line', () => {
    expect(first).toHaveLength(10);
    expect([...first, ...next].filter((line) => /&&|;|\|/.test(line))).toEqual([]);
  });
});

describe('the first integration', () => {
  let of: Awaited<ReturnType<typeof type>>;
  beforeAll(async () => {
    clone.write(page.files);
    of = await type(first);
  });

  test('is written, with the reason for its kind', () => {
    expect(of('new').out).toContain('kind: assumed-role\nIt is the safest kind that the vendor can use.');
    expect(clone.read('integrations/umbrella/billing-tool.yaml')).toContain('access: [list, read]');
  });

  test('is told by diff in the words that the page shows, and nothing else is', () => {
    const [verdict, ...rest] = of('diff').out.split('\n\n');
    expect(verdict).toMatch(/^1 grows, 1 neutral since main \([0-9a-f]{7}\)$/);
    expect(rest.join('\n\n').trimEnd()).toBe(shown.trimEnd());
    expect(of('diff').touched).toEqual([]);
  });

  test('is merged where it is pushed to', () => {
    expect(clone.git('ls-remote', 'origin', 'main')).toContain(clone.git('rev-parse', 'HEAD'));
    expect(clone.git('status', '--porcelain')).toBe('');
  });

  test('is deployed, and no other client', async () => {
    expect(of('deploy').touched).toEqual(['CreateStack integrations-umbrella']);
    expect(await roles()).toEqual(['umbrella_billing-tool']);
    for (const name of ['acme', 'globex', 'kohler']) {
      await expect(cloud.arrived.stack(`integrations-${name}`)).rejects.toThrow(/does not exist/);
    }
  });

  test('has a hand-off with which the vendor gets in, and only there', async () => {
    const handoff = JSON.parse(clone.read('handoffs/umbrella_billing-tool.json'));
    const { roleArn, externalId, bucket, prefix } = handoff;
    expect(handoff).toMatchObject({
      deployed: true,
      roleArn: `arn:aws:iam::${cloud.account}:role/umbrella_billing-tool`,
      bucket: 'our-company-integrations-umbrella',
      prefix: 'billing-tool/',
    });
    // A value may break between its parts, and nowhere else.
    const html = clone.read('handoffs/umbrella_billing-tool.html').replaceAll('<wbr>', '');
    for (const value of [roleArn, externalId, bucket, prefix]) expect(html).toContain(value);

    const role = roleArn.split('/').at(-1);
    const judge = await judgeOf(role);
    const vendor = 'arn:aws:iam::111122223333:role/billing';
    const known = { 'sts:ExternalId': externalId };
    expect(await judge.mayAssume(role, vendor, known)).toBe(true);
    expect(await judge.mayAssume(role, vendor, { 'sts:ExternalId': `${externalId}0` })).toBe(false);
    expect(await judge.mayAssume(role, vendor)).toBe(false);
    expect(await judge.mayAssume(role, 'arn:aws:iam::111122223333:role/other', known)).toBe(false);

    const object = (action: string, key: string) =>
      judge.may({ role }, { action, resource: `arn:aws:s3:::${bucket}/${key}` });
    const list = (under: string) =>
      judge.may(
        { role },
        { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: { 's3:prefix': under } },
      );
    expect(await object('s3:GetObject', `${prefix}invoices.csv`)).toBe(true);
    expect(await list(prefix)).toBe(true);
    expect(await object('s3:PutObject', `${prefix}invoices.csv`)).toBe(false);
    expect(await object('s3:GetObject', `${prefix.slice(0, -1)}2/invoices.csv`)).toBe(false);
    expect(await list('')).toBe(false);
  });
});

describe('the next one', () => {
  let of: Awaited<ReturnType<typeof type>>;
  beforeAll(async () => {
    of = await type(next);
  });

  test('is all that changed, although hand-offs lie about', () => {
    expect(of('diff').out).toContain('+ initech_reltio is new');
    expect(of('diff').out).not.toContain('umbrella_');
    expect(of('changed').out).toMatch(/^STACK +WHY\nintegrations-initech +a new client\n$/);
  });

  test('is deployed alone', async () => {
    expect(of('deploy').touched).toEqual(['CreateStack integrations-initech']);
    expect(of('deploy').err).toMatch(/^npx cdk deploy initech --context \S+ --context clients=initech /);
    expect(await roles()).toEqual(['initech_reltio', 'umbrella_billing-tool']);
  });

  test('has a hand-off in the words of the vendor, from what is deployed', () => {
    const { out, err } = of('handoff');
    expect(err).toBe('');
    expect(out).toContain('s3Path');
    expect(out).toContain(`arn:aws:iam::${cloud.account}:role/initech_reltio`);
    expect(out).not.toContain('umbrella');
  });
});

test('where nothing was merged since, nothing is deployed, and AWS is only asked which stacks there are', async () => {
  const { result, calls } = await cloud.recorder.during(() => clone.type('npx bucket-integrations deploy --base HEAD'));
  expect([result.exit, result.err]).toEqual([0, expect.stringContaining('nothing to deploy since HEAD')]);
  expect(new Set(calls.map(({ action }) => action))).toEqual(new Set(['GetCallerIdentity', 'DescribeStacks']));
});

test('what the definitions may not say is deployed by nobody', async () => {
  clone.write({
    'integrations/initech/nested.yaml': `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/nested]
externalId: 7f3c9a52-2f0e
prefix: reltio/nested/
`,
  });
  const { result, calls } = await cloud.recorder.during(() => clone.type('npx bucket-integrations deploy --base HEAD'));
  expect(result.exit).toBe(1);
  expect(result.err).toMatch(/initech\/\w+\.yaml:\d+:\d+: error\[overlapping-prefix\]/);
  expect(calls).toEqual([]);
});
