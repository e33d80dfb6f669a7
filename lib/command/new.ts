import { problemLine } from '../definitions/yaml/problem';
import { checkName } from '../rules/names';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { unanswered } from './new/answer-finding';
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
    if (finding) throw new Failure('bad-name', `${finding.message}; ${finding.fix}`, { exit: Exit.USAGE });
  }
  if (vendor === 'client')
    throw new Failure('bad-name', 'client.yaml is the client itself; choose another vendor name', { exit: Exit.USAGE });
  const proposal = await propose(client, vendor, options, host);
  const [finding] = proposal.findings;
  if (finding?.code === 'file-exists') throw new Failure('file-exists', `${finding.message}; ${finding.fix}`);
  if (finding) throw unanswered(finding);
  judged(proposal, options);
  return write(client, vendor, proposal, options, host);
}

/** Nothing is written that `check` would refuse. */
function judged({ problems }: Proposal, options: NewOptions): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => problemLine(problem, options.dir).replace(/^.*?: error/, 'error'));
  throw new Failure('edit-refused', `nothing was written:\n${lines.join('\n')}`, { problems });
}
