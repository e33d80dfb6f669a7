/** The first hour of docs/first-integration.md: its very commands, typed in a clean clone, against the stand-in that it starts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import type { Ended } from './cli/ended';
import { Clone } from './pipeline/clone';
import { Page } from './pipeline/page';
import { startMoto } from './servers/moto';
import { Processes } from './servers/processes';
import { motoAlone } from './servers/stand-ins';
import { openStandIn, type StandIn } from './stacks/stand-in';

jest.setTimeout(300_000);

const [hour = []] = new Page('first-integration.md').commands;
const typed = new Map<string, Ended>();
// A server of its own: other tests deploy the same buckets.
const dir = mkdtempSync(join(tmpdir(), 'first-hour-'));
const processes = new Processes(dir, () => {});
let standIn: StandIn;
let clone: Clone;

beforeAll(async () => {
  const moto = await startMoto(motoAlone(), processes);
  standIn = await openStandIn(moto, load(join(__dirname, '../../integrations')).deployment);
  clone = new Clone(standIn.environment);
});
afterAll(async () => {
  clone?.remove();
  await standIn?.close();
  await processes.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('every command does what it is there for', async () => {
  for (const line of hour) {
    // .ci/run does that for real, in a clean clone.
    if (line === 'npm ci') clone.link();
    else {
      const ended = await clone.type(line);
      expect([line, ended.exit, ended.exit === 0 ? '' : ended.err]).toEqual([line, 0, '']);
      typed.set(line, ended);
    }
  }
});

test('the hand-offs are of all five kinds, and of what is deployed', () => {
  const handoffs = [...typed].filter(([line]) => line.includes(' handoff '));
  expect(handoffs).toHaveLength(6);
  for (const [, { out }] of handoffs) expect(out).not.toContain('DRAFT');
  const kinds = load(join(__dirname, '../../integrations')).deployment.clients.flatMap(({ integrations }) =>
    integrations.flatMap(({ name, kind }) => (handoffs.some(([line]) => line.includes(` ${name} `)) ? [kind] : [])),
  );
  expect(new Set(kinds).size).toBe(5);
});

test('the key goes through both slots, and nothing stays edited', () => {
  const rotations = [...typed].filter(([line]) => line.includes(' rotate '));
  expect(rotations.map(([, { out }]) => /keys: (.*)/.exec(out)?.[1])).toEqual(['[a] → [a, b]', '[a, b] → [b]']);
  expect(clone.git('status', '--porcelain')).toBe('');
});
