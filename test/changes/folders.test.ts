import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizedStacks } from '../../lib/app/templates';
import type { Diff, Synthesize } from '../../lib/changes/diff';
import { diffFolders, type Unreadable } from '../../lib/changes/folders';
import { accessText } from '../../lib/changes/report';
import type { SynthesizedStack } from '../../lib/templates';
import { inFolder } from '../support/folder';
import type { Resource } from '../support/synth';

type Files = Readonly<Record<string, string>>;

const ASSEMBLIES = mkdtempSync(join(tmpdir(), 'assemblies-'));
afterAll(() => rmSync(ASSEMBLIES, { recursive: true }));
let times = 0;

/** Every stack that is synthesized, by name, with what is done to it. */
function synthesizer(edit: (stack: SynthesizedStack, time: number) => SynthesizedStack = (stack) => stack) {
  const made: string[] = [];
  let time = 0;
  const synthesize: Synthesize = async (deployment, wanted) => {
    times += 1;
    time += 1;
    const outdir = join(ASSEMBLIES, String(times));
    const stacks = synthesizedStacks(deployment, { ...wanted, environment: {}, context: {}, outdir });
    made.push(...stacks.map(({ name }) => `${time} ${name}`));
    return stacks.map((stack) => edit(stack, time));
  };
  return { made, synthesize };
}

function diffed(before: Files, after: Files, synthesize: Synthesize): Promise<Diff | Unreadable> {
  return inFolder(before, (was) => inFolder(after, (is) => diffFolders(was, is, synthesize)));
}

function told(result: Diff | Unreadable): string[] {
  if ('problems' in result) throw new Error('not compared');
  return result.access.map((change) => `${change.sign} ${accessText(change)} [${change.effect}]`);
}

const FOLDER: Files = {
  'c/client.yaml': '',
  'c/v.yaml': 'kind: access-key\nreason: x\n',
  'd/client.yaml': '',
  'd/w.yaml': 'kind: access-key\nreason: x\n',
};
const MORE = { ...FOLDER, 'c/v.yaml': 'kind: access-key\nreason: x\naccess: [list, read, write, delete]\n' };

test('only what differs is synthesized, before and after', async () => {
  const { made, synthesize } = synthesizer();
  const result = await diffed(FOLDER, MORE, synthesize);
  expect(told(result)).toEqual(['+ c_v may delete under v/ [widening]']);
  expect(made).toEqual(['1 integrations-c', '2 integrations-c']);
  const { made: none, synthesize: never } = synthesizer();
  expect(await diffed(FOLDER, FOLDER, never)).toEqual({ access: [], stacks: [] });
  expect(none).toEqual([]);
});

/** The second time, every user may do something more. */
const sabotaged = (stack: SynthesizedStack, time: number): SynthesizedStack => {
  if (time === 1) return stack;
  const { Resources } = structuredClone(stack.template) as { Resources: Record<string, Resource> };
  for (const { Type, Properties } of Object.values(Resources)) {
    const { Policies } = (Properties ?? {}) as { Policies?: { PolicyDocument: { Statement: object[] } }[] };
    const more = { Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' };
    if (Type === 'AWS::IAM::User') Policies?.[0]?.PolicyDocument.Statement.push(more);
  }
  return { ...stack, template: { ...stack.template, Resources } };
};

test('what the templates let through is told, though the definitions do not say so', async () => {
  const described = { ...FOLDER, 'd/w.yaml': 'kind: access-key\nreason: another\n' };
  const { synthesize } = synthesizer(sabotaged);
  expect(told(await diffed(FOLDER, described, synthesize))).toEqual([
    '+ d_w is allowed more than its definition says: AWS::IAM::User d_w, Policies.0.PolicyDocument: allows s3:DeleteBucket on * [widening]',
  ]);
});

test('narrowing words do not hide it, and another integration that grows does not either', async () => {
  const edited = {
    ...FOLDER,
    'c/v.yaml': 'kind: access-key\nreason: x\naccess: [list]\n',
    'c/x.yaml': 'kind: access-key\nreason: x\n',
  };
  const { synthesize } = synthesizer(sabotaged);
  const lines = told(await diffed(FOLDER, edited, synthesize));
  expect(lines.filter((line) => line.startsWith('+ c_v is allowed more'))).toHaveLength(1);
  // It is new, and so all of it grows.
  expect(lines.filter((line) => line.includes('c_x is allowed more'))).toEqual([]);
});

test('definitions with errors are not compared', async () => {
  const { synthesize } = synthesizer();
  const broken = { ...FOLDER, 'c/v.yaml': 'kind: access-key\n' };
  expect(await diffed(FOLDER, broken, synthesize)).toMatchObject({
    version: 'after',
    problems: [{ code: 'missing-key' }],
  });
  expect(await diffed(broken, FOLDER, synthesize)).toMatchObject({
    version: 'before',
    problems: [{ code: 'missing-key' }],
  });
});
