/**
 * What the confinement checks and the simulation of AWS's decisions say of each sabotage. Run, it writes
 * docs/sabotages.md; with --check, it fails where that is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import type { Template } from '../support/synth';
import { FAMILIES, type Family } from './families';
import { writeFindings } from './findings';
import { NOT_JUDGED } from './not-judged';
import { ANCHOR, SABOTAGES, type Sabotage, STRANGER, USER } from './sabotages';
import { found, subject } from './subject';

/** What is said of one sabotage. */
export interface Verdict {
  readonly sabotage: Sabotage;
  /** Rules of the confinement checks that it breaks. */
  readonly caught: readonly string[];
  /** Something that was denied and is allowed now; undefined where the simulator cannot judge. */
  readonly leak?: string | false;
}

/** Sabotages, each judged twice. */
export async function verdicts(sabotages: readonly Sabotage[] = SABOTAGES): Promise<Verdict[]> {
  const template = subject();
  const before = deployed(template);
  const denied = await deniedBy(before);
  const all: Verdict[] = [];
  for (const sabotage of sabotages) {
    const sabotaged = sabotage.apply(template);
    const caught = [...new Set(found(sabotaged).map(({ rule }) => rule))];
    const leak = sabotage.simulated ? await firstAllowed(before, deployed(sabotaged), denied) : undefined;
    all.push({ sabotage, caught, leak });
  }
  return all;
}

interface Question {
  readonly text: string;
  /** Roles and users by name, and types of resources, on which alone the answer depends. */
  readonly of: readonly string[];
  readonly ask: (judge: Judge) => Promise<boolean>;
}

type Context = Readonly<Record<string, string>>;

const LATE = { 'aws:CurrentTime': '2027-06-01T00:00:00Z' };
const PLAIN = { 'aws:SecureTransport': 'false' };
const VIA = { 'kms:ViaService': `s3.${HOME.region}.amazonaws.com` };
const ISSUER = 'login.example.com/tenant';
const PROVIDER = `arn:aws:iam::${HOME.account}:oidc-provider/${ISSUER}`;
const BUCKET = 'arn:aws:s3:::integrations-kohler';
const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;
const OTHER = `arn:aws:iam::${STRANGER}:user/stranger`;

/** A caller, where it may act, and with what it must come. */
interface Actor {
  readonly text: string;
  readonly caller: Caller;
  readonly prefix: string;
  readonly context?: Context;
}

const ACTORS: readonly Actor[] = [
  { text: 'role', caller: { role: 'kohler_role' }, prefix: 'role', context: { 'aws:SourceIp': '203.0.113.9' } },
  { text: 'trust', caller: { outside: USER }, prefix: 'trust', context: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } },
  { text: 'user', caller: { user: 'kohler_user' }, prefix: 'user' },
  { text: 'cert', caller: { role: 'kohler_cert' }, prefix: 'cert' },
  { text: 'token', caller: { role: 'kohler_token' }, prefix: 'token' },
  { text: 'off', caller: { role: 'kohler_off' }, prefix: 'off' },
  { text: 'offuser', caller: { user: 'kohler_offuser' }, prefix: 'offuser' },
  {
    text: "the vendor's other user",
    caller: { outside: `${USER}2` },
    prefix: 'trust',
    context: { 'aws:SourceVpce': 'vpce-0a1b2c3d' },
  },
  {
    text: 'a stranger',
    caller: { outside: OTHER },
    prefix: 'trust',
    context: { 'aws:SourceVpce': 'vpce-0a1b2c3d' },
  },
  { text: 'a manual user', caller: { user: 'stranger' }, prefix: 'trust' },
];

