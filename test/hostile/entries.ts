/** Every place where the command reads what somebody else may have written, each as a way to put one value there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Refusal } from '../../lib/causes/refusal';
import { Refused, refusalOf } from '../../lib/connection/refused';
import { FIELDS } from '../../lib/requests/form';
import { Fake, HANDED } from '../connection/fake';
import { type Run, type RunOptions, runWith } from '../support/run';
import type { Hostile } from './corpus';

export interface Entry {
  readonly name: string;
  /** Whether only texts can be there, or only what is none is of interest. */
  readonly takes?: 'texts' | 'others';
  /** What a refusal names, so that somebody finds it. */
  readonly place: RegExp;
  /** Writes the value where it is read. */
  readonly put?: (hostile: Hostile, dir: string) => void;
  /** One for each way in which it is read. */
  readonly runs: (hostile: Hostile, dir: string) => readonly (() => Promise<Run>)[];
}

/** The folder in which all of them work. */
export const FILES: Readonly<Record<string, string>> = {
  'integrations/settings.yaml': "account: '111122223333'\nregion: eu-west-1\n",
  'integrations/kohler/client.yaml': '',
  'integrations/kohler/adobe.yaml': 'kind: access-key\nreason: It takes a key only\nkeys: [a, b]\n',
  'integrations/kohler/tool.yaml': `kind: assumed-role
principals: [arn:aws:iam::123456789876:user/x]
externalId: 5ez83245-6b31
`,
};

const MARK = '@here@';

/** A JSON document with the value where the mark is. */
function document(value: unknown, { json }: Hostile): string {
  return JSON.stringify(value).replace(JSON.stringify(MARK), () => json);
}

function write(dir: string, file: string, text: string): void {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), text);
}

function command(dir: string, words: readonly string[], options: RunOptions = {}): () => Promise<Run> {
  return () => runWith(options, ...words, '--dir', join(dir, 'integrations'));
}

const SETUP = {
  integration: 'kohler_tool',
  kind: 'assumed-role',
  status: 'active',
  bucket: 'integrations-kohler',
  prefix: 'tool/',
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/kohler_tool',
  externalId: '5ez83245-6b31',
};
const MORE_SETUP = [
  'externalIds',
  'accessPointArn',
  'accessPointAlias',
  'profileArn',
  'trustAnchorArn',
  'secrets',
  'x',
];
const HANDOFF_KEYS = [...Object.keys(SETUP), ...MORE_SETUP, 'access', 'expires', 'roleSessionName', 'title', 'fields'];

/** Acts as the vendor with what a file says. */
function connected(dir: string, ...words: readonly string[]): () => Promise<Run> {
  const vendor = () => Promise.resolve(new Fake({ ...HANDED, externalIds: [] }, { allows: () => true }));
  return command(dir, ['test-connection', join(dir, 'handoff.json'), ...words], { aws: { vendor } });
}

const connection: Entry[] = [
  ...HANDOFF_KEYS.map(
    (key): Entry => ({
      name: `test-connection: ${key} of the hand-off`,
      place: /handoff\.json/,
      put: (hostile, dir) => write(dir, 'handoff.json', document({ ...SETUP, [key]: MARK }, hostile)),
      runs: (_, dir) => [connected(dir, '--any-bucket')],
    }),
  ),
  {
    name: 'test-connection: the whole hand-off',
    place: /handoff\.json/,
    put: ({ json }, dir) => write(dir, 'handoff.json', json),
    runs: (_, dir) => [connected(dir, '--any-bucket', '--json')],
  },
  {
    name: 'test-connection: a hand-off that is no JSON',
    takes: 'texts',
    place: /handoff\.json/,
    put: ({ text = '' }, dir) => write(dir, 'handoff.json', text),
    runs: (_, dir) => [connected(dir, '--any-bucket')],
  },
  {
    name: 'test-connection: the token',
    takes: 'texts',
    place: /token\.jwt/,
    put: ({ text = '' }, dir) => {
      write(dir, 'token.jwt', text);
      write(dir, 'handoff.json', JSON.stringify({ ...SETUP, kind: 'web-identity', externalId: undefined }));
    },
    runs: (_, dir) => [connected(dir, '--token-file', join(dir, 'token.jwt'))],
  },
  ...(['name', 'Code', 'message', 'Region'] as const).map(
    (key): Entry => ({
      name: `test-connection: ${key} of an answer`,
      place: /./,
      put: (_, dir) => write(dir, 'handoff.json', JSON.stringify(SETUP)),
      runs: ({ json }, dir) =>
        [403, 301, undefined].map((httpStatusCode) => {
          const fails = (): Refusal =>
            refusalOf({ name: 'AccessDenied', message: 'no', [key]: JSON.parse(json), $metadata: { httpStatusCode } });
          const vendor = () =>
            Promise.resolve(new Fake(HANDED, { fails: (action) => (action === 'GetObject' ? fails() : undefined) }));
          const words = ['test-connection', join(dir, 'handoff.json'), '--any-bucket'];
          return command(dir, words, { aws: { vendor } });
        }),
    }),
  ),
];

