/**
 * Is each denial of the matrix owed to the policy that it is meant to show, and each permission too? One thing is switched
 * off in one policy that is deployed, and exactly the requests turn that speak of it.
 */
import { synthesize } from '../support/synth';
import { ask, type JudgeOfRequests, timed } from './denials/ask';
import { type Chosen, chosen } from './denials/chosen';
import { changed } from './denials/documents';
import { definitions } from './denials/folder';
import { Gateway } from './denials/gateway';
import { notBySimulator, notSwitchedOnGateway } from './denials/judges';
import type { Request } from './denials/request';
import { account, Simulator } from './denials/simulator';
import { switches } from './denials/switches';
import { switchedByOne } from './denials/table';
import { Untranslatable } from './deployer/translation';

const HOME = account(synthesize(definitions()));
const ALL = switches(HOME);
const CHOSEN = chosen(ALL);
const notOnGateway = new Map<string, string>();
let gateway: Gateway;

beforeAll(async () => {
  gateway = await timed('sabotage: accounts, stacks, sessions and objects are there', () => Gateway.open());
}, 120_000);

afterAll(() => {
  process.stdout.write(`${switchedByOne(CHOSEN.length, notOnGateway)}\n`);
});

const judgedBy = (not: (request: Request) => string | undefined) => (request: Request) => not(request) === undefined;
const byGateway = judgedBy(notSwitchedOnGateway);
const bySimulator = judgedBy(notBySimulator);

test('everything in the policies can be switched off, one of each form', () => {
  expect(ALL.length).toBeGreaterThan(500);
  expect(CHOSEN.length).toBeGreaterThan(120);
});

test.each(CHOSEN.map((one) => [one.text, turns(one), one] as const))('%s: %s', async (_text, _turns, one) => {
  const simulator = new Simulator(changed(HOME, one.document, one.statements));
  const [simulated, served] = await Promise.all([turned(simulator, one, bySimulator), servedWithout(one)]);
  const spoken = one.turning.filter(bySimulator);
  expect(simulated).toEqual(texts(spoken));
  if (served) expect(served).toEqual(texts(one.turning.filter(byGateway)));
  // Somebody must have noticed.
  expect([...simulated, ...(served ?? [])]).not.toEqual([]);
});

/** What turns, in a few words. */
function turns({ turning: [first, ...others] }: Chosen): string {
  return `turns “${first?.text ?? 'nothing'}”${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

const texts = (requests: readonly Request[]) => requests.map(({ text }) => text);

/** The requests that a judge now answers otherwise than the contract. */
async function turned(
  judge: JudgeOfRequests,
  { asked }: Chosen,
  can: (request: Request) => boolean,
): Promise<string[]> {
  const requests = asked.filter(can);
  const answers = await ask(judge, requests);
  return texts(requests.filter(({ allowed }, at) => answers[at] !== allowed));
}

/** As {@link turned}, on the gateway; undefined where it can't show the difference. */
async function servedWithout(one: Chosen): Promise<string[] | undefined> {
  if (!one.turning.some(byGateway)) {
    const why = one.turning.map(notSwitchedOnGateway).find((each) => each !== undefined);
    notOnGateway.set(one.form, why ?? 'no request speaks of it');
    return undefined;
  }
  try {
    await gateway.put(one.document, one.statements);
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    notOnGateway.set(one.form, error.message);
    return undefined;
  }
  try {
    return await turned(gateway, one, byGateway);
  } finally {
    await gateway.put(one.document, one.document.statements);
  }
}
