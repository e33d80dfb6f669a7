import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizedStacks } from '../../lib/app/templates';
import { diffAssembly } from '../../lib/changes/assembly';
import type { Diff, Synthesize } from '../../lib/changes/diff';
import { diffFolders } from '../../lib/changes/folders';
import { accessText } from '../../lib/changes/report';
import { load } from '../../lib/definitions/load';
import { section } from '../../lib/templates';
import { ROLE } from '../support/every-shape';
import { inFolder } from '../support/folder';

type Files = Readonly<Record<string, string>>;

const ASSEMBLIES = mkdtempSync(join(tmpdir(), 'assemblies-'));
afterAll(() => rmSync(ASSEMBLIES, { recursive: true }));
let times = 0;

const synthesize: Synthesize = async (deployment, wanted) => {
  times += 1;
  const options = { ...wanted, environment: {}, context: {}, outdir: join(ASSEMBLIES, String(times)) };
  return synthesizedStacks(deployment, options);
};

/** What changes, from the definitions and from what was synthesized of them. */
async function diffed(before: Files, after: Files): Promise<{ folders: Diff; assembly: Diff }> {
  return inFolder(before, (was) =>
    inFolder(after, async (is) => {
      const folders = await diffFolders(was, is, synthesize);
      if ('problems' in folders) throw new Error(JSON.stringify(folders.problems));
      const { deployment } = load(was);
      const all = { clients: new Set(deployment.clients.map(({ name }) => name)), providers: true };
      const assembly = await diffAssembly(await synthesize(deployment, all), load(is).deployment, synthesize);
      return { folders, assembly };
    }),
  );
}

const told = ({ access }: Diff) => access.map((change) => `${change.sign} ${accessText(change)} [${change.effect}]`);
const atStake = ({ stacks }: Diff) =>
  stacks.flatMap(({ stack, changes }) =>
    changes.filter((change) => change.atStake).map(({ type, name }) => `${stack}: ${type} ${name}`),
  );

const RELTIO = `kind: assumed-role\nprincipals: [${ROLE}]\n`;
const FOLDER: Files = {
  'c/client.yaml': 'bucket: {kmsKey: create}\n',
  'c/adobe.yaml': 'kind: access-key\nreason: x\nstackPart: 2\n',
  'c/braze.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\nstackPart: 3\n`,
  'c/reltio.yaml': RELTIO,
  'd/client.yaml': 'bucket: {kmsKey: create}\n',
};

test('an integration that moves to another stack is at stake, and access stays as it is', async () => {
  const { folders, assembly } = await diffed(FOLDER, { ...FOLDER, 'c/reltio.yaml': `${RELTIO}stackPart: 2\n` });
  expect(told(folders)).toEqual([
    expect.stringMatching(
      /^~ c_reltio moves from the stack integrations-c to integrations-c-Part2: .*; to keep it there, remove stackPart again \[neutral\]$/,
    ),
  ]);
  for (const diff of [folders, assembly]) expect(atStake(diff)).toEqual(['integrations-c: AWS::IAM::Role c_reltio']);
  const [change] = folders.stacks[0]?.changes.filter((each) => each.atStake) ?? [];
  expect(change?.why).toBe(
    'it moves to integrations-c-Part2, which can create it only after it is removed here; keep stackPart unchanged',
  );
  // What was synthesized says nothing of definitions, and of access nothing changes.
  expect(told(assembly)).toEqual([]);
});

test('the key and the secret of a user that moves are at stake with it', async () => {
  const moved = { ...FOLDER, 'c/adobe.yaml': 'kind: access-key\nreason: x\nstackPart: 3\n' };
  const { folders, assembly } = await diffed(FOLDER, moved);
  expect(told(folders)).toEqual([expect.stringContaining('to keep it there, write stackPart: 2 again')]);
  for (const diff of [folders, assembly]) {
    expect(atStake(diff).sort()).toEqual([
      'integrations-c-Part2: AWS::IAM::AccessKey integrations/c/adobe/a',
      'integrations-c-Part2: AWS::IAM::User c_adobe',
      'integrations-c-Part2: AWS::SecretsManager::Secret integrations/c/adobe/a',
    ]);
  }
});

test('what a direct trust has stays where it is: only its setup information moves', async () => {
  const { folders, assembly } = await diffed(FOLDER, {
    ...FOLDER,
    'c/braze.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\nstackPart: 2\n`,
  });
  for (const diff of [folders, assembly]) expect(atStake(diff)).toEqual([]);
  expect(told(folders)).toHaveLength(1);
  expect(told(assembly)).toEqual([]);
});

test('a new integration in a part, and one that is removed there, are no more than that', async () => {
  const { 'c/adobe.yaml': _, ...without } = FOLDER;
  const added = await diffed(without, FOLDER);
  expect(told(added.folders)).toEqual([expect.stringMatching(/^\+ c_adobe is new, of kind access-key: .*widening\]$/)]);
  expect(told(added.assembly)).toEqual(told(added.folders));
  const removed = await diffed(FOLDER, without);
  expect(told(removed.folders)).toEqual(['- c_adobe removed; its access ends with the deployment [narrowing]']);
  expect(told(removed.assembly)).toEqual(told(removed.folders));
  for (const diff of [added.folders, removed.folders]) expect(atStake(diff)).toEqual([]);
});

test('what grows in a part is told like anywhere', async () => {
  const { folders, assembly } = await diffed(FOLDER, {
    ...FOLDER,
    'c/adobe.yaml': 'kind: access-key\nreason: x\nstackPart: 2\naccess: [list, read, write, delete]\n',
    'c/braze.yaml': `kind: direct-trust\nprincipals: [${ROLE}, "${ROLE}2"]\nstackPart: 3\n`,
  });
  expect(told(folders)).toEqual([
    '+ c_adobe may delete under adobe/ [widening]',
    `+ c_braze trusted by ${ROLE}2 too [widening]`,
  ]);
  const growing = assembly.access.filter(({ effect }) => effect === 'widening').map(({ integration }) => integration);
  expect([...new Set(growing)].sort()).toEqual(['c_adobe', 'c_braze']);
});

test('what the CDK notes of its versions is no access and no change', async () => {
  const diff = await inFolder(FOLDER, async (dir) => {
    const { deployment } = load(dir);
    const all = { clients: new Set(deployment.clients.map(({ name }) => name)), providers: true };
    const noted = (await synthesize(deployment, all)).map((stack) => {
      const CDKMetadata = { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:x' } };
      const Resources = { ...section(stack, 'Resources'), CDKMetadata };
      return { ...stack, template: { ...stack.template, Resources } };
    });
    return diffAssembly(noted, deployment, synthesize);
  });
  expect([told(diff), diff.stacks]).toEqual([[], []]);
});

test('a client that is removed takes its parts along', async () => {
  const { 'c/client.yaml': _, 'c/adobe.yaml': __, 'c/braze.yaml': ___, 'c/reltio.yaml': ____, ...without } = FOLDER;
  const { folders, assembly } = await diffed(FOLDER, without);
  for (const diff of [folders, assembly]) {
    expect(atStake(diff)).toEqual([]);
    expect(diff.stacks.map(({ stack }) => stack)).toEqual([
      'integrations-c',
      'integrations-c-Part2',
      'integrations-c-Part3',
    ]);
  }
});
