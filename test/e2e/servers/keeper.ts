import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCeph } from './ceph';
import type { Endpoints } from './endpoints';
import { startGateway } from './gateway';
import { startMoto } from './moto';
import { Processes, seconds } from './processes';
import { standIns } from './stand-ins';

/**
 * A process that keeps the servers of one run: it starts them, says where they are in one line of JSON, and stops them
 * and removes their folder when its input closes, which it does however the run ends.
 */
async function keep(): Promise<void> {
  const began = Date.now();
  const report = (line: string) => process.stderr.write(`e2e: ${line}\n`);
  const found = standIns();
  const dir = mkdtempSync(join(tmpdir(), 'servers-'));
  const processes = new Processes(dir, report);
  process.once('exit', () => {
    processes.kill();
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  const end = () => {
    // Whatever was being started fails now, which is no news.
    process.stderr.write = () => true;
    void processes.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  process.stdin.once('close', end).resume();

  const [ceph, moto] = await Promise.all([startCeph(dir, found, processes), startMoto(found, processes)]);
  const [overTls, plain] = await Promise.all([
    startGateway({ port: ceph.port, tls: true }),
    startGateway({ port: ceph.port, tls: false }),
  ]);
  const endpoints: Endpoints = {
    moto,
    gateway: overTls.endpoint,
    plainGateway: plain.endpoint,
    operator: ceph.operator,
  };
  report(`all servers are ready after ${seconds(began)}`);
  process.stdout.write(`${JSON.stringify(endpoints)}\n`);
}

keep().catch((error: unknown) => {
  process.stderr.write(`e2e: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
