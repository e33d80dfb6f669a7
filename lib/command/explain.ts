import type { Deployment } from '../definitions/model/model';
import { type ExplainOptions as Explaining, explain as explained } from '../explain/explain';
import type { Explanation } from '../explain/explanation';
import { printable } from '../text/quote';
import { find } from './deployment/find';
import { judgeAccounts, readSnapshots } from './deployment/judged-account';
import { loadValid } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { prose } from './terminal/prose';

export interface ExplainOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Of which integration the message is. */
  readonly integration?: string;
  /** Files of snapshots: is it deployed as it is defined? */
  readonly snapshot: readonly string[];
}

/** The most of standard input that is read: a message with its stack trace, not a log. */
const MOST_BYTES = 1024 * 1024;

/** Says what an error message that a vendor sent means, and who fixes it. */
export async function explain(words: readonly string[], options: ExplainOptions, host: Host): Promise<Exit> {
  const text = await messageOf(words, host);
  const deployment = loadValid(options.dir, host);
  const found = options.integration === undefined ? undefined : find(deployment, options.integration, options.dir);
  const { clients } = deployment;
  const notDeployed = differences(options.snapshot, deployment);
  const explanation = explained(text, { clients, today: host.today, notDeployed, ...(found ? { found } : {}) });
  host.out(
    options.json ? `${JSON.stringify(explanation, null, 2)}\n` : prose(explanationText(explanation), host.width, 13),
  );
  return explanation.code === 'unknown' ? Exit.FOUND : Exit.DONE;
}

/** What is not deployed as it is defined, by what `verify` finds in snapshots. */
function differences(snapshots: readonly string[], deployment: Deployment): Explaining['notDeployed'] {
  if (snapshots.length === 0) return undefined;
  const { findings } = judgeAccounts(deployment, readSnapshots(snapshots), { strict: false });
  return (name, part) =>
    findings.find(({ integration, code }) => integration === name && ['missing', `changed-${part}`].includes(code))
      ?.message;
}

async function messageOf(words: readonly string[], host: Host): Promise<string> {
  const text = words.length > 0 ? words.join(' ') : ((await read(host)) ?? '');
  if (text.trim() !== '') return text;
  throw new Failure(
    'missing-answer',
    'there is no message to explain',
    'give it as words, or on standard input: … | bucket-integrations explain',
    {
      exit: Exit.USAGE,
    },
  );
}

async function read(host: Host): Promise<string | undefined> {
  try {
    return (await host.input?.(MOST_BYTES))?.toString('utf8');
  } catch (error) {
    throw new Failure(
      'cannot-read',
      `standard input cannot be read: ${(error as Error).message}`,
      'give the message alone',
      { cause: error },
    );
  }
}

/** For people: who was denied what, why, and what to do. */
function explanationText(found: Explanation): string {
  const { integration, principal, action, resource, code, cause, who, fix, edit } = found;
  const lines = [
    ['integration', integration ?? 'not known: name it with --integration'],
    ...(principal === null ? [] : [['who', principal]]),
    ...(action === null ? [] : [['action', action]]),
    ...(resource === null ? [] : [['resource', resource]]),
    ['cause', `${cause} [${code}]`],
    ['to fix', `${who}: ${fix}`],
    ...(edit === null ? [] : [['edit', `${edit.file}: ${edit.key}: ${valueText(edit.value)}`]]),
  ];
  return lines.map(([name = '', text = '']) => `${`${name}:`.padEnd(13)}${printable(text)}\n`).join('');
}

function valueText(value: boolean | readonly string[]): string {
  return typeof value === 'boolean' ? String(value) : `[${value.join(', ')}]`;
}