/** What an actor asks for: inside and just outside its prefix, in time and late, from the right place and another. */
function requests({ text, caller, prefix, context = {} }: Actor): Question[] {
  const question = (what: string, action: string, resource: string, more: Context): Question => ({
    text: `${text}: \`${action}\` ${what}`.trim(),
    of: [nameOf(caller), action.startsWith('kms:') ? 'AWS::KMS::Key' : 'AWS::S3::BucketPolicy'],
    ask: (judge) => judge.may(caller, { action, resource, context: more }),
  });
  const object = (what: string, action: string, key: string, more: Context = context) =>
    question(what, action, `${BUCKET}/${key}`, more);
  const list = (what: string, more: Context) => question(what, 's3:ListBucket', BUCKET, more);
  const inside = `${prefix}/a`;
  return [
    object('inside', 's3:GetObject', inside),
    object('from elsewhere', 's3:GetObject', inside, { 'aws:SourceIp': '198.51.100.7' }),
    object('late', 's3:GetObject', inside, { ...context, ...LATE }),
    object('by plain HTTP', 's3:GetObject', inside, { ...context, ...PLAIN }),
    object('beside the prefix', 's3:GetObject', `${prefix}2/a`),
    ...ACTORS.filter((other) => other.prefix !== prefix)
      .slice(0, 2)
      .map((other) => object(`under ${other.prefix}/`, 's3:GetObject', `${other.prefix}/in/a`)),
    ...['s3:DeleteObject', 's3:PutObjectAcl', 's3:GetObjectVersion'].map((action) => object('inside', action, inside)),
    question('', 's3:PutBucketPolicy', BUCKET, context),
    list('inside, late', { ...context, ...LATE, 's3:prefix': `${prefix}/` }),
    list('inside, by plain HTTP', { ...context, ...PLAIN, 's3:prefix': `${prefix}/` }),
    list('of another prefix', { ...context, 's3:prefix': 'other/' }),
    list('beside the prefix', { ...context, 's3:prefix': `${prefix}2/` }),
    list('without a prefix', context),
    question('not through S3', 'kms:Decrypt', KEY, {}),
    question('through S3', 'kms:Decrypt', KEY, VIA),
    question('late', 'kms:Decrypt', KEY, { ...VIA, ...LATE }),
    question('', 'kms:ScheduleKeyDeletion', KEY, {}),
  ];
}

/** What is asked for with one thing wrong: each value in turn, each missing in turn, or all of it late. */
function wrong(context: Context): [string, Context][] {
  return [
    ['with nothing', {}],
    ...Object.keys(context).flatMap((key): [string, Context][] => {
      const { [key]: _, ...others } = context;
      return [
        [`with another ${key}`, { ...context, [key]: 'x' }],
        [`without ${key}`, others],
      ];
    }),
    ['late', { ...context, ...LATE }],
  ];
}

const ASKED = { 'sts:ExternalId': 'abc', 'sts:RoleSessionName': 's-1' };
const CLAIMS = { [`${ISSUER}:aud`]: 'aud', [`${ISSUER}:sub`]: 'sub', 'sts:RoleSessionName': 's-1' };
const CERTIFICATE = {
  'aws:SourceArn': ANCHOR,
  'aws:PrincipalTag/x509Subject/CN': 'c',
  'aws:PrincipalTag/x509Subject/O': 'o',
  'aws:PrincipalTag/x509Subject/OU': 'ou',
};

function assumptions(): Question[] {
  const assume = (role: string, by: string, [what, context]: [string, Context]): Question => ({
    text: `${by.split('/').at(-1)} assumes \`${role}\` ${what}`.trim(),
    of: [role],
    ask: (judge) => judge.mayAssume(role, by, context),
  });
  const session = (role: string, by: string, action: string, [what, context]: [string, Context]): Question => ({
    text: `\`${role}\` by ${by.startsWith('arn:') ? 'a token' : by} ${what}`.trim(),
    of: [role],
    ask: (judge) => judge.mayOpenSession(role, by, action, context),
  });
  const web = 'sts:AssumeRoleWithWebIdentity';
  const anywhere = 'rolesanywhere.amazonaws.com';
  return [
    ...wrong(ASKED).map((each) => assume('kohler_role', USER, each)),
    ...[`${USER}2`, OTHER].map((by) => assume('kohler_role', by, ['', ASKED])),
    ...['kohler_cert', 'kohler_off'].flatMap((role) => [USER, OTHER].map((by) => assume(role, by, ['', {}]))),
    ...wrong(CERTIFICATE).map((each) => session('kohler_cert', anywhere, 'sts:AssumeRole', each)),
    session('kohler_role', anywhere, 'sts:AssumeRole', ['', CERTIFICATE]),
    ...wrong(CLAIMS).map((each) => session('kohler_token', PROVIDER, web, each)),
    session('kohler_role', 'cognito-identity.amazonaws.com', web, ['', {}]),
  ];
}

