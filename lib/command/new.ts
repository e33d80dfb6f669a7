import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clientFolders } from '../definitions/client-folders';
import { Profiles } from '../definitions/profiles/profiles';
import type { Finding } from '../rules/finding';
import { checkName } from '../rules/names';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { unanswered } from './new/answer-finding';
import type { NewOptions } from './new/options';
import { type Proposal, propose, taken } from './new/propose';
import { write } from './new/write-definition';
import { askUntil, checkedBy } from './terminal/ask';
import { sayError, sayProblems } from './terminal/say';

const UNNAMED = 'name both (bucket-integrations new kohler reltio), or add --from-issue FILE';

/**
 * Writes the definition of a new integration: the safest kind that the vendor can use, and why. It asks for anything that is
 * left out, the names included.
 */
export async function newIntegration(
  client: string | undefined,
  vendor: string | undefined,
  options: NewOptions,
  host: Host,
): Promise<Exit> {
  for (const [role, name] of [
    ['client', client],
    ['vendor', vendor],
  ] as const) {
    const [finding] = name === undefined ? [] : namesIn(role, name);
    if (finding) throw new Failure('bad-name', finding.message, finding.fix, { exit: Exit.USAGE });
  }
  const whose = client ?? (await askClient(options.dir, host));
  const whom = vendor ?? (await askVendor(whose, options.dir, host));
  const proposal = await propose(whose, whom, options, host);
  const [finding] = proposal.findings;
  if (finding?.code === 'file-exists') throw new Failure('file-exists', finding.message, finding.fix);
  if (finding) throw unanswered(finding);
  judged(proposal, options, host);
  return write(proposal, options, host);
}

function namesIn(role: 'client' | 'vendor', name: string): Pick<Finding, 'message' | 'fix'>[] {
  if (role === 'vendor' && name === 'client')
    return [{ message: 'client.yaml is the client itself', fix: 'choose another vendor name' }];
  return checkName(role, name);
}

async function askClient(dir: string, host: Host): Promise<string> {
  const there = clientFolders(dir);
  const client = await askUntil(
    {
      text: 'Which client?',
      help: `The company whose data this is: lower-case letters, digits and hyphens, for example kohler. A new name gets a folder, and a bucket of its own.${there.length > 0 ? ` There are: ${there.join(', ')}.` : ''}`,
      read: (answer) => checkedBy(answer, namesIn('client', answer)),
    },
    asking(host, 'client and vendor are'),
  );
  return client ?? '';
}

async function askVendor(client: string, dir: string, host: Host): Promise<string> {
  const vendor = await askUntil(
    {
      text: 'Which vendor?',
      help: `Who gets access, as a name: lower-case letters, digits and hyphens, for example adobe. What these need is known: ${new Profiles(dir).names().join(', ')}.`,
      read: (answer) => {
        const file = join(dir, client, `${answer}.yaml`);
        const wrong = namesIn('vendor', answer);
        return checkedBy(answer, wrong.length === 0 && existsSync(file) ? [taken(file)] : wrong);
      },
    },
    asking(host, 'the vendor is'),
  );
  return vendor ?? '';
}

/** @throws Failure where nobody is there to answer */
function asking(host: Host, what: string): Host {
  if (host.ask) return host;
  throw new Failure('missing-name', `${what} not named`, UNNAMED, { exit: Exit.USAGE });
}

/** Nothing is written that `check` would refuse. */
function judged({ client, vendor, problems, text }: Proposal, options: NewOptions, host: Host): void {
  if (problems.length === 0) return;
  // What is not written has no place.
  const own = `${client}/${vendor}.yaml`;
  for (const problem of problems) {
    if (problem.file === own) sayError(problem.code, `${problem.message}; ${problem.fix}`, host);
    else sayProblems([problem], options.dir, host);
  }
  // The person who typed the answers gets them back.
  if (host.ask) host.err(`The definition would have been:\n${text}`);
  throw new Failure('edit-refused', 'nothing was written', 'correct what is wrong with it', { problems });
}
