import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { reach } from '../../lib/access';
import { ONLY_WHERE_SEEN, TAKES_OVER } from '../../lib/access/takeover-table';
import { HOME, pathText, type WorldFile, worldOf } from './world-file';

type Pair = readonly [string, string];

/** Actions on what runs as roles that trust a service. */
interface Rights {
  readonly as: string;
  readonly source: string;
  readonly by: readonly string[];
}

interface Escalations {
  readonly passes: readonly Pair[];
  readonly passesNot: readonly Pair[];
  readonly takesOver: readonly Rights[];
  readonly starts: readonly (Rights & { readonly what: string })[];
  readonly rewrites: readonly string[];
  readonly rewritesNot: readonly string[];
  readonly touches: readonly Pair[];
  readonly touchesNot: readonly string[];
}

const ALL: Escalations = parse(readFileSync(join(__dirname, 'escalations.yaml'), 'utf8'));

function found(file: WorldFile): string[] {
  const { world, targets } = worldOf(file);
  return reach(world, targets).map((path) => pathText(path, world));
}

/** What a role that strangers assume reaches by some rights, in an account of which all is known. */
function reached(allows: readonly string[], service = 'lambda.amazonaws.com', whole = [HOME]): string[] {
  const reader = { trust: [`Service ${service}`], allows: ['s3:GetObject arn:aws:s3:::client/*'] };
  return found({ whole, roles: { app: { trust: ['AWS 666677778888'], allows }, reader } });
}

const passing = ([service, action]: Pair) => reached(['iam:PassRole *', `${action} arn:aws:x:::y`], service);
const PASSED = 'trusted app > passes reader > holds: bucket';

test.each(ALL.passes)('a role passed to %s by %s', (...pair) => {
  expect(passing(pair)).toContain(PASSED);
});

test.each(ALL.passesNot)('no role passed to %s by %s', (...pair) => {
  expect(passing(pair)).not.toContain(PASSED);
});

const pairsOf = (all: readonly Rights[]) => all.flatMap(({ as, by }) => by.map((action) => [as, action] as const));

test.each(pairsOf(ALL.takesOver))('what runs as a role of %s, by %s', (service, action) => {
  expect(reached([`${action} *`], service)).toEqual(['trusted app > takes-over reader > holds: bucket']);
  expect(reached([`${action} *`], 'other.amazonaws.com')).toEqual([]);
});

test.each(pairsOf(ALL.starts))('nothing as a role of %s, by %s', (service, action) => {
  expect(reached([`${action} *`], service, [])).toEqual([]);
});

test('no right is in both lists, and each row of the table is in one', () => {
  const [over, starts] = [ALL.takesOver, ALL.starts].map((all) => all.flatMap(({ by }) => by));
  expect(over?.filter((action) => starts?.includes(action))).toEqual([]);
  const rows = new Set(ALL.takesOver.map(({ as }) => as.replace(/(?:\.eu-west-1)?\.amazonaws\.com$/, '')));
  const trusting = ['rolesanywhere', 'credentials.iot', 'ssm'];
  expect([...TAKES_OVER.keys()].filter((row) => !rows.has(row) && !ONLY_WHERE_SEEN.has(row))).toEqual(trusting);
});

test.each(ALL.rewrites)('everything in the account by %s', (action) => {
  expect(reached([`${action} *`])).toEqual(['trusted app > rewrites: bucket, key, secret']);
  expect(reached([`${action} arn:aws:s3:::client`])).toEqual([]);
});

test.each(ALL.rewritesNot)('nothing by %s', (action) => {
  expect(reached([`${action} *`])).toEqual([]);
});

test.each(ALL.touches)('the %s by %s', (kind, action) => {
  const own = reached([`${action} *`]).filter((path) => path.startsWith('trusted app > holds: '));
  expect(own.join()).toContain(kind);
});

test.each(ALL.touchesNot)('no bucket, key or secret by %s', (action) => {
  expect(reached([`${action} *`])).toEqual([]);
});

test('a role that nothing shows may be passed to a service that nobody listed, if it is asked to do something', () => {
  const unseen = (action: string) => reached(['iam:PassRole *', `${action} *`], 'lambda.amazonaws.com', []);
  expect(unseen('newservice:Begin')).toEqual(['trusted app > unseen: bucket, key, secret']);
  expect(unseen('ec2:RunInstances')).toEqual(['trusted app > unseen: bucket, key, secret']);
  for (const action of [
    'newservice:ListThings',
    'sqs:SendMessage',
    'SQS:*',
    'ec2:StartInstances',
    'lambda:InvokeFunction',
  ]) {
    expect([action, unseen(action)]).toEqual([action, []]);
  }
});