/** A role by hand: what matters is whether a stranger gets through both doors. */
function throughRole(): Question[] {
  const caller = { role: 'outsider' };
  const through = (action: string, resource: string): Question => ({
    text: `a stranger, through a role: \`${action}\``,
    of: ['outsider', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key'],
    ask: async (judge) => (await judge.mayAssume('outsider', OTHER)) && (await judge.may(caller, { action, resource })),
  });
  return [
    ...['s3:GetObject', 's3:DeleteObject'].map((action) => through(action, `${BUCKET}/trust/a`)),
    through('kms:Decrypt', KEY),
  ];
}

function nameOf(caller: Caller): string {
  if ('outside' in caller) return caller.outside;
  return 'role' in caller ? caller.role : caller.user;
}

/** The roles and users by name, and the types of resources, that are not as they were. */
function changed(before: Template, after: Template): Set<string> {
  const [was, is] = [before, after].map(parts);
  return new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])].filter((key) => was?.get(key) !== is?.get(key)));
}

function parts({ Resources }: Template): Map<string, string> {
  const found = new Map<string, string>();
  for (const { Type, Properties } of Object.values(Resources)) {
    const key = Properties.RoleName ?? Properties.UserName ?? Type;
    found.set(key, `${found.get(key) ?? ''}${JSON.stringify(Properties)}`);
  }
  return found;
}

async function deniedBy(template: Template): Promise<Question[]> {
  const judge = new Judge(template);
  const denied: Question[] = [];
  for (const question of [...ACTORS.flatMap(requests), ...assumptions(), ...throughRole()]) {
    if (!(await answer(question, judge))) denied.push(question);
  }
  return denied;
}

/** The first question with another answer; asked only where something that matters to it has changed. */
async function firstAllowed(before: Template, after: Template, denied: readonly Question[]): Promise<string | false> {
  const judge = new Judge(after);
  const matters = changed(before, after);
  for (const question of denied) {
    if (question.of.some((each) => matters.has(each)) && (await answer(question, judge))) return question.text;
  }
  return false;
}

/** Who is not there gets nothing. */
async function answer({ ask }: Question, judge: Judge): Promise<boolean> {
  try {
    return await ask(judge);
  } catch (error) {
    if (/^there is no (?:AWS::IAM::|arn:\S+:iam::)/.test((error as Error).message)) return false;
    throw error;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a sabotage left is of no type
type Any = any;

const AWS_POLICIES: Readonly<Record<string, string>> = { AdministratorAccess: '*', AmazonS3FullAccess: 's3:*' };

/** The template as it is in force: whatever is attached to a role or user is a policy of its own. */
function deployed(template: Template): Template {
  const { Resources } = simplified(structuredClone(template), template) as Any;
  const of = (type: RegExp) => Object.values<Any>(Resources).filter(({ Type }) => type.test(Type));
  const groups = new Map<string, Any>(of(/::Group$/).map(({ Properties }) => [Properties.GroupName, Properties]));
  const holders = of(/::(?:Role|User)$/).map(({ Properties }) => Properties);
  const named = (names: string[]) => holders.filter(({ RoleName, UserName }) => names.includes(RoleName ?? UserName));
  for (const { Properties } of of(/::UserToGroupAddition$/)) {
    for (const user of named(Properties.Users)) user.Groups = [Properties.GroupName];
  }
  for (const holder of holders) {
    holder.Policies = [
      ...(holder.Policies ?? []),
      ...(holder.Groups ?? []).flatMap((group: string) => groups.get(group)?.Policies ?? []),
      ...(holder.ManagedPolicyArns ?? []).map(awsPolicy),
    ];
  }
  for (const { Properties } of of(/::(?:Role|User|Managed)?Policy$/)) {
    const { Roles = [], Users = [], RoleName, UserName } = Properties;
    for (const holder of named([Roles, Users, RoleName ?? [], UserName ?? []].flat())) holder.Policies.push(Properties);
  }
  return { Resources, Outputs: {} };
}

function awsPolicy(arn: string): Any {
  const Action = AWS_POLICIES[arn.split('/').at(-1) ?? ''];
  if (Action === undefined) throw new Error(`nobody knows what ${arn} gives`);
  return { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } };
}

/** Functions that no template of ours has, as those that it has. */
function simplified(value: Any, template: Any): Any {
  if (Array.isArray(value)) return value.map((member) => simplified(member, template));
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::Select' in value) return value['Fn::Select'][1][value['Fn::Select'][0]];
  if ('Fn::Sub' in value) {
    const [text, values] = [value['Fn::Sub']].flat();
    const parts = text.split(/\$\{([^}]+)\}/).map((part: string, at: number) => {
      if (at % 2 === 0) return part;
      return values?.[part] ?? { Ref: part };
    });
    return parts.every((part: unknown) => typeof part === 'string') ? parts.join('') : { 'Fn::Join': ['', parts] };
  }
  const { RoleName, UserName, GroupName } = template.Resources[value.Ref]?.Properties ?? {};
  const name = RoleName ?? UserName ?? GroupName;
  if (name !== undefined) return name;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, simplified(member, template)]));
}

