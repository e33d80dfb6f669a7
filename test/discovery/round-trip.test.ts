import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { bucketOf, type Client, type Deployment, type Integration } from '../../lib/definitions/model/model';
import { Status } from '../../lib/rules/vocabulary';
import { deployedAccount } from '../support/deployed-account';
import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { SHAPES } from './shapes';

/** What an account cannot know, and what it knows otherwise. */
const NOT_TO_BE_KNOWN = {
  /** Texts for people, and which profile somebody chose. */
  texts: ['description', 'request', 'owner', 'contact', 'reviewBy', 'reason', 'profile', 'way', 'site'],
  /** A part of a stack is where it is deployed, and nothing that it may do. */
  places: ['stackPart'],
  /** An authority is a trust anchor in the account, and a provider has an ARN there. */
  asArns: ['certificateAuthority', 'trustAnchorArn', 'provider'],
} as const;

const working = mkdtempSync(join(tmpdir(), 'round-trip-'));
afterAll(() => rmSync(working, { recursive: true, force: true }));

async function thereAndBack(files: Readonly<Record<string, string>>) {
  return inFolder(files, async (dir) => {
    const snapshot = join(working, 'account.json');
    const out = join(working, 'found');
    writeFileSync(snapshot, JSON.stringify(deployedAccount(dir)));
    const { exit, err, out: said } = await run('discover', '--snapshot', snapshot, '--out', out, '--json');
    return { before: load(dir).deployment, after: load(out), exit, err, said: JSON.parse(said) };
  });
}

function meaning({ clients }: Deployment): ReadonlyMap<string, unknown> {
  const active = clients.flatMap((client) =>
    client.integrations.filter(({ status }) => status === Status.ACTIVE).map((each) => ({ client, each })),
  );
  return new Map(active.map(({ client, each }) => [each.name, meant(client, each)]));
}

function meant(client: Client, integration: Integration): unknown {
  const unknown = Object.values(NOT_TO_BE_KNOWN).flat<readonly (readonly string[])[]>();
  const entries = Object.entries(integration).filter(([key]) => !(unknown as readonly string[]).includes(key));
  const { accessLogs, ...bucket } = bucketOf(client, integration);
  const inOrder = (value: unknown) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string') ? [...value].sort() : value;
  const plain = Object.fromEntries(entries.map(([key, value]) => [key, inOrder(value)]));
  // A whole bucket's listing is that of its root.
  if (integration.prefix === '' && Array.isArray(plain.access))
    plain.access = plain.access.filter((each) => each !== 'root-list');
  return { ...plain, dedicatedBucket: integration.dedicatedBucket !== undefined, bucket };
}

test('definitions, deployed and discovered again, are the same as far as an account can know', async () => {
  const { before, after, exit, said } = await thereAndBack(SHAPES);
  expect(exit).toBe(0);
  expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(said.inexpressible).toEqual([]);
  const [wanted, found] = [meaning(before), meaning(after.deployment)];
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [name, of] of wanted) expect([name, found.get(name)]).toEqual([name, of]);
  expect(said.found.flatMap(({ excess, lost }: { excess: string[]; lost: string[] }) => [...excess, ...lost])).toEqual(
    [],
  );
});
