import { git } from '../../lib/command/git/git';
import type { Git } from '../../lib/command/host/git';
import { made, NEW, RECORD, ROLE } from '../support/deploying';
import { FakeCloud } from '../support/fake-cloud';
import type { GitFolder } from '../support/git-folder';
import { runWith } from '../support/run';
import { shareOf } from '../support/share';

/**
 * A deployment that is killed at any step, and run again, ends as its commit says, with nothing forgotten. A step is each run
 * of git, each question to AWS, each run of the CDK and each stack in it; killed is before it, or after it.
 */

jest.setTimeout(120_000);

type Files = Readonly<Record<string, string>>;

const TRUST = 'kind: direct-trust\nprincipals: [arn:aws:iam::111122223333:role/x]\n';
const APP = { 'cdk.json': '{}\n' };
const KOHLER = { 'integrations/kohler/client.yaml': '', 'integrations/kohler/reltio.yaml': ROLE };
const ACME = {
  'integrations/acme/client.yaml': 'region: eu-west-1\n',
  'integrations/acme/tool.yaml': ROLE,
  'integrations/acme/trust.yaml': TRUST,
};
const PARTED = {
  ...ACME,
  'integrations/acme/late.yaml': `${ROLE}stackPart: 2\n`,
  'integrations/acme/later.yaml': `${ROLE}stackPart: 3\n`,
};
const EXISTING = {
  'integrations/globex/client.yaml': 'bucket: {name: of-globex, existing: true}\n',
  'integrations/globex/tool.yaml': ROLE,
};

/**
 * A repository of which only the record changes. Each run of git that is the same is run once, and the record is kept here, so
 * that hundreds of deployments are tried in seconds.
 */
class Remembering {
  private readonly known = new Map<string, ReturnType<Git>>();
  /** Commits whose deployment began. */
  attempts: ReadonlySet<string> = new Set();

  /** @param record what the ref names; undefined where it is not there */
  constructor(public record?: string) {}

  readonly git: Git = (folder, words, input) => {
    const [verb] = words;
    const answer = (status: number, text = '') => Promise.resolve({ status, stdout: Buffer.from(text), stderr: '' });
    if (verb === 'rev-parse' && words.at(-1)?.replace('^{commit}', '') === RECORD)
      return this.record === undefined ? answer(1) : answer(0, `${this.record}\n`);
    if (verb === 'for-each-ref') return answer(0, [...this.attempts].map((id) => `${id}\n`).join(''));
    if (words.some((word) => word.startsWith(`${RECORD}-attempts/`))) {
      const others = [...this.attempts].filter((id) => id !== words.at(-1));
      this.attempts = new Set(words[1] === '-d' ? others : [...others, words.at(-1) ?? '']);
      return answer(0);
    }
    if (verb === 'update-ref') {
      const [, ref, now = '', was] = words;
      if (ref !== RECORD || was !== (this.record ?? '0'.repeat(40))) return answer(1);
      this.record = now;
      return answer(0);
    }
    const key = JSON.stringify([folder, words, input]);
    const run = this.known.get(key) ?? git(folder, words, input);
    this.known.set(key, run);
    return run;
  };
}

class Killed extends Error {}

/** Runs a deployment, which is killed at a step; none where it comes to its end. */
async function deploy(
  repository: GitFolder,
  cloud: FakeCloud,
  remembering: Remembering,
  killedAt = Number.POSITIVE_INFINITY,
): Promise<{ exit?: number; steps: string[]; err?: string }> {
  const steps: string[] = [];
  const step = (what: string) => {
    steps.push(what);
    if (steps.length === killedAt) throw new Killed(what);
  };
  cloud.step = step;
  const stepping: Git = async (folder, words, input) => {
    step(`git ${words.join(' ')}`);
    const ran = await remembering.git(folder, words, input);
    if (words[0] === 'update-ref') step('after git update-ref');
    return ran;
  };
  const words = ['deploy', '--record', RECORD, '--end-removed', '--dir', repository.dir];
  try {
    const run = await runWith({ program: cloud.run, git: stepping, aws: { stacks: cloud.describe } }, ...words);
    return { ...run, steps };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { steps };
  }
}

/** A repository with two commits, an account as the first says, and what becomes of both without any interruption. */
async function scenario(before: Files, after: Files) {
  const repository = made({ ...APP, ...before });
  const start = new FakeCloud();
  const first = new Remembering();
  if (Object.keys(before).length > 0) expect(await deploy(repository, start, first)).toMatchObject({ exit: 0 });
  repository.git('rm', '--quiet', '-r', '--ignore-unmatch', 'integrations');
  const commit = repository.commit(after);
  const remembering = new Remembering(first.record);
  const reset = () => {
    remembering.record = first.record;
    remembering.attempts = new Set();
    return start.copy();
  };
  const whole = reset();
  const { exit, steps, err } = await deploy(repository, whole, remembering);
  expect([exit, remembering.record, exit === 0 ? '' : err]).toEqual([0, commit, '']);
  return { repository, remembering, reset, commit, wanted: whole.state, steps };
}