const DOC = join(__dirname, '../../docs/sabotages.md');

/** The table, as Markdown. */
export function sabotageTable(all: readonly Verdict[]): string {
  const count = (test: (verdict: Verdict) => unknown) => all.filter(test).length;
  const harmful = all.filter(({ sabotage }) => sabotage.effect !== 'harmless');
  const rows = all.map(
    ({ sabotage: { name, effect }, caught, leak }) =>
      `| ${name} | ${effect} | ${caught.map((rule) => `\`${rule}\``).join(', ') || 'nothing'} | ${leak === undefined ? 'not simulated' : leak || 'no leak'} |`,
  );
  return `# Sabotage of a generated template

One template, with an integration of every kind, is changed in ${all.length} ways. ${harmful.length} of them give more access than is meant, or
guard less: \`ConfinementChecks\` catches ${count(({ sabotage, caught }) => sabotage.effect !== 'harmless' && caught.length > 0)}. ${count(({ leak }) => leak)} of them simulation shows to be a leak, and of these it catches
${count(({ leak, caught }) => leak && caught.length > 0)}. Of ${all.length - harmful.length} changes that do no harm it complains of ${count(({ sabotage, caught }) => sabotage.effect === 'harmless' && caught.length > 0)}.

The last column is the first request that was denied before and is allowed after, as \`@cloud-copilot/iam-simulate\`
decides. It says "not simulated" where the simulator has no model of what is changed: passwords, access keys, profiles,
access points, grants, public access blocks, what stands in an output. Generated by \`npm run sabotage\` from
\`test/sabotages/sabotages.ts\`, and checked by \`test/sabotages/sabotages.test.ts\`.

| change | effect | caught by | simulated |
|---|---|---|---|
${rows.join('\n')}

${familyTable()}

${notJudged()}
`;
}

/** What each sentence of the contract stops, and what it lets through. */
function familyTable(): string {
  const spellings = (which: 'leaks' | 'twins') =>
    FAMILIES.reduce((sum, family) => sum + Object.keys(family[which] ?? {}).length, 0);
  return `## Families

What must stop a synth by the checks' contract, sentence by sentence: ${FAMILIES.length} sentences in ${spellings('leaks')} spellings, and ${spellings('twins')} twins that are
like them, allow no outsider, and go through. The last column says where it is documented that the spellings are leaks. The
families are in \`test/sabotages/families\`, and \`test/sabotages/families.test.ts\` checks each spelling.

| sentence | caught by | spellings | goes through | documented |
|---|---|---|---|---|
${FAMILIES.map(familyRow).join('\n')}`;
}

function familyRow({ says, rule, leaks, twins = {}, source }: Family): string {
  const list = (names: object) => Object.keys(names).join('; ');
  return `| ${says} | \`${rule}\` | ${list(leaks)} | ${list(twins)} | ${source ? `[AWS](${source})` : 'decision 18'} |`;
}

function notJudged(): string {
  return `## What is not judged

${NOT_JUDGED.map((sentence) => `- ${sentence}`).join('\n')}`;
}

/** The table that is there. */
export function writtenTable(): string {
  return readFileSync(DOC, 'utf8');
}

async function main(): Promise<void> {
  const table = sabotageTable(await verdicts());
  if (!process.argv.includes('--check')) {
    writeFileSync(DOC, table);
    writeFindings();
  } else if (table !== writtenTable()) {
    process.stderr.write('docs/sabotages.md is out of date: npm run sabotage\n');
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
