/**
 * Published vendor policies against what an integration of that vendor gets here: the table of
 * docs/published-policies.md, and the cases of the test that simulates them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Profiles } from '../../lib/definitions/profiles/profiles';
import { type Capability, keyStatements, s3Statements } from '../../lib/rules/confinement';

const FOLDER = join(__dirname, '../data/published');

/** One action of a published policy. */
export interface Asked {
  readonly vendor: string;
  readonly file: string;
  readonly action: string;
  /** Why it is not given; none where it is. */
  readonly refused?: string;
}

/** Every action of every published policy, given or refused; throws where one is neither. */
export function askedActions(): Asked[] {
  const refused: Record<string, Record<string, string>> = parse(readFileSync(join(FOLDER, 'refused.yaml'), 'utf8'));
  const profiles = new Profiles();
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => {
    const vendor = profiles.names().find((name) => file.startsWith(`${name}-`));
    const profile = vendor === undefined ? undefined : profiles.get(vendor);
    if (vendor === undefined || !profile) throw new Error(`${file} belongs to no profile`);
    const given = actionsOf(profile.ways[0]?.defaults ?? {});
    return actionsIn(file).map((action): Asked => {
      if (given.has(action)) return { vendor, file, action };
      const why = refused[vendor]?.[action] ?? refused['*']?.[action];
      if (why === undefined) throw new Error(`${file}: ${action} is neither given nor refused`);
      return { vendor, file, action, refused: why };
    });
  });
}

function actionsIn(file: string): string[] {
  const { Statement } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  return [...new Set<string>([Statement].flat().flatMap(({ Action }) => Action))];
}

/** What a vendor's own defaults come to, in a bucket with a KMS key. */
function actionsOf(defaults: Readonly<Record<string, unknown>>): Set<string> {
  const access = defaults.access as Capability[];
  const confinement = { bucketArn: 'arn:aws:s3:::bucket', prefix: 'p/', access, bucketIsGuarded: true };
  const statements = [...s3Statements(confinement), ...keyStatements(confinement, 'key', 's3')];
  const self = defaults.selfAssume === true ? ['sts:AssumeRole'] : [];
  return new Set([...statements.flatMap(({ Action }) => Action), ...self]);
}

/** The table, as Markdown. */
export function publishedPolicies(): string {
  const rows = askedActions().map(
    ({ vendor, action, refused }) =>
      `| ${vendor} | \`${action}\` | ${refused === undefined ? 'given, inside the prefix' : `refused: ${refused}`} |`,
  );
  const asked = askedActions();
  const no = asked.filter(({ refused }) => refused !== undefined).length;
  return `# What vendors' own policies ask for, and what they get

Of ${asked.length} actions in the policies that vendors publish, ${asked.length - no} are given, each inside the integration's prefix
only, and ${no} are refused. Where a published policy lists the whole bucket, the list is given under the prefix. Generated
by \`npm run generate\` from the vendor profiles and \`test/data/published\`; the given ones are simulated by
\`test/simulation/published-policies.test.ts\`.

| vendor | action | |
|---|---|---|
${[...new Set(rows)].join('\n')}
`;
}