const SCENARIOS: readonly (readonly [string, Files, Files, number])[] = [
  ['the first deployment', {}, { ...KOHLER, ...ACME }, 2],
  ['a new client and a new integration', KOHLER, { ...KOHLER, ...NEW, ...ACME }, 2],
  ['a removed client beside one that changes', { ...KOHLER, ...ACME }, { ...KOHLER, ...NEW }, 1],
  ['a removed client with parts', { ...KOHLER, ...PARTED }, KOHLER, 1],
  ['parts that are empty', { ...KOHLER, ...PARTED }, { ...KOHLER, ...ACME }, 2],
  ['a removed client whose bucket was there before', { ...KOHLER, ...EXISTING }, KOHLER, 1],
  [
    'two that are removed, of which another takes the bucket',
    { ...KOHLER, ...ACME, ...EXISTING },
    { ...KOHLER, 'integrations/initech/client.yaml': 'bucket: {name: integrations-acme, existing: true}\n' },
    2,
  ],
];

test.each(SCENARIOS)('%s, killed at each step and run again', async (_, before, after, stacks) => {
  const { repository, remembering, reset, commit, wanted, steps } = await scenario(before, after);
  expect(Object.keys((wanted as { stacks: object }).stacks)).toHaveLength(stacks);
  expect(steps.length).toBeGreaterThan(20);
  const isKnown = knowing();
  for (const at of killSteps(steps)) {
    const cloud = reset();
    const killed = await deploy(repository, cloud, remembering, at);
    expect({ at, exit: killed.exit }).toEqual({ at, exit: undefined });
    if (isKnown(cloud, remembering)) continue;
    const again = await deploy(repository, cloud, remembering);
    const step = steps[at - 1];
    expect({ step, exit: again.exit, record: remembering.record }).toEqual({
      step,
      exit: 0,
      record: commit,
    });
    expect({ step, state: uncounted(cloud.state) }).toEqual({ step, state: uncounted(wanted) });
  }
});

/** At which steps a run is killed: the first is 1. */
function killSteps(steps: readonly string[]): readonly number[] {
  return shareOf(
    steps.map((_, at) => at + 1),
    0,
  );
}

/** Whether a killed run left what an earlier one left: there is nothing else that the next run finds. */
function knowing(): (cloud: FakeCloud, remembering: Remembering) => boolean {
  const known = new Set<string>();
  return (cloud, { record }) => {
    const state = JSON.stringify([cloud.state, record]);
    const isKnown = known.has(state);
    known.add(state);
    return isKnown;
  };
}

/** A stack that was deployed twice is as one that was deployed once. */
function uncounted(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state).replaceAll('UPDATE_COMPLETE', 'CREATE_COMPLETE'));
}

test('killed at each step, and taken back by the next commit, nothing is forgotten', async () => {
  const tried = await scenario(KOHLER, { ...KOHLER, ...NEW, ...PARTED });
  const back = tried.repository.commit({}, 'integrations/acme', 'integrations/kohler/adobe.yaml');
  await takenBack(tried, back);
});

test('killed at each step, and taken back by going back to what was recorded, nothing stays as it was tried', async () => {
  const tried = await scenario({ ...KOHLER, ...ACME }, { ...KOHLER, ...NEW, ...ACME });
  await takenBack(tried, tried.repository.git('rev-parse', 'HEAD~1'));
});

test.each<[string, Files, Files]>([
  [
    'what nobody sees from outside',
    { ...KOHLER, ...ACME },
    { ...KOHLER, ...ACME, 'integrations/kohler/reltio.yaml': ROLE.replace('exporter', 'importer') },
  ],
  ['a client in a Region in which no other is, with parts', KOHLER, { ...KOHLER, ...PARTED }],
  ['a part', { ...KOHLER, ...ACME }, { ...KOHLER, ...PARTED }],
])('killed at each step, and an older commit deployed: %s is taken back', async (_, before, after) => {
  const tried = await scenario(before, after);
  await takenBack(tried, tried.repository.git('rev-parse', 'HEAD~1'));
});

/** Kills the deployment of a commit at each step, and then deploys another, which is as what was recorded before. */
async function takenBack(
  { repository, remembering, reset, steps, commit }: Awaited<ReturnType<typeof scenario>>,
  back: string,
): Promise<void> {
  const then = new Remembering();
  const isKnown = knowing();
  let differed = 0;
  for (const at of killSteps(steps)) {
    const step = steps[at - 1];
    repository.git('checkout', '--quiet', commit);
    const cloud = reset();
    const wanted = uncounted(cloud.state) as { stacks: object };
    await deploy(repository, cloud, remembering, at);
    if (JSON.stringify(uncounted(cloud.state)) !== JSON.stringify(wanted)) differed += 1;
    if (isKnown(cloud, remembering)) continue;
    repository.git('checkout', '--quiet', back);
    then.record = remembering.record;
    then.attempts = remembering.attempts;
    const { exit } = await deploy(repository, cloud, then);
    expect({ step, exit, record: then.record, attempts: then.attempts.size }).toEqual({
      ...{ step, exit: 0, record: back, attempts: 0 },
    });
    // The bucket of a client that came and went stays, without anybody's access.
    const { stacks, buckets } = uncounted(cloud.state) as { stacks: object; buckets: Readonly<Record<string, object>> };
    expect({ step, stacks }).toEqual({ step, stacks: wanted.stacks });
    const left = Object.values(buckets).filter((bucket) => !('stack' in bucket));
    const came = 'integrations-acme' in buckets && !Object.keys(stacks).join().includes('acme');
    expect({ step, left }).toEqual({ step, left: came ? [{ policy: 'TlsOnly' }] : [] });
  }
  // At some steps something else was deployed; of a share of them, at one.
  expect(differed).toBeGreaterThan(killSteps(steps).length < steps.length ? 0 : 1);
}
