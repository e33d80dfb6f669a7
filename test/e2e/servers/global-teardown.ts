import { release } from './held';
import { seconds } from './processes';

/** Stops the servers, and waits until nothing is left of them. */
export default async function globalTeardown(): Promise<void> {
  const began = Date.now();
  await release();
  process.stderr.write(`e2e: all servers are stopped after ${seconds(began)}\n`);
}
