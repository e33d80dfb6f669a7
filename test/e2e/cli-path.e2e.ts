/**
 * The CDK's own command against moto's CloudFormation: that definitions get as far as an account, that nothing happens
 * where nothing has changed, and that a change arrives. What moto loses on the way is found by comparing, and printed.
 */
import { type Found, typesOfMoto } from './cli/cloud';
import { RESOURCE, type Row, Verdict, verdictTable } from './cli/compare';
import { EVERY_KIND, EXAMPLES, LATER, RESUMED } from './cli/definitions';
import type { Ended } from './cli/ended';
import type { Call } from './cli/recorder';
import { Walk } from './cli/walk';

// The CDK CLI starts slowly, the more so where other suites run beside it.
jest.setTimeout(300_000);

/** Calls that change nothing; of S3, by HTTP's own words. */
const READS = /^(?:GET|HEAD|AssumeRole$|(?:Get|Describe|List)[A-Z])/;

/** moto takes the value that the toolkit's version had before for the name of an SSM parameter, and fails. */
const UPDATE = ['--no-previous-parameters'];

const FROM_FILE = ['--outputs', 'outputs.json'];
const FROM_STACK = ['--from-stack'];

const made = typesOfMoto();
const show = (rows: readonly Row[]) => process.stdout.write(`\n${verdictTable(rows)}\n`);
const wrong = (rows: readonly Row[]) => rows.filter(({ verdict }) => verdict === Verdict.WRONG);

/** Resources that are not there though moto makes such, and did not fail at their stack. */
function lost(rows: readonly Row[], calls: readonly Call[]): Row[] {
  const failed = calls.filter(({ status }) => status >= 500).map(({ stack }) => stack);
  return rows.filter(
    ({ property, type, verdict, stack }) =>
      property === RESOURCE && verdict !== Verdict.ARRIVED && made.has(type) && !failed.includes(stack),
  );
}

/** The stacks of which the CLI says that it deployed them, or that there was nothing to do. */
function said(ended: Ended): { readonly deployed: string[]; readonly unchanged: string[] } {
  const lines = [...ended.out.matchAll(/✅ +\S+ \((\S+)\)( \(no changes\))?/g)];
  const names = (unchanged: boolean) =>
    lines.filter(([, , no]) => (no !== undefined) === unchanged).map(([, name = '']) => name);
  return { deployed: names(false).sort(), unchanged: names(true).sort() };
}

