import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../definitions/load';
import { problemLine } from '../definitions/problem';
import type { Profile } from '../definitions/profile';
import { wayOf } from '../definitions/profile-rules';
import { Profiles } from '../definitions/profiles';
import type { Kind } from '../definitions/schema';
import { type Draft, integrationText } from '../definitions/write';
import { checkName, integrationName } from '../rules/names';
import { type Chosen, choose } from './choose';
import { Exit, Failure, type Host } from './host';

/** What `new` may be told instead of asking. */
export interface NewOptions {
  readonly dir: string;
  readonly json: boolean;
  readonly profile?: string;
  readonly kind?: Kind;
  readonly inAws?: boolean;
  readonly assumesRoles?: boolean;
  readonly certificate?: boolean;
  readonly token?: boolean;
  readonly principal?: readonly string[];
  readonly externalId?: string;
  readonly access?: readonly string[];
  readonly prefix?: string;
  readonly bucket?: string;
  readonly reason?: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
}

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
  const file = join(options.dir, client, `${vendor}.yaml`);
  if (existsSync(file)) throw new Failure(`${file} is there already; edit it, or choose another vendor name`);
  const profiles = new Profiles(options.dir);
  const name = options.profile ?? (profiles.names().includes(vendor) ? vendor : undefined);
  const profile = name === undefined ? undefined : profiles.get(name);
  if (name !== undefined && !profile)
    throw new Failure(`there is no profile of ${name}; bucket-integrations vendors shows all`, Exit.USAGE);
  const chosen = await choose(profile, options, host);
  const { draft, missing } = await drafted(vendor, name, profile, chosen, options, host);
  const text = integrationText(draft, missing);
  judged(client, vendor, text, options);
  written(client, file, text, options, host);
  report(client, vendor, file, chosen, missing, options, host);
  return Exit.DONE;
}

async function drafted(
  vendor: string,
  name: string | undefined,
  profile: Profile | undefined,
  { kind, best }: Chosen,
  options: NewOptions,
  host: Host,
): Promise<{ draft: Draft; missing: string[] }> {
  const way = profile && wayOf(profile, kind);
  const defaults = way?.defaults ?? {};
  const principals = options.principal ?? (await principalsFor(kind, defaults, host));
  const missing: string[] = [];
  const needs = (key: string) => way?.sends?.find((each) => each.key === key);
  const wait = (key: string, what: string) => {
    const sent = needs(key);
    missing.push(`${key}: ${sent ? `${sent.label} (${sent.where})` : what}`.replace(/\s+/g, ' '));
  };
  if (
    (kind === 'assumed-role' || kind === 'direct-trust') &&
    principals.length === 0 &&
    defaults.principals === undefined
  ) {
    wait('principals', "the vendor's role or user ARN");
  }
  const externalId = options.externalId ?? (makesExternalId(kind, way) ? randomUUID() : undefined);
  if (externalId === undefined && way?.externalId?.use === 'required')
    wait('externalId', 'the external ID that the vendor sends');
  if (kind === 'roles-anywhere') {
    wait('trustAnchor', '{certificate: file.pem} of the authority that issues the certificate, beside this file');
    wait('subject', '{commonName: …} of the certificate');
  }
  if (kind === 'web-identity') {
    for (const key of ['provider', 'audiences', 'subjects'].filter((each) => defaults[each] === undefined)) {
      wait(key, `the tokens' ${{ provider: 'iss', audiences: 'aud', subjects: 'sub' }[key]} claim`);
    }
  }
  const reason = options.reason ?? (kind !== best || kind === 'access-key' ? await reasonFor(kind, host) : undefined);
  const wholeBucket = profile?.rules?.bucket !== undefined;
  if (wholeBucket && options.bucket === undefined) {
    throw new Failure(`${profile?.title} needs a bucket of its own: name it with --bucket`, Exit.USAGE);
  }
  const draft: Draft = {
    ...(name === undefined || kind !== best ? { kind } : {}),
    vendor: name,
    description: options.description,
    request: options.request,
    owner: options.owner,
    reason,
    status: missing.length > 0 ? 'pending' : undefined,
    principals: principals.length > 0 ? principals : undefined,
    externalId,
    // Without an external ID the name is all that keeps the vendor's other customers out.
    roleName: way?.externalId?.use === 'refused' && kind === 'assumed-role' ? `${vendor}-${randomUUID()}` : undefined,
    prefix: options.prefix,
    dedicatedBucket: options.bucket === undefined ? undefined : { name: options.bucket },
    access: options.access,
  };
  return { draft, missing };
}

/** Whether the external ID is ours to make: where the vendor says so, and where no vendor says anything. */
function makesExternalId(kind: Kind, way: Profile['ways'][number] | undefined): boolean {
  if (kind !== 'assumed-role') return false;
  const rule = way?.externalId;
  return way === undefined ? true : rule?.madeBy === 'customer' && rule.use !== 'refused';
}

async function principalsFor(kind: Kind, defaults: Readonly<Record<string, unknown>>, host: Host): Promise<string[]> {
  if ((kind !== 'assumed-role' && kind !== 'direct-trust') || defaults.principals !== undefined || !host.ask) return [];
  const answer = await host.ask(
    "The vendor's role or user ARN, if it is known (several with commas; Enter for none yet): ",
  );
  return answer
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

async function reasonFor(kind: Kind, host: Host): Promise<string> {
  const answer = (await host.ask?.(`Why ${kind}, and nothing safer? `))?.trim();
  if (answer) return answer;
  throw new Failure(`${kind} needs a reason: --reason "why nothing safer will do"`, Exit.USAGE);
}

/** Nothing is written that `check` would refuse. */
function judged(client: string, vendor: string, text: string, options: NewOptions): void {
  const own = `${client}/${vendor}.yaml`;
  const { problems } = load(options.dir, { added: { client, vendor, text } });
  const errors = problems.filter(({ file, severity }) => file === own && severity === 'error');
  if (errors.length === 0) return;
  const lines = errors.map((problem) => problemLine(problem, options.dir).replace(/^.*?: error/, 'error'));
  throw new Failure(`nothing was written:\n${lines.join('\n')}`);
}

function written(client: string, file: string, text: string, options: NewOptions, host: Host): void {
  const clientFile = join(options.dir, client, 'client.yaml');
  try {
    mkdirSync(join(options.dir, client), { recursive: true });
    if (!existsSync(clientFile)) {
      writeFileSync(clientFile, '# yaml-language-server: $schema=../../schema/client.schema.json\n', { flag: 'wx' });
      host.err(`wrote ${clientFile}: a new client, with a bucket of its own\n`);
    }
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${(error as Error).message}`);
  }
}

function report(
  client: string,
  vendor: string,
  file: string,
  chosen: Chosen,
  missing: readonly string[],
  options: NewOptions,
  host: Host,
): void {
  const name = integrationName(client, vendor);
  if (options.json) {
    host.out(
      `${JSON.stringify({ integration: name, file, kind: chosen.kind, why: chosen.why, status: missing.length > 0 ? 'pending' : 'active', missing }, null, 2)}\n`,
    );
    return;
  }
  const next =
    missing.length > 0
      ? `It is pending until these are known:\n${missing.map((each) => `  - ${each}\n`).join('')}bucket-integrations handoff ${name} asks the vendor for them.\n`
      : `Next: bucket-integrations check, then npx cdk deploy ${client}.\n`;
  host.out(`${file}\nkind: ${chosen.kind}\n${chosen.why}\n${next}`);
}
