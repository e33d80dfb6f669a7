import { problemLine } from '../definitions/yaml/problem';
import { checkName } from '../rules/names';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { failure } from './new/answer-finding';
import type { NewOptions } from './new/options';
import { type Proposal, propose } from './new/propose';
import { write } from './new/write-definition';

/** Writes the definition of a new integration: the safest kind that the vendor can use, and why. */
export async function newIntegration(client: string, vendor: string, options: NewOptions, host: Host): Promise<Exit> {
  for (const [role, name] of [
    ['client', client],
    ['vendor', vendor],
  ] as const) {
    const [finding] = checkName(role, name);
    if (finding) throw new Failure(`${finding.message}; ${finding.fix}`, Exit.USAGE);
  }
  if (vendor === 'client')
    throw new Failure('client.yaml is the client itself; choose another vendor name', Exit.USAGE);
  const proposal = await propose(client, vendor, options, host);
  const [objection] = proposal.objections;
  if (objection?.code === 'file-exists') throw new Failure(`${objection.message}; ${objection.fix}`);
  if (objection) throw failure(objection);
  judged(proposal, options);
  return write(client, vendor, proposal, options, host);
}

/** Nothing is written that `check` would refuse. */
function judged({ problems }: Proposal, options: NewOptions): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => problemLine(problem, options.dir).replace(/^.*?: error/, 'error'));
  throw new Failure(`nothing was written:\n${lines.join('\n')}`);
}