describe('integrations of every kind', () => {
  let walk: Walk;
  const providers = () => `integrations-IdentityProviders-${walk.cloud.account}`;
  const stacks = () => [providers(), 'integrations-cert', 'integrations-walk'];

  beforeAll(async () => {
    walk = await Walk.begin(EVERY_KIND);
  });
  afterAll(() => walk?.end());

  test('arrive with cdk deploy --all, named as the definitions say', async () => {
    const { ended, calls, rows } = await walk.deploy('integrations of every kind', '--all');
    show(rows);
    expect(said(ended)).toEqual({ deployed: stacks(), unchanged: [] });
    expect(
      Object.entries(walk.found)
        .map(([name, { stack }]) => [name, stack.status])
        .sort(),
    ).toEqual(stacks().map((name) => [name, 'CREATE_COMPLETE']));
    expect(await walk.names()).toMatchObject({
      asked: { roles: ['cert_cert', 'walk_gone', 'walk_role', 'walk_token'], users: ['walk_user'] },
      there: { roles: ['cert_cert', 'walk_gone', 'walk_role', 'walk_token'], users: ['walk_user'] },
    });
    expect(wrong(rows)).toEqual([]);
    expect(lost(rows, calls)).toEqual([]);
    // Were these lost too, nothing here would mean anything.
    const arrived = rows.filter(({ verdict }) => verdict === Verdict.ARRIVED);
    expect(arrived.map(({ id, property }) => `${id.replace(/[0-9A-F]{8}$/, '')} ${property}`)).toEqual(
      expect.arrayContaining([
        'roleRole AssumeRolePolicyDocument',
        'roleRole Policies',
        'roleRole MaxSessionDuration',
        'tokenRole AssumeRolePolicyDocument',
        'certRole AssumeRolePolicyDocument',
        'userUser UserName',
        'userKeyA Status',
        'Bucket BucketName',
        'BucketKey KeyPolicy',
      ]),
    );
  });

  test('stay as they are when they are deployed again', async () => {
    const before = walk.found;
    const { ended, calls } = await walk.deploy('nothing new', '--all');
    expect(said(ended)).toEqual({ deployed: [], unchanged: stacks() });
    // The CLI clears its last change set away, whether there is one or not.
    const changing = calls.filter(({ action }) => !READS.test(action) && action !== 'DeleteChangeSet');
    expect(changing).toEqual([]);
    expect(calls.length).toBeGreaterThan(10);
    expect(walk.found).toEqual(before);
  });

  test('change with an update, which touches no other stack', async () => {
    walk.deployment.define(LATER);
    const { ended, calls, rows } = await walk.deploy('an update', '--all', ...UPDATE);
    show(rows);
    expect(said(ended)).toEqual({
      deployed: ['integrations-walk'],
      unchanged: [providers(), 'integrations-cert'],
    });
    const changing = calls.filter(
      ({ service, action }) =>
        service === 'cloudformation' && /^(?:ExecuteChangeSet|CreateStack|UpdateStack)$/.test(action),
    );
    expect(changing.map(({ action, stack }) => `${action} ${stack}`)).toEqual(['ExecuteChangeSet integrations-walk']);
    expect(walk.found['integrations-walk']?.stack.status).toBe('UPDATE_COMPLETE');
    expect(await walk.names()).toMatchObject({
      asked: { roles: ['cert_cert', 'walk_came', 'walk_role', 'walk_token'], users: ['walk_user'] },
      there: { roles: ['cert_cert', 'walk_came', 'walk_role', 'walk_token'], users: ['walk_user'] },
    });
    expect(wrong(rows)).toEqual([]);
    expect(lost(rows, calls)).toEqual([]);
  });

  test('put out what the hand-off tells, in a file and from the stack', async () => {
    // moto forgets the outputs of change sets, not those of the CLI's other method.
    walk.deployment.define(RESUMED);
    const { rows } = await walk.deploy('the outputs', 'walk', '--exclusively', '--method', 'direct', ...UPDATE);
    expect(wrong(rows)).toEqual([]);
    const { outputsAsked, stack } = walk.found['integrations-walk'] as Found;
    expect(Object.keys(stack.outputs)).toHaveLength(5);
    expect(stack.outputs).toEqual(outputsAsked);
    expect(walk.deployment.outputs()).toEqual({ 'integrations-walk': stack.outputs });
    const setups = Object.values(stack.outputs).map((value) => JSON.parse(value));
    for (const name of ['walk_role', 'walk_came']) {
      for (const source of [FROM_FILE, FROM_STACK]) {
        const { exit, out, err } = await walk.deployment.command('handoff', name, '--format', 'json', ...source);
        expect({ exit, err }).toEqual({ exit: 0, err: '' });
        const setup = setups.find(({ integration }) => integration === name);
        expect(JSON.parse(out)).toMatchObject({ deployed: true, ...setup });
      }
    }
  });

  test('that are not deployed yet have no hand-off, which is said', async () => {
    walk.deployment.define({ ...RESUMED, 'walk/next.yaml': RESUMED['walk/came.yaml'] ?? '' });
    const failed = (err: string) => ({ exit: 1, out: '', err: `error[missing-output]: ${err}\n` });
    expect(await walk.deployment.command('handoff', 'walk_next', ...FROM_STACK)).toEqual(
      failed('the stack integrations-walk has no outputs for walk_next; deploy it first: npx cdk deploy walk'),
    );
    // Deployed, but not by the deployment that wrote the file.
    expect(await walk.deployment.command('handoff', 'cert_cert', ...FROM_FILE)).toEqual(
      failed('outputs.json has no outputs for cert_cert; make it with npx cdk deploy cert --outputs-file outputs.json'),
    );
  });
});

describe('the examples of this repository', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.begin(EXAMPLES);
  });
  afterAll(() => walk?.end());

  test('arrive with cdk deploy --all, as far as moto does not fail', async () => {
    const { ended, calls, rows } = await walk.deploy('the examples', '--all');
    show(rows);
    const failed = calls.filter(({ status }) => status >= 500);
    for (const { action, stack, status } of failed) {
      process.stdout.write(`e2e: moto failed (${status}) at ${action} of ${stack}\n`);
    }
    expect(said(ended).deployed).toEqual(Object.keys(walk.found).sort());
    expect(wrong(rows)).toEqual([]);
    expect(lost(rows, calls)).toEqual([]);
    expect(failed.map(({ stack }) => stack)).not.toContain('integrations-kohler');
    const { there } = await walk.names();
    expect(there.roles).toEqual(expect.arrayContaining(['acme_braze', 'acme_snowflake', 'kohler_reltio']));
    expect(there.users).toEqual(['kohler_adobe']);
  });
});
