/**
 * Every request of the matrix is put to two judges: the simulator with the policies as they are, and a server that
 * enforces them. Each must answer what the contract says, and so as the other does. What was denied is then written as
 * AWS logs it and as vendors paste it, and both commands must find why.
 */
import { load } from '../../lib/definitions/load';
import { inFolder } from '../support/folder';
import { synthesize } from '../support/synth';
import { ask, timed } from './denials/ask';
import { deniedOf, notExplained, notFoundInLogs } from './denials/explained';
import { definitions, HOME_SETTINGS } from './denials/folder';
import { Gateway } from './denials/gateway';
import { notByGateway, notBySimulator } from './denials/judges';
import { MATRIX } from './denials/matrix';
import type { Request } from './denials/request';
import { account, Simulator } from './denials/simulator';
import { judgedByOne } from './denials/table';

const bySimulator = MATRIX.filter((request) => notBySimulator(request) === undefined);
const byGateway = MATRIX.filter((request) => notByGateway(request) === undefined);
const simulated = new Map<Request, boolean>();
const served = new Map<Request, boolean>();

beforeAll(async () => {
  const gateway = await timed('denials: accounts, stacks, sessions and objects are there', () => Gateway.open());
  await timed(`denials: ${byGateway.length} requests are answered by the gateway`, async () => {
    note(served, byGateway, await ask(gateway, byGateway));
  });
  await timed(`denials: ${bySimulator.length} requests are answered by the simulator`, async () => {
    const simulator = new Simulator(account(synthesize(definitions())));
    note(simulated, bySimulator, await ask(simulator, bySimulator));
  });
}, 300_000);

afterAll(() => {
  process.stdout.write(`${judgedByOne(MATRIX)}\n`);
});

function note(answers: Map<Request, boolean>, requests: readonly Request[], given: readonly boolean[]): void {
  for (const [at, request] of requests.entries()) answers.set(request, given[at] === true);
}

const named = (requests: readonly Request[]) => requests.map((request) => [request.text, request] as const);
const word = (allowed: boolean | undefined) => (allowed ? 'allowed' : 'denied');

describe('the simulator', () => {
  test.each(named(bySimulator))('%s', (_, request) => {
    expect(word(simulated.get(request))).toBe(word(request.allowed));
  });
});

describe('the gateway', () => {
  test.each(named(byGateway))('%s', (_, request) => {
    expect(word(served.get(request))).toBe(word(request.allowed));
  });
});

describe('what was really denied', () => {
  const { clients } = inFolder({ ...definitions(), ...HOME_SETTINGS }, (dir) => load(dir).deployment);
  const answered = (allowed: boolean) =>
    MATRIX.filter((request) => (served.get(request) ?? simulated.get(request)) === allowed);

  test('is explained by its message, with the cause that was planted', () => {
    const denied = deniedOf(answered(false));
    expect(denied.length).toBeGreaterThan(1500);
    expect(notExplained(denied, clients)).toEqual([]);
  });

  test.each(['server-access', 'cloudtrail'] as const)(
    'is found in a log (%s), with the cause that was planted',
    (log) => {
      expect(notFoundInLogs(log, deniedOf(answered(false)), answered(true), clients)).toEqual([]);
    },
  );
});

test('most requests have two judges, and those have answered alike', () => {
  const both = byGateway.filter((request) => simulated.has(request));
  expect(both.length).toBeGreaterThan(1500);
  expect(both.filter((request) => simulated.get(request) !== served.get(request))).toEqual([]);
});
