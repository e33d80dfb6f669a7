import * as fc from 'fast-check';
import { type Holder, hopsOf, reach, type World } from '../../lib/access';
import { runs } from '../support/share';
import { BUCKET, HOME, KEY, SECRET, type WorldFile, worldOf } from './world-file';

type Statement = string | object;

interface Somebody {
  readonly kind: 'role' | 'user' | 'group';
  readonly trust: Statement[];
  readonly allows: Statement[];
  readonly groups: string[];
  keys?: boolean;
}

const somebody = (kind: Somebody['kind']): Somebody => ({ kind, trust: [], allows: [], groups: [] });
const iam = (kind: string, name: string) => `arn:aws:iam::${HOME}:${kind}/${name}`;

/** Spellings of an ARN or a name that may all mean it: as it is, and with pieces that are not known. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(HOME, '{{?}}'),
  (text) => text.replace('arn:aws:', 'arn:{{aws|aws-cn}}:'),
  (text) => `{{other|${text}}}`,
  (text) => text.slice(0, -1).concat('{{?}}'),
];
const WILD: readonly ((text: string) => string)[] = [
  ...SPELLINGS,
  (text) => `${text.slice(0, -2)}*`,
  (text) => text.replace(HOME, '*'),
  (text) => `${text.slice(0, -1)}?`,
  (text) => text.replace(HOME, '$'.concat('{aws:PrincipalAccount}')),
  () => '*',
];

const allow = (Action: string | string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const trusts = (principal: unknown, Action: unknown = 'sts:AssumeRole', Condition?: object) => ({
  Effect: 'Allow',
  Principal: principal,
  Action,
  ...(Condition && { Condition }),
});

/** Ways from outside into somebody. */
const ENTRANCES: Readonly<Record<string, (into: Somebody) => void>> = {
  account: ({ trust }) => trust.push(trusts({ AWS: '666677778888' })),
  everybody: ({ trust }) =>
    trust.push(trusts('*', 'sts:*', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ours' } })),
  'all but one': ({ trust }) => trust.push({ Effect: 'Allow', NotPrincipal: { AWS: HOME }, Action: 'sts:AssumeRole' }),
  'a role of theirs': ({ trust }) => trust.push(trusts({ AWS: [HOME, 'arn:aws:sts::666677778888:assumed-role/x/y'] })),
  token: ({ trust }) =>
    trust.push(trusts({ Federated: iam('oidc-provider', 'x.example.com') }, 'sts:AssumeRoleWithWebIdentity')),
  certificate: ({ trust }) =>
    trust.push(trusts({ Service: 'rolesanywhere.amazonaws.com' }, ['sts:AssumeRole', 'sts:TagSession'])),
  unknown: ({ trust }) => trust.push(trusts({ AWS: '{{?}}' })),
  'by a condition': ({ trust }) => trust.push({ $choice: [trusts({ AWS: HOME }), trusts({ CanonicalUser: 'abc' })] }),
  malformed: ({ trust }) => trust.push({ Effect: 'Allow', Principal: { AWS: HOME } }),
};

/** Ways from one to the next: what is written in either. */
const LINKS: Readonly<
  Record<
    string,
    (
      from: Somebody,
      name: string,
      into: Somebody,
      intoName: string,
      spell: (texts: readonly ((text: string) => string)[]) => (text: string) => string,
    ) => void
  >
> = {
  named: (from, name, { trust }, _, spell) =>
    trust.push(trusts({ AWS: from.kind === 'group' ? HOME : spell(SPELLINGS)(iam(from.kind, name)) })),
  session: (_, name, { trust }, __, spell) =>
    trust.push(trusts({ AWS: spell(SPELLINGS)(`arn:aws:sts::${HOME}:assumed-role/${name.toUpperCase()}/session`) })),
  condition: (from, name, { trust }, _, spell) =>
    trust.push(
      trusts('*', 'sts:AssumeRole', {
        ArnLike: { 'aws:PrincipalArn': spell([(t) => t, (t) => `${t.slice(0, -2)}*`])(iam(from.kind, name)) },
      }),
    ),
  organization: (_, __, { trust }) =>
    trust.push(trusts('*', 'sts:AssumeRole', { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } })),
  account: (from, _, { trust, kind }, name, spell) => {
    trust.push(trusts({ AWS: `arn:aws:iam::${HOME}:root` }));
    from.allows.push(allow('sts:Assume*', spell(WILD)(iam(kind, name))));
  },
  trust: (from, _, { kind }, name, spell) =>
    from.allows.push(allow('iam:UpdateAssumeRolePolicy', spell(WILD)(iam(kind, name)))),
  passes: (from, _, { trust, kind }, name, spell) => {
    trust.push(trusts({ Service: 'glue.amazonaws.com' }));
    from.allows.push(allow('iam:PassRole', spell(WILD)(iam(kind, name))), allow('GLUE:create*', '*'));
  },
  'takes over': (from, _, { trust }) => {
    trust.push(trusts({ Service: 'codebuild.amazonaws.com' }));
    from.allows.push(allow('codebuild:StartBuild', '*'));
  },
};

const ENDS: Readonly<
  Record<
    string,
    (last: Somebody, spell: (texts: readonly ((text: string) => string)[]) => (text: string) => string) => void
  >
> = {
  object: ({ allows }, spell) => allows.push(allow('s3:GetObject', spell(WILD)(`${BUCKET}/a/b`))),
  list: ({ allows }, spell) => allows.push(allow('s3:List*', spell(WILD)(BUCKET))),
  guard: ({ allows }) => allows.push(allow('s3:Put*Policy', BUCKET)),
  'all but': ({ allows }) => allows.push({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::other' }),
  key: ({ allows }, spell) => allows.push(allow(['kms:Decrypt', 'kms:DescribeKey'], spell(WILD)(KEY))),
  secret: ({ allows }) => allows.push(allow('secretsmanager:Get*', `${SECRET}-??????`)),
  unknown: ({ allows }) => allows.push(allow('{{?}}', '{{?}}')),
  malformed: ({ allows }) => allows.push({ Effect: 'Allow', Resource: '*' }),
  policies: ({ allows }) => allows.push(allow('iam:Attach*', '*')),
};

/** What everyday apps have, and what lets nobody in. */
const HARMLESS: readonly ((each: Somebody) => void)[] = [
  ({ trust }) => trust.push(trusts({ Service: 'lambda.amazonaws.com' })),
  ({ trust }) => trust.push(trusts({ AWS: HOME })),
  ({ trust }) => trust.push(trusts({ AWS: '666677778888' }, 'sts:TagSession')),
  ({ trust }) => trust.push(trusts('*', 'sts:AssumeRole', { StringEquals: { 'aws:PrincipalAccount': HOME } })),
  ({ allows }) => allows.push(allow('s3:*', '*'), allow('iam:*', '*'), allow('sts:AssumeRole', '*')),
  ({ allows }) => allows.push(allow('s3:GetObject', 'arn:aws:s3:::elsewhere/*')),
];

function fileOf(all: ReadonlyMap<string, Somebody>): WorldFile {
  const of = (kind: string) => Object.fromEntries([...all].filter(([, each]) => each.kind === kind));
  return { roles: of('role'), users: of('user'), groups: of('group') };
}

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 30 });

/** Takes one after the other of some numbers, for choices. */
function chooser(numbers: readonly number[]): <T>(all: readonly T[]) => T {
  let at = 0;
  return (all) => {
    const pick = all[(numbers[at % numbers.length] ?? 0) % all.length];
    at += 1;
    if (pick === undefined) throw new Error('nothing to choose from');
    return pick;
  };
}

const noise = fc.array(
  fc.tuple(
    fc.constantFrom('role', 'role', 'user' as const),
    fc.array(fc.nat({ max: HARMLESS.length - 1 }), { maxLength: 3 }),
  ),
  { maxLength: 8 },
);

function withNoise(all: Map<string, Somebody>, given: readonly (readonly [string, readonly number[]])[]): void {
  given.forEach(([kind, harmless], at) => {
    const each = somebody(kind === 'user' ? 'user' : 'role');
    for (const which of harmless) HARMLESS[which]?.(each);
    all.set(`noise${at}`, each);
  });
}

test('a random leak behind a random chain of spellings is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), picks, noise, (length, numbers, others) => {
      const choose = chooser(numbers);
      const spell = (texts: readonly ((text: string) => string)[]) => choose(texts);
      const all = new Map<string, Somebody>();
      withNoise(all, others);
      let [name, from] = ['chain-start', somebody('role')];
      all.set(name, from);
      const entrance = choose(Object.keys(ENTRANCES));
      ENTRANCES[entrance]?.(from);
      const links: string[] = [];
      for (let at = 1; at < length; at += 1) {
        const [intoName, into] = [`link-number-${at}`, somebody('role')];
        all.set(intoName, into);
        const link = choose(Object.keys(LINKS));
        LINKS[link]?.(from, name, into, intoName, spell);
        links.push(link);
        [name, from] = [intoName, into];
      }
      const end = choose(Object.keys(ENDS));
      ENDS[end]?.(from, spell);
      const { world, targets } = worldOf(fileOf(all));
      const paths = reach(world, targets);
      const lasts = paths.filter(
        ({ last }) => last.place.id === name && (last.how === 'holds' || last.how === 'rewrites'),
      );
      expect([entrance, links, end, lasts.length > 0]).toEqual([entrance, links, end, true]);
      for (const path of paths)
        expect(hopsOf(path).every(({ before }, at) => (before === undefined) === (at === 0))).toBe(true);
    }),
    { numRuns: runs(500) },
  );
});

