import { accessGrant, accessGrantsLocation, bucket, publicAccessBlock } from './bucket';
import { accessKey, iamDetails, oidcProvider, samlProvider } from './iam';
import { isObject, type JsonObject } from './json';
import { key, rolesAnywhereProfile, secret, stack, transferAccess, transferUser, trustAnchor } from './services';
import {
  count,
  instant,
  list,
  Mismatch,
  members,
  orNull,
  type Place,
  type Read,
  record,
  type Shape,
  text,
  textLike,
  texts,
} from './shape';

/** What a snapshot says of itself. */
export const SNAPSHOT_FORMAT = 'bucket-integrations/snapshot@1';

const format: Shape<string> = {
  schema: { const: SNAPSHOT_FORMAT },
  read: (value, place) => {
    if (value === SNAPSHOT_FORMAT) return SNAPSHOT_FORMAT;
    throw new Mismatch(place, SNAPSHOT_FORMAT, value);
  },
};

const notRead = members({ list: text, arn: orNull(text), why: text }, {});

/** Lists by what APIs wrap them in, in the order of their ARNs or names. */
const shape = members(
  {
    format,
    account: textLike(/^\d{12}$/, 'an account id of twelve digits'),
    partition: textLike(/^aws[a-z-]*$/, 'a partition, such as aws'),
    regions: texts(),
    collectedAt: instant,
    notRead: list(notRead, { by: (one) => `${one.list} ${one.arn ?? ''} ${one.why}`, absentIsEmpty: true }),
  },
  {
    iam: iamDetails,
    maxSessionDurations: record(count),
    accessKeys: list(accessKey, { by: ({ UserName, AccessKeyId }) => `${UserName} ${AccessKeyId}` }),
    loginProfiles: texts(),
    oidcProviders: list(oidcProvider, { by: ({ Arn }) => Arn }),
    samlProviders: list(samlProvider, { unwrap: ['SAMLProviderList'], by: ({ Arn }) => Arn }),
    accountPublicAccessBlock: orNull(publicAccessBlock),
    bucketNames: texts(),
    buckets: list(bucket, { by: ({ Name }) => Name }),
    keys: list(key, { by: ({ Arn }) => Arn }),
    secrets: list(secret, { by: ({ Arn }) => Arn }),
    trustAnchors: list(trustAnchor, { unwrap: ['trustAnchors'], by: ({ trustAnchorArn }) => trustAnchorArn }),
    rolesAnywhereProfiles: list(rolesAnywhereProfile, { unwrap: ['profiles'], by: ({ profileArn }) => profileArn }),
    accessGrants: list(accessGrant, {
      unwrap: ['AccessGrantsList'],
      by: ({ AccessGrantArn, AccessGrantId }) => AccessGrantArn ?? AccessGrantId,
    }),
    accessGrantsLocations: list(accessGrantsLocation, {
      unwrap: ['AccessGrantsLocationsList'],
      by: ({ AccessGrantsLocationArn, AccessGrantsLocationId }) => AccessGrantsLocationArn ?? AccessGrantsLocationId,
    }),
    transferUsers: list(transferUser, { by: ({ Arn }) => Arn }),
    transferAccesses: list(transferAccess, { by: ({ ServerId, ExternalId }) => `${ServerId} ${ExternalId}` }),
    stacks: list(stack, { unwrap: ['Stacks'], by: ({ StackId }) => StackId }),
  },
);

/**
 * An account as it is: what AWS's APIs say of it, in one form however it was written. A list that is undefined was not
 * read; a thing that is neither in an existing list nor in `notRead` does not exist.
 */
export type Snapshot = Read<typeof shape>;

/** A list of a snapshot, or another part of it, that may be missing. */
export type SnapshotPart = Exclude<
  keyof Snapshot,
  'format' | 'account' | 'partition' | 'regions' | 'collectedAt' | 'notRead'
>;

/** What was not read: of a list, or of one thing in it, and why. */
export type NotRead = Read<typeof notRead>;

/** Why a value is no snapshot, with what to do. */
export class NotASnapshot extends Error {}

/**
 * What a value says that came from a file, or from AWS's APIs.
 * @throws NotASnapshot with what is wrong and where, or which other format it has
 */
export function toSnapshot(value: unknown): Snapshot {
  if (!isObject(value) || !Object.hasOwn(value, 'format')) {
    throw new NotASnapshot(
      `it is not a snapshot: it has no format ${SNAPSHOT_FORMAT}; name a file that snapshot wrote`,
    );
  }
  if (value.format !== SNAPSHOT_FORMAT) throw new NotASnapshot(otherFormat(value.format));
  try {
    return shape.read(value);
  } catch (error) {
    if (error instanceof Mismatch) throw new NotASnapshot(`${error.message}; take the snapshot again`);
    throw error;
  }
}

function otherFormat(found: unknown): string {
  const { message } = new Mismatch({ at: 'format' } satisfies Place, SNAPSHOT_FORMAT, found);
  return `${message}; take the snapshot again with this version`;
}

/** The JSON Schema of the file. */
export function snapshotSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A snapshot of an AWS account: who can do what to which bucket, key, secret or principal',
    ...shape.schema,
  };
}
