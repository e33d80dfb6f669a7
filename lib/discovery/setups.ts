/** What stacks of ours in an account say of their integrations and buckets: only they know names. */
import { isObject, NotJson, parseJson } from '../account/json';
import type { Snapshot } from '../account/snapshot';
import { checkName, namesOf } from '../rules/names';
import { parseStackName, stackDescription } from '../rules/stacks';

/** An integration that a stack of ours made. */
export interface Setup {
  readonly client: string;
  readonly vendor: string;
  readonly kind: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly roleArn?: string;
  readonly accessPointArn?: string;
  readonly secrets: readonly string[];
}

/** A bucket that a client's stack made. */
export interface OwnBucket {
  readonly client: string;
  /** Whether the stack made keys too. */
  readonly makesKey: boolean;
  /** Whether it is the client's, and not one integration's own. */
  readonly isMain: boolean;
}

export class Setups {
  readonly all: readonly Setup[];
  readonly buckets: ReadonlyMap<string, OwnBucket>;

  constructor({ stacks = [] }: Snapshot) {
    const own = stacks.flatMap((stack) => {
      const { client, part } = parseStackName(stack.StackName) ?? {};
      const isOurs = client !== undefined && stack.Description === stackDescription(client, part);
      return isOurs && stack.StackStatus !== 'DELETE_COMPLETE' ? [{ stack, client }] : [];
    });
    this.all = own.flatMap(({ stack, client }) =>
      (stack.Outputs ?? []).flatMap(({ OutputValue = '' }) => setupIn(OutputValue, client)),
    );
    this.buckets = new Map(
      own.flatMap(({ stack: { Resources = [] }, client }) => {
        const makesKey = Resources.some(({ ResourceType }) => ResourceType === 'AWS::KMS::Key');
        return Resources.filter(({ ResourceType }) => ResourceType === 'AWS::S3::Bucket').flatMap(
          ({ PhysicalResourceId, LogicalResourceId }) =>
            PhysicalResourceId === undefined
              ? []
              : [
                  [
                    PhysicalResourceId,
                    { client, makesKey, isMain: /^Bucket[0-9A-F]{8}$/.test(LogicalResourceId) },
                  ] as const,
                ],
        );
      }),
    );
  }

  /** The integration that is known by one of its own. */
  of(bucket: string, by: (setup: Setup) => boolean): Setup | undefined {
    return this.all.find((setup) => setup.bucket === bucket && by(setup));
  }

  /** The client of a bucket, as far as stacks say. */
  clientOf(bucket: string): string | undefined {
    return this.buckets.get(bucket)?.client ?? this.all.find((setup) => setup.bucket === bucket)?.client;
  }
}

/** Anybody may have written an output. */
function setupIn(output: string, client: string): readonly Setup[] {
  const value = parsed(output);
  if (!isObject(value)) return [];
  const { integration, kind, bucket, prefix, roleArn, accessPointArn, secrets } = value;
  if (![integration, kind, bucket, prefix].every((each) => typeof each === 'string')) return [];
  const names = namesOf(integration as string);
  if (names.client !== client || `${client}_${names.vendor}` !== integration) return [];
  if (checkName('vendor', names.vendor).length > 0) return [];
  return [
    {
      ...names,
      kind: kind as string,
      bucket: bucket as string,
      prefix: prefix as string,
      ...(typeof roleArn === 'string' && { roleArn }),
      ...(typeof accessPointArn === 'string' && { accessPointArn }),
      secrets: isObject(secrets) ? Object.keys(secrets).sort() : [],
    },
  ];
}

function parsed(output: string): unknown {
  if (!output.startsWith('{')) return undefined;
  try {
    return parseJson(output, { length: 10_000, depth: 10, values: 500 });
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}
