/** The files of clients, and what adopting a bucket would take away. */

import { DOOR_AT } from '../account/doors';
import { type Draft, integrationText } from '../definitions/yaml/write';
import { printable } from '../text/quote';
import { bucketFile } from './client-file';
import type { Definition } from './definition';
import type { AccountFacts } from './facts';
import type { KnownSettings } from './options';
import type { Places } from './placing';
import { type Said, saidIn } from './said';
import type { MadeSettings } from './settings-file';
import { hasCondition, type Unsaid } from './trust-read';

/** A client's file, before it is judged. */
export interface ClientFile {
  readonly name: string;
  /** From the folder of definitions. */
  readonly file: string;
  readonly draft: Draft;
  readonly notes: readonly string[];
  /** Buckets that are to be adopted. */
  readonly adopts: readonly string[];
  /** Whether one of them has a policy. */
  readonly hasPolicy: boolean;
  /** Whether a stack of ours is there already. */
  readonly isDeployed: boolean;
  /** Where integrations of it have buckets of their own, those buckets' keys. */
  readonly dedicated: ReadonlyMap<string, Draft>;
}

interface Surroundings {
  readonly facts: AccountFacts;
  readonly settings: KnownSettings;
  readonly made: MadeSettings;
}

export function clientFiles(
  definitions: readonly Definition[],
  places: Places,
  { facts, settings, made }: Surroundings,
): { readonly clients: readonly ClientFile[]; readonly unsaid: readonly Unsaid[] } {
  const { snapshot, setups } = facts;
  const unsaid: Unsaid[] = [];
  const isThere = (name: string) => definitions.some(({ found }) => found.client === name);
  const mains = [...places.mains].filter(([name]) => isThere(name));
  const clients = mains.map(([name, main]): ClientFile => {
    const own = definitions.filter(({ found }) => found.client === name);
    const used = new Map(own.map(({ candidate, draft }) => [candidate.bucket, draft.dedicatedBucket !== undefined]));
    const adopts: string[] = [];
    const notes: string[] = [];
    const dedicated = new Map<string, Draft>();
    let bucket: Draft | undefined;
    let hasPolicy = false;
    const wanted = main === undefined || used.has(main) ? [...used] : [...used, [main, false] as const];
    const regions = new Set<string>();
    for (const [bucketName, isDedicated] of wanted) {
      const found = snapshot.buckets?.find(({ Name }) => Name === bucketName);
      if (!found) continue;
      if (found.Region !== undefined) regions.add(found.Region);
      const made = setups.buckets.get(bucketName);
      const isDirect = own.some(
        ({ candidate }) => candidate.bucket === bucketName && candidate.kind === 'direct-trust',
      );
      const isExisting = !made && !isDirect;
      const file = bucketFile(found, isExisting, made, snapshot);
      notes.push(...file.notes.map((note) => `${bucketName}: ${note}`));
      if (isDedicated) dedicated.set(bucketName, file.keys);
      else bucket = isUsual(file.keys, name, settings) ? without(file.keys, 'name') : file.keys;
      if (isExisting || made) continue;
      adopts.push(bucketName);
      hasPolicy ||= Boolean(found.Policy);
      const place = { scope: snapshot.account, id: `arn:${snapshot.partition}:s3:::${bucketName}`, at: DOOR_AT.policy };
      unsaid.push(...endedByAdopting(saidIn(found.Policy, place), own));
    }
    if (bucket === undefined) {
      const [mainBucket] = [...setups.buckets].find(([, each]) => each.client === name && each.isMain) ?? [];
      if (mainBucket !== undefined && mainBucket !== `${settings.bucketPrefix}-${name}`) bucket = { name: mainBucket };
      else if (mainBucket === undefined)
        notes.push(
          `a bucket ${settings.bucketPrefix}-${name} is made as well: its integration has a whole bucket, which is then its own`,
        );
    }
    const [region] = regions;
    const draft: Draft = {
      account: made.account === snapshot.account ? undefined : snapshot.account,
      region: region === undefined || region === made.region ? undefined : region,
      bucket: bucket && Object.values(bucket).some((value) => value !== undefined) ? bucket : undefined,
    };
    const isDeployed = [...setups.buckets.values(), ...setups.all].some(({ client }) => client === name);
    return { name, file: `${name}/client.yaml`, draft, notes, adopts, hasPolicy, isDeployed, dedicated };
  });
  return { clients, unsaid };
}

/** Whether a bucket has the name that a client's bucket has anyway. */
function isUsual({ name }: Draft, client: string, { bucketPrefix }: KnownSettings): boolean {
  return name === `${bucketPrefix}-${client}`;
}

function without(draft: Draft, key: string): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([name]) => name !== key));
}

/** Statements of a bucket's policy that no definition has: adopting replaces the policy. */
function endedByAdopting(policy: readonly Said[], own: readonly Definition[]): readonly Unsaid[] {
  const defined = new Set(own.flatMap(({ candidate }) => candidate.rights.grants.map(({ said }) => said.text)));
  const why =
    'adopting the bucket replaces its policy, and no definition has this statement: if somebody needs it, add an internal entry or an integration first';
  return policy
    .filter((said) => !defined.has(said.text) && !(said.effect === 'Deny' && hasCondition(said, 'aws:securetransport')))
    .map((said) => ({ said, why }));
}

/** The text of a client's file. */
export function clientText({ draft, notes }: ClientFile, schema: string): string {
  return integrationText(
    schema,
    draft,
    notes.map((note) => printable(note)),
  );
}