const FORMATS = ['markdown', 'html', 'json'];

/** Writes a hand-off; whatever the value, in one of the formats. */
function handed({ name }: Hostile, dir: string, words: readonly string[] = []): () => Promise<Run> {
  const format = FORMATS[name.length % FORMATS.length] ?? '';
  return command(dir, ['handoff', 'kohler_tool', '--format', format, ...words]);
}

const outputs: Entry[] = [
  ...[...Object.keys(SETUP), ...MORE_SETUP].map(
    (key): Entry => ({
      name: `handoff: ${key} of what a stack puts out`,
      place: /outputs\.json|integrations-kohler/,
      put: (hostile, dir) => {
        const setup = document({ ...SETUP, [key]: MARK }, hostile);
        write(dir, 'outputs.json', JSON.stringify({ 'integrations-kohler': { other: 'x', setup } }));
      },
      runs: (hostile, dir) => [handed(hostile, dir, ['--outputs', join(dir, 'outputs.json')])],
    }),
  ),
  {
    name: 'handoff: what a stack puts out',
    place: /integrations-kohler/,
    runs: (hostile, dir) => {
      const aws = {
        stackOutputs: () => Promise.resolve([document({ ...SETUP, roleArn: MARK }, hostile), hostile.json]),
      };
      return [command(dir, ['handoff', 'kohler_tool', '--from-stack'], { aws })];
    },
  },
  ...[MARK, { 'integrations-kohler': MARK }, { 'integrations-kohler': { setup: MARK } }].map(
    (value, at): Entry => ({
      name: `handoff: the file of outputs, ${at + 1}`,
      place: /outputs\.json/,
      put: (hostile, dir) => write(dir, 'outputs.json', document(value, hostile)),
      runs: (_, dir) => [command(dir, ['handoff', 'kohler_tool', '--outputs', join(dir, 'outputs.json')])],
    }),
  ),
  {
    name: 'handoff: the secret that is shown',
    takes: 'texts',
    place: /integrations\/kohler\/adobe\/b/,
    runs: ({ text = '' }, dir) =>
      [text, JSON.stringify({ accessKeyId: text, secretAccessKey: 'x'.repeat(40) }), JSON.stringify([text])].map(
        (value) =>
          command(dir, ['handoff', 'kohler_adobe', '--reveal-secret'], {
            width: 80,
            answers: ['y'],
            aws: { secretValue: () => Promise.resolve(value) },
          }),
      ),
  },
];

const issues: Entry[] = FIELDS.map(
  (field): Entry => ({
    name: `new --from-issue: the answer to ${JSON.stringify(field.label)}`,
    takes: 'texts',
    place: /issue\.md|answer/,
    put: ({ text = '' }, dir) => {
      const answers: Readonly<Record<string, string>> = {
        ...{ client: 'kohler', vendor: 'billing', purpose: 'It reads', owner: 'data@example.com' },
        ...{ 'in-aws': 'Yes', 'assumes-roles': 'Yes', access: '- [x] read: fetch files' },
        ...{ principals: 'arn:aws:iam::123456789876:user/x', [field.id]: text },
      };
      write(
        dir,
        'issue.md',
        FIELDS.map(({ id, label }) => `### ${label}\n\n${answers[id] ?? '_No response_'}\n`).join('\n'),
      );
    },
    runs: (_, dir) => [
      command(dir, ['new', '--from-issue', join(dir, 'issue.md'), '--json']),
      command(dir, ['new', '--from-issue', join(dir, 'issue.md')]),
      command(dir, ['check']),
    ],
  }),
);

const ARN = 'arn:aws:iam::123456789876:user/x';

