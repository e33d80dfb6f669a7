import { answersHttp, freePorts, type Processes } from './processes';
import type { StandIns } from './stand-ins';

/**
 * Starts moto.
 * @returns its endpoint, by name: of an IP address moto would take the bucket from the host
 */
export async function startMoto({ env }: Pick<StandIns, 'env'>, processes: Processes): Promise<string> {
  const [port = 0] = await freePorts(1);
  const argv = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)];
  await processes.serve('moto', ['python3', ...argv], env, () =>
    answersHttp(`http://127.0.0.1:${port}/moto-api/data.json`),
  );
  return `http://localhost:${port}`;
}
