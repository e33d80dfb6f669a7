import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Usage } from '../../lib/usage/usage';
import { run } from '../support/run';
import { type Request, serverAccessLine } from './write-logs';

export const DIR = join(__dirname, '../explain/integrations');

/** Writes logs, and gives what usage makes of them. */
export async function usageOf(files: Readonly<Record<string, string | Buffer>>, ...more: string[]) {
  const logs = mkdtempSync(join(tmpdir(), 'logs-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(logs, name, '..'), { recursive: true });
      writeFileSync(join(logs, name), content);
    }
    const ran = await run('usage', '--dir', DIR, '--logs', logs, ...more);
    return { ...ran, logs, json: more.includes('--json') ? (JSON.parse(ran.out) as Usage) : undefined };
  } finally {
    rmSync(logs, { recursive: true });
  }
}

export const ADOBE = 'arn:aws:sts::111122223333:assumed-role/kohler_adobe/upload';
export const RELTIO = 'arn:aws:sts::444455556666:assumed-role/reltio-loader/job';
export const BOOMI = 'arn:aws:iam::111122223333:user/kohler_boomi';

let ids = 0;
const nextId = () => {
  ids += 1;
  return `ID${ids}`;
};
export const request = (more: Partial<Request>): Request => ({
  ...{ at: '2026-11-27T10:00:00Z', bucket: 'integrations-kohler', operation: 'PutObject', requester: ADOBE },
  id: nextId(),
  ...more,
});
export const denied = (more: Partial<Request>) => request({ status: 403, errorCode: 'AccessDenied', ...more });
export const text = (...requests: Request[]) => requests.map((each) => `${serverAccessLine(each)}\n`).join('');
export const NOTHING: Partial<Request> = {};
export const of = (usage: Usage | undefined, name: string) =>
  usage?.integrations.find(({ integration }) => integration === name);