const PROFILE = {
  title: 'Example',
  summary: 'It reads',
  sources: ['https://vendor.example/docs'],
  checked: '2026-11-22',
  ways: [
    {
      ...{ kind: 'assumed-role', note: 'Its best', defaults: { maxSessionDuration: '2h' } },
      externalId: { use: 'required', madeBy: 'vendor', pattern: '.*', form: 'any' },
      ...{
        fields: [{ label: 'Bucket', value: '{bucket}', note: 'The bucket' }],
        sends: [{ key: 'externalId', label: 'ID', where: 'There' }],
      },
      ...{ name: 'cloud', bySite: { eu: { principals: [ARN] } }, byRegion: { 'us-*': { access: ['list'] } } },
      ...{ rules: { access: ['list'], lifecycle: { expireObjectsAfterDays: { least: '1' } } } },
    },
  ],
  test: ['Press the button'],
  errors: [{ message: 'No', cause: 'It cannot', remedy: 'Let it' }],
  limits: ['Nothing else'],
};

/** Places in a profile: each of its keys, and one of each kind further down. */
const PLACES: readonly (readonly string[])[] = [
  [],
  ...Object.keys({ ...PROFILE, rules: {}, more: '' }).map((key) => [key]),
  ...[
    ...['ways.0', 'ways.0.kind', 'ways.0.defaults', 'ways.0.externalId.pattern', 'ways.0.fields.0.value', 'errors.0'],
    ...['ways.0.name', 'ways.0.bySite.eu', 'ways.0.byRegion', 'ways.0.sends.0.key', 'ways.0.rules.lifecycle'],
  ].map((path) => path.split('.')),
];

/** A value with the mark at a path. */
function marked(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return MARK;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [key]: marked((value as Readonly<Record<string, unknown>>)[key], rest) });
}

/** The same, with the mark in place of every text of a profile that only people read. */
const WORDS: unknown = JSON.parse(
  JSON.stringify(PROFILE, (key, value) =>
    /^(?:title|summary|note|form|label|message|cause|remedy|\d+)$/.test(key) && typeof value === 'string'
      ? MARK
      : value,
  ),
);

function putProfile(profile: unknown, { json }: Hostile, dir: string): void {
  write(
    dir,
    'vendors/example.yaml',
    JSON.stringify(profile).replaceAll(JSON.stringify(MARK), () => json),
  );
  write(dir, 'integrations/kohler/tool.yaml', `vendor: example\n${FILES['integrations/kohler/tool.yaml']}`);
}

const profiles: Entry[] = [
  {
    name: "a vendor's profile: the words for people",
    takes: 'texts',
    place: /example\.yaml|tool\.yaml/,
    put: (hostile, dir) => putProfile(WORDS, hostile, dir),
    runs: (_, dir) => [
      command(dir, ['vendors', 'show', 'example']),
      ...FORMATS.map((format) => command(dir, ['handoff', 'kohler_tool', '--format', format])),
    ],
  },
  ...PLACES.map(
    (path): Entry => ({
      name: `a vendor's profile: ${path.join('.') || 'all of it'}`,
      takes: 'others',
      place: /example\.yaml|tool\.yaml/,
      put: (hostile, dir) => putProfile(marked(PROFILE, path), hostile, dir),
      runs: (hostile, dir) => [handed(hostile, dir)],
    }),
  ),
];

const TOOL = 'kind: assumed-role\nprincipals: [arn:aws:iam::123456789876:user/x]\n';

const words: Entry[] = [
  {
    name: 'a definition: what only people read',
    takes: 'texts',
    place: /tool\.yaml/,
    put: ({ json }, dir) => {
      const texts = ['description', 'owner', 'request', 'reason'].map((key) => `${key}: ${json}\n`).join('');
      write(dir, 'integrations/kohler/tool.yaml', `${TOOL}externalId: abc\n${texts}`);
    },
    runs: (_, dir) => [
      ...[['check'], ['list'], ['list', '--json'], ['access'], ['report', '--json'], ['report']].map((each) =>
        command(dir, each),
      ),
      ...FORMATS.map((format) => command(dir, ['handoff', 'kohler_tool', '--format', format])),
    ],
  },
  ...['description', 'prefix', 'externalId', 'roleName', 'access', 'expires', 'more'].map(
    (key): Entry => ({
      name: `a definition: ${key}`,
      place: /tool\.yaml/,
      put: ({ json }, dir) => write(dir, 'integrations/kohler/tool.yaml', `${TOOL}${key}: ${json}\n`),
      runs: (hostile, dir) => [handed(hostile, dir)],
    }),
  ),
];