test('a random world that no outsider can enter has no path', () => {
  fc.assert(
    fc.property(noise, fc.integer({ min: 1, max: 6 }), picks, (others, length, numbers) => {
      const choose = chooser(numbers);
      const all = new Map<string, Somebody>();
      withNoise(all, others);
      let [name, from] = ['chain-start', somebody('role')];
      all.set(name, from);
      for (let at = 1; at < length; at += 1) {
        const [intoName, into] = [`link-number-${at}`, somebody('role')];
        all.set(intoName, into);
        const link = choose(Object.keys(LINKS).filter((each) => each !== 'named' && each !== 'session'));
        LINKS[link]?.(from, name, into, intoName, (texts) => choose(texts));
        [name, from] = [intoName, into];
      }
      ENDS[choose(Object.keys(ENDS))]?.(from, ([first = (text: string) => text]) => first);
      const { world, targets } = worldOf(fileOf(all));
      expect(reach(world, targets)).toEqual([]);
    }),
    { numRuns: runs(300) },
  );
});

test('ten times the roles take about ten times as long', () => {
  const world = (count: number): World => {
    const holders = Array.from({ length: count }, (_, at) => {
      const file: WorldFile = {
        roles: {
          [`role${at}`]: {
            trust: ['AWS 666677778888', `AWS arn:aws:iam::${HOME}:role/role${at + 1}`],
            allows: [`s3:GetObject ${BUCKET}/${at}/*`, `sts:AssumeRole ${iam('role', `role${at}`)}`],
          },
        },
      };
      return worldOf(file).world.holders[0] as Holder;
    });
    return { ours: { accounts: [[HOME]] }, holders, doors: [] };
  };
  const took = (count: number) => {
    const made = world(count);
    const before = performance.now();
    expect(reach(made, worldOf({}).targets).length).toBe(count);
    return performance.now() - before;
  };
  took(300);
  expect(took(3000)).toBeLessThan(30 * Math.max(took(300), 20));
});
