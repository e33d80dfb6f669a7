/** What the CDK made, or its configuration: read without running it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integrationsApp } from '../../lib/app/integrations-app';
import { diffAssembly } from '../../lib/changes/assembly';
import { reportOf } from '../../lib/changes/report';
import { diffText } from '../../lib/changes/text';
import { contextOfApp } from '../../lib/command/deployment/app-context';
import { readAssembly } from '../../lib/command/deployment/assembly';
import { Failure } from '../../lib/command/host/failure';
import { shown } from '../../lib/command/terminal/colors';
import { CORPUS, type Hostile } from './corpus';

jest.setTimeout(120_000);

const MARK = '@here@';
const document = (value: unknown, { json }: Hostile) => JSON.stringify(value).replace(JSON.stringify(MARK), () => json);

const TEMPLATE = {
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'x', AssumeRolePolicyDocument: {} } } },
};
const MANIFEST = {
  version: '1',
  artifacts: {
    kohler: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile: 'kohler.template.json', stackName: 'integrations-kohler' },
    },
  },
};

/** Both documents with the mark at a place of one of them. */
const PLACES: readonly (readonly [where: string, manifest: unknown, template: unknown])[] = [
  ['the manifest', MARK, TEMPLATE],
  ['its artifacts', { artifacts: MARK }, TEMPLATE],
  ['an artifact', { artifacts: { kohler: MARK } }, TEMPLATE],
  ...['type', 'environment', 'properties'].map(
    (key) =>
      [
        `an artifact's ${key}`,
        { artifacts: { kohler: { ...MANIFEST.artifacts.kohler, [key]: MARK } } },
        TEMPLATE,
      ] as const,
  ),
  ...['templateFile', 'stackName'].map((key) => {
    const { kohler } = MANIFEST.artifacts;
    const properties = { ...kohler.properties, [key]: MARK };
    return [`an artifact's ${key}`, { artifacts: { kohler: { ...kohler, properties } } }, TEMPLATE] as const;
  }),
  ['a template', MANIFEST, MARK],
  ['its resources', MANIFEST, { Resources: MARK }],
  ['a resource', MANIFEST, { Resources: { Role: MARK } }],
  ["a resource's type", MANIFEST, { Resources: { Role: { Type: MARK } } }],
  ["a resource's properties", MANIFEST, { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: MARK } } }],
  ['its outputs', MANIFEST, { ...TEMPLATE, Outputs: MARK }],
  ['its metadata', MANIFEST, { ...TEMPLATE, Metadata: MARK }],
  ...['RoleName', 'AssumeRolePolicyDocument', 'Policies'].map(
    (key) =>
      [
        `a role's ${key}`,
        MANIFEST,
        { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { [key]: MARK } } } },
      ] as const,
  ),
  [
    'a statement',
    MANIFEST,
    {
      Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [MARK] } } } },
    },
  ],
  [
    'a reference',
    MANIFEST,
    { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::GetAtt': MARK } } } } },
  ],
];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assembly-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What is wrong with how something is read; a Failure is as it should be. */
async function faultIn(read: () => unknown, place: RegExp): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) return `throws ${String((error as Error).stack).slice(0, 500)}`;
    if (error.message.length > 2_000) return `says ${error.message.length} characters`;
    return place.test(error.message) && /; \S/.test(error.message) ? undefined : error.message;
  }
}

const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

test.each(PLACES)('a cloud assembly: %s', async (_, manifest, template) => {
  const faults: string[] = [];
  for (const hostile of CORPUS) {
    writeFileSync(join(dir, 'manifest.json'), document(manifest, hostile));
    writeFileSync(join(dir, 'kohler.template.json'), document(template, hostile));
    const fault = await faultIn(async () => {
      const stacks = readAssembly(dir);
      const diff = await diffAssembly(stacks, { tags: {}, removeAtMost: 3, clients: [] }, () => Promise.resolve([]));
      const text = shown(diffText(reportOf({ assembly: dir }, diff)), false);
      if (UNPRINTABLE.test(text)) throw new Error(`prints ${JSON.stringify(UNPRINTABLE.exec(text)?.[0])}`);
    }, /assembly-/);
    if (fault !== undefined) faults.push(`${hostile.name}: ${fault}`);
  }
  expect(faults).toEqual([]);
});

test.each<[where: string, value: unknown]>([
  ['all of it', MARK],
  ['its context', { context: MARK }],
  ['a value of its context', { context: { x: MARK } }],
])('cdk.json: %s', async (_, value) => {
  const home = process.cwd();
  const faults: string[] = [];
  process.chdir(dir);
  try {
    for (const hostile of CORPUS) {
      writeFileSync('cdk.json', document(value, hostile));
      const fault = await faultIn(contextOfApp, /cdk\.json/);
      if (fault !== undefined) faults.push(`${hostile.name}: ${fault}`);
    }
  } finally {
    process.chdir(home);
  }
  expect(faults).toEqual([]);
});

test.each(['integrations', 'clients'])('the context %s of the app', (key) => {
  mkdirSync(join(dir, 'kohler'));
  writeFileSync(join(dir, 'kohler/client.yaml'), '');
  const faults: string[] = [];
  for (const hostile of CORPUS.filter(({ json }) => json.length < 1_000)) {
    const value: unknown = JSON.parse(hostile.json);
    const lines: string[] = [];
    const context = { integrations: dir, [key]: value };
    const app = integrationsApp({
      ...{
        report: (line) => lines.push(line),
        today: '2026-11-22',
        environment: {},
        context,
        outdir: join(dir, 'out'),
      },
      builtinCloudFormationValidation: false,
    });
    if (UNPRINTABLE.test(lines.join('\n'))) faults.push(`${hostile.name}: ${lines.join('\n')}`);
    // What is left of it is no name, or the client's: none is refused, as with -c clients=.
    const rest = key === 'clients' && typeof value === 'string' && /^(?:kohler)?$/.test(value.trim());
    if ((app !== undefined) !== rest) faults.push(`${hostile.name}: ${app ? 'is taken' : 'is refused'}: ${lines}`);
  }
  expect(faults).toEqual([]);
});