const files: Entry[] = [
  {
    name: 'a definition: the whole file',
    takes: 'texts',
    place: /tool\.yaml/,
    put: ({ text = '' }, dir) => write(dir, 'integrations/kohler/tool.yaml', text),
    runs: (_, dir) => [command(dir, ['check']), command(dir, ['check', '--json']), command(dir, ['list', '--json'])],
  },
  {
    name: 'a certificate: the whole file',
    takes: 'texts',
    place: /tool\.yaml|ca\.pem/,
    put: ({ text = '' }, dir) => {
      write(dir, 'integrations/kohler/ca.pem', text);
      write(
        dir,
        'integrations/kohler/tool.yaml',
        'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: x}\n',
      );
    },
    runs: (_, dir) => [command(dir, ['check']), command(dir, ['report', '--json'])],
  },
  {
    name: 'a certificate: what stands between its lines',
    takes: 'texts',
    place: /tool\.yaml|ca\.pem/,
    put: ({ text = '' }, dir) => {
      const pem = `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
      write(dir, 'integrations/kohler/ca.pem', pem.repeat(3));
      write(
        dir,
        'integrations/kohler/tool.yaml',
        'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: x}\n',
      );
    },
    runs: (_, dir) => [command(dir, ['check'])],
  },
  {
    name: 'init: the tarball',
    takes: 'texts',
    place: /x\.tgz/,
    put: ({ text = '' }, dir) => write(dir, 'x.tgz', text),
    runs: (_, dir) => [() => runWith({}, 'init', join(dir, 'ours'), '--from', join(dir, 'x.tgz'))],
  },
];

/** What is typed may have been copied from anywhere. */
const typed: Entry[] = [
  ['handoff', MARK],
  ['access', MARK],
  ['split', MARK],
  ['rotate', MARK, '--without-aws'],
  ['adopt', MARK, 'some-bucket'],
  ['new', 'kohler', MARK, '--in-aws', '--assumes-roles'],
  ['new', MARK, 'tool2', '--in-aws', '--assumes-roles'],
  ['new', '--from-issue', MARK],
  ['vendors', 'show', MARK],
  ['test-connection', MARK],
  ['handoff', 'kohler_tool', '--outputs', MARK],
  ['diff', '--base', MARK],
  ['diff', '--base-assembly', MARK],
  ['changed', '--record', MARK],
  ['check', '--today', MARK],
  ['list', '--client', MARK],
  [MARK],
].map(
  (line): Entry => ({
    name: `what is typed: ${line.join(' ').replace(MARK, '…')}`,
    takes: 'texts',
    place: /./,
    runs: ({ text = '' }, dir) => {
      // No process takes more, and none a NUL.
      if (text.length > 5_000 || text.includes('\0')) return [];
      return [
        command(
          dir,
          line.map((word) => (word === MARK ? text : word)),
        ),
      ];
    },
  }),
);

const folders: Entry[] = [
  {
    name: 'what is typed: the folder of definitions, and one that init lays out',
    takes: 'texts',
    place: /./,
    runs: ({ text = '' }, dir) => {
      if (text.length > 5_000 || /^[. ]*$|\0/.test(text)) return [];
      const ours = join(dir, 'ours', text.replaceAll('..', 'up'));
      return [
        () => runWith({}, 'check', '--dir', join(dir, 'none', text)),
        () => runWith({}, 'list', '--json', '--dir', join(dir, 'none', text)),
        () => runWith({}, 'init', ours, '--from', 'git+https://git.example/x.git'),
      ];
    },
  },
];

const aws: Entry[] = [
  {
    name: 'rotate: what AWS says of a user and its keys',
    takes: 'texts',
    place: /./,
    runs: ({ text = '' }, dir) => {
      // Longer than anything that AWS says.
      if (text.length > 5_000) return [];
      const keys = [text, 'AKIAIOSFODNN7EXAMPLE'].map((id) => ({
        ...{ id, active: true, made: new Date('2026-01-01T00:00:00Z') },
        used: { at: new Date('2026-02-01T00:00:00Z'), service: text, region: text },
      }));
      const facts = {
        user: () => Promise.resolve({ account: text, asked: new Date('2026-11-22T00:00:00Z'), keys }),
        heldKeyId: () => Promise.resolve(text),
      };
      return [command(dir, ['rotate', 'kohler_adobe', '--dry-run'], { aws: facts })];
    },
  },
  {
    name: 'whatever AWS answers instead',
    takes: 'texts',
    place: /./,
    runs: ({ text = '' }, dir) => {
      const fails = () => Promise.reject(new Refused({ code: text, message: text }));
      return [
        command(dir, ['handoff', 'kohler_tool', '--from-stack'], {
          aws: { stackOutputs: () => fails().catch(() => [text]) },
        }),
      ];
    },
  },
];

export const ENTRIES: readonly Entry[] = [
  ...connection,
  ...outputs,
  ...issues,
  ...profiles,
  ...words,
  ...files,
  ...typed,
  ...folders,
  ...aws,
];
