/** A candidate as the file of an integration. */
import { type Draft, integrationText } from '../definitions/yaml/write';
import type { Capability } from '../rules/confinement';
import { integrationName } from '../rules/names';
import { type Kind, Status } from '../rules/vocabulary';
import { printable } from '../text/quote';
import type { Candidate } from './candidate';
import type { AccountFacts } from './facts';
import { moreThanToday } from './more-than-today';
import { partEnds } from './part-ends';
import { type Proposal, propose } from './proposal';
import { difference } from './sentences';

/** Where a candidate's definition goes, and what it has of the bucket. */
export interface Placed {
  readonly candidate: Candidate;
  readonly client: string;
  readonly vendor: string;
  readonly prefix: string;
  /** The prefix at which its rights are read: the empty text where they speak of the whole bucket. */
  readonly measuredAt: string;
  /** Its bucket, as keys of a bucket, where it has one of its own. */
  readonly dedicatedBucket?: Draft;
  /** The name of a vendor profile. */
  readonly profile?: string;
}

/** What a folder's settings say of all roles. */
export interface RoleSettings {
  readonly rolePath: string;
  readonly permissionsBoundary?: string;
}

/** An integration that was found. */
export interface FoundIntegration {
  readonly client: string;
  readonly vendor: string;
  readonly kind: Kind;
  /** Of the definition, from the folder of definitions. */
  readonly file: string;
  readonly principals: readonly string[];
  readonly access: readonly Capability[];
  readonly prefix: string;
  readonly excess: readonly string[];
  readonly lost: readonly string[];
  /** Nobody can use one that is not active. */
  readonly status: Status;
  /** Why it may give more than is given today: it is pending then. */
  readonly more: readonly string[];
}

/** A definition, before it is judged. */
export interface Definition {
  readonly found: FoundIntegration;
  readonly candidate: Candidate;
  readonly draft: Draft;
  readonly proposal: Proposal;
  /** What could not be told, a line each. */
  readonly notes: readonly string[];
  readonly profile?: string;
  /** What can be adopted with it. */
  readonly adopts: readonly string[];
}

/**
 * @param others how many prefixes others have in the bucket
 * @param keepsPolicy whether the bucket keeps the policy that it has
 */
export function definitionOf(
  placed: Placed,
  settings: RoleSettings,
  others: number,
  { facts, keepsPolicy }: { readonly facts: AccountFacts; readonly keepsPolicy: boolean },
): Definition {
  const { candidate, client, vendor, prefix, measuredAt, dedicatedBucket, profile } = placed;
  const { kind, keys, rights, actsAs } = candidate;
  const canListBuckets = kind !== 'direct-trust';
  const denied = [...candidate.denied, ...(candidate.until === undefined ? [] : [only(candidate.until)])];
  const proposal = propose(rights, { prefix, measuredAt }, denied, canListBuckets);
  const differs = difference(rights, proposal, others, candidate.accounted);
  const taken = takeOver(placed, settings);
  const role = actsAs && facts.policies.role(actsAs.arn);
  const ends = partEnds(candidate, proposal, measuredAt, role ? facts.policies.trustOf(role) : []);
  const lost = [...differs.lost, ...candidate.lost, ...taken.lost, ...ends];
  const notes = [
    ...candidate.notes,
    ...taken.notes,
    ...(proposal.isTold
      ? []
      : [`the account does not say which prefix it uses: ${prefix} is a guess; usage --logs shows it`]),
  ];
  const { permissionsBoundary } = settings;
  const more = moreThanToday({ candidate, proposal, measuredAt, permissionsBoundary, keepsPolicy }, facts);
  const status =
    more.length + ends.length > 0 && candidate.status === Status.ACTIVE ? Status.PENDING : candidate.status;
  const { sourceIps, vpcEndpoints, sourceVpcs, expires } = proposal.limits;
  const draft: Draft = {
    kind,
    description: printable(`Found by discover: ${candidate.description}`),
    status: status === Status.ACTIVE ? undefined : status,
    ...taken.keys,
    ...keys,
    ...(typeof keys.reason === 'string' && { reason: printable(keys.reason) }),
    dedicatedBucket,
    ...(prefix === '' ? { wholeBucket: true } : { prefix: prefix === `${vendor}/` ? undefined : prefix }),
    access: proposal.access,
    expires,
    ...some({ sourceIps, vpcEndpoints, sourceVpcs }),
  };
  const { excess } = differs;
  const file = `${client}/${vendor}.yaml`;
  const { principals } = candidate;
  const { access } = proposal;
  const adopts = actsAs && taken.isAdopted ? [actsAs.name] : [];
  return {
    found: { client, vendor, kind, file, principals, access, prefix, excess, lost, status, more },
    ...{ candidate, draft, proposal, notes, profile, adopts },
  };
}

function only(until: string): Candidate['denied'][number] {
  return { sourceIps: [], vpcEndpoints: [], sourceVpcs: [], others: [], until };
}

function some(lists: Readonly<Record<string, readonly string[]>>): Draft {
  return Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0));
}

interface TakenOver {
  readonly keys: Draft;
  readonly lost: readonly string[];
  readonly notes: readonly string[];
  readonly isAdopted: boolean;
}

/** How its role or user becomes the integration's own. */
function takeOver({ candidate, client, vendor }: Placed, { rolePath, permissionsBoundary }: RoleSettings): TakenOver {
  const { actsAs, boundary, attached } = candidate;
  const name = integrationName(client, vendor);
  if (!actsAs) return { keys: {}, lost: [], notes: [], isAdopted: false };
  const isPath = actsAs.path === rolePath;
  const isAdopted = isPath && (actsAs.type === 'role' || actsAs.name === name);
  const notes = [
    ...(boundary === permissionsBoundary
      ? []
      : [
          `its permissions boundary is ${boundary ?? 'none'}, and settings.yaml says ${permissionsBoundary ?? 'none'}: adopting changes it`,
        ]),
    ...(isAdopted
      ? attached.map((arn) => `the managed policy ${arn} stays attached when it is adopted: detach it`)
      : []),
  ];
  if (isAdopted) return { keys: actsAs.name === name ? {} : { roleName: actsAs.name }, lost: [], notes, isAdopted };
  const why = isPath
    ? 'a user is adopted only under the integration’s own name'
    : `its IAM path is ${actsAs.path}, and rolePath ${rolePath}`;
  const lost =
    actsAs.type === 'user'
      ? `the user ${actsAs.name} is not adopted (${why}): the definition makes the user ${name}; hand over its key, then delete the old user`
      : `the role ${actsAs.name} is not adopted (${why}): the definition makes another; give the vendor its ARN, then delete the old role`;
  return { keys: {}, lost: [lost], notes: [], isAdopted };
}

/** The text of a definition, with what it does not say as comments. */
export function definitionText(
  { draft, found, notes }: Definition,
  schema: string,
  profile: string | undefined,
): string {
  const { kind, ...others } = draft;
  const comments = [
    ...found.more.map((each) => `Gives more than today: ${each}`),
    ...notes.map((each) => `Not known: ${each}`),
    ...found.excess.map((each) => `Today, and not with this definition: ${each}`),
    ...found.lost.map((each) => `Taken away: ${each}`),
  ];
  return integrationText(
    schema,
    { kind, vendor: profile, ...others },
    comments.map((each) => printable(each)),
  );
}
