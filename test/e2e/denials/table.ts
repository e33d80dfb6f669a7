import { notByGateway, notBySimulator } from './judges';
import type { Request } from './request';

/** The requests that not both judges have answered, as a table: which calls, who judged them, and why the other can't. */
export function judgedByOne(requests: readonly Request[]): string {
  const rows = new Map<string, number>();
  for (const request of requests) {
    const [gateway, simulator] = [notByGateway(request), notBySimulator(request)];
    if (gateway === undefined && simulator === undefined) continue;
    const judge = gateway === undefined ? 'gateway' : simulator === undefined ? 'simulator' : 'nobody';
    const why = [...new Set([gateway, simulator])].filter((each) => each !== undefined).join('; ');
    const row = `${judge.padEnd(10)} ${request.call.does.padEnd(27)} ${why}`;
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([row, count]) => `  ${String(count).padStart(4)}  ${row}`);
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0);
  return [
    `Of ${requests.length} requests ${requests.length - all} were judged by both; the others:`,
    `  ${'many'.padStart(4)}  ${'judged by'.padEnd(10)} ${'call'.padEnd(27)} why the other can't`,
    ...lines,
  ].join('\n');
}

/** The switches that the gateway did not judge, and why. */
export function switchedByOne(all: number, notOnGateway: ReadonlyMap<string, string>): string {
  const width = Math.max(0, ...[...notOnGateway.keys()].map((form) => form.length));
  const lines = [...notOnGateway]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([form, why]) => `  ${form.padEnd(width)}  ${why}`);
  return [
    `Of ${all} things switched off ${all - notOnGateway.size} were judged by both; the others by the simulator alone:`,
    ...lines,
  ].join('\n');
}
