import { accessPointNames } from '../rules/access-points';
import {
  BUCKET_INTENT_KEY,
  type BucketIntent,
  INTENT_KEY,
  INTERNAL_INTENT_KEY,
  type Intent,
  type InternalIntent,
  internalPolicies,
  policiesOf,
} from '../rules/intent';
import { intentIn } from '../rules/intent-note';
import { namesOf, secretName } from '../rules/names';
import type { Statement } from '../rules/statement';
import { KeySlot } from '../rules/vocabulary';
import type { FlatResource, FlatTemplate } from './flat-template';
import type { Guarded } from './grants';

/** What the integrations of some templates are meant to be. */
export interface Intents {
  readonly integrations: readonly Intent[];
  readonly buckets: readonly BucketIntent[];
  /** What somebody of our own company is meant to have. */
  readonly internal: readonly InternalIntent[];
}

/** The intents that a template's metadata notes. */
export function intentsIn(template: FlatTemplate): Intents {
  const known = READ.get(template);
  if (known) return known;
  const under = (key: string) =>
    Object.entries(template.metadata).flatMap(([name, value]) => (name.startsWith(key) ? [value] : []));
  const intents = {
    integrations: under(INTENT_KEY).map(intentIn),
    buckets: under(BUCKET_INTENT_KEY) as BucketIntent[],
    internal: under(INTERNAL_INTENT_KEY) as InternalIntent[],
  };
  READ.set(template, intents);
  return intents;
}

// Intents go by identity, so that each is read once.
const READ = new WeakMap<FlatTemplate, Intents>();

/**
 * Every template of an app, with what is meant of them and who is who in them. Made once for an app, and asked by name:
 * an app of a hundred clients has ten thousand integrations, and each of them asks.
 */
export class AppIndex {
  readonly intents: Intents;
  private readonly byPrincipal = new Map<string, Intent>();
  private readonly bySecret = new Map<string, Intent>();
  private readonly meant = new Map<Intent, ReturnType<typeof policiesOf>>();
  private readonly byId = new Map<string, FlatResource>();
  private readonly byType = new Map<string, FlatResource[]>();
  private readonly byBucket: ReadonlyMap<string, readonly Intent[]>;
  private readonly byKey: ReadonlyMap<string | undefined, readonly Intent[]>;

  constructor(templates: readonly FlatTemplate[]) {
    const all = templates.map(intentsIn);
    const integrations = all.flatMap((each) => each.integrations);
    const buckets = all.flatMap((each) => each.buckets);
    // A bucket that one names as created and another as existing is created.
    const internal = all.flatMap((each) => each.internal);
    this.intents = { integrations, internal, buckets: buckets.sort((a, b) => Number(b.created) - Number(a.created)) };
    this.byBucket = groupBy(integrations, ({ confinement }) => this.sameBucket(confinement.bucketArn));
    this.byKey = groupBy(integrations, ({ key }) => key?.arn);
    for (const { resources } of templates) {
      for (const resource of resources) {
        this.byId.set(resource.id, resource);
        const like = this.byType.get(resource.type);
        if (like) like.push(resource);
        else this.byType.set(resource.type, [resource]);
      }
    }
    for (const intent of integrations) {
      if (intent.principalName !== undefined) this.byPrincipal.set(intent.principalName, intent);
      if (intent.trusts.by !== 'access-key') continue;
      const { client, vendor } = namesOf(intent.integration);
      for (const slot of Object.values(KeySlot)) this.bySecret.set(secretName(client, vendor, slot), intent);
    }
  }

  /** The policies that an integration is meant to have. */
  policies(intent: Intent): ReturnType<typeof policiesOf> {
    const known = this.meant.get(intent);
    if (known) return known;
    const made = policiesOf(intent);
    this.meant.set(intent, made);
    return made;
  }

  /** The resources of these types, wherever they are. */
  ofType(...types: readonly string[]): readonly FlatResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The integrations in a bucket, which go by its ARN or by a reference to it. */
  inBucket(...arns: readonly string[]): readonly Intent[] {
    return [...new Set(arns.map((arn) => this.sameBucket(arn)))].flatMap((arn) => this.byBucket.get(arn) ?? []);
  }

  /** The statements that a bucket's policy is meant to have, in a bucket that goes by these ARNs. */
  bucketStatements(...arns: readonly string[]): readonly Statement[] {
    const same = new Set(arns.map((arn) => this.sameBucket(arn)));
    return [
      ...this.intents.internal
        .filter(({ place }) => same.has(this.sameBucket(place.bucketArn)))
        .flatMap((each) => internalPolicies(each).bucket),
      ...this.inBucket(...arns).flatMap((each) => this.policies(each).bucket),
    ];
  }

  /** The statements that the policy of the key of this ARN is meant to have beside its administration. */
  keyPolicyStatements(arn: string): readonly Statement[] {
    return [
      ...this.intents.internal.filter(({ key }) => key?.arn === arn).flatMap((each) => internalPolicies(each).key),
      ...(this.byKey.get(arn) ?? []).flatMap((each) => this.policies(each).key),
    ];
  }

  /** One reference or ARN for all that mean the same bucket: two may give it other names. */
  private sameBucket(arn: string): string {
    return this.aliases().get(referenced(arn)) ?? arn;
  }

  private readonly aliases = once((): ReadonlyMap<string, string> => {
    const aliases = new Map<string, string>();
    for (const { bucketArn, reference } of this.intents.buckets) {
      const all = [bucketArn, reference].map(referenced);
      const one = all.map((name) => aliases.get(name)).find((name) => name !== undefined) ?? bucketArn;
      for (const name of all) if (!aliases.has(name)) aliases.set(name, one);
    }
    return aliases;
  });

  /** The integrations whose certificates a trust anchor vouches for. */
  vouchedFor(anchor: FlatResource): readonly Intent[] {
    return this.byAnchor().get(anchor) ?? [];
  }

  private readonly byAnchor = once(() =>
    groupBy(this.intents.integrations, ({ trusts }) =>
      trusts.by === 'certificate' ? this.resource(trusts.trustAnchorArn) : undefined,
    ),
  );

  /** The integration that is meant to have the access point of this name. */
  accessPointNamed(name: unknown): Intent | undefined {
    return this.byAccessPoint().get(String(name))?.[0];
  }

  /** What the names of all access points begin with that a bucket hands on to, those included that nobody has made yet. */
  readonly delegatedPrefixes = once((): string[] => {
    const clients = this.intents.integrations.flatMap(({ integration, trusts }) =>
      trusts.by === 'access-point' ? [namesOf(integration).client] : [],
    );
    return [...new Set(clients)].map((client) => accessPointNames(client).replace(/\*$/, ''));
  });

  /** References to integrations' access points: the bucket hands on to them, so that whose policies name one are let in. */
  readonly accessPointReferences = once((): string[] =>
    this.ofType('AWS::S3::AccessPoint')
      .filter(({ properties }) => this.accessPointNamed(properties.Name))
      .flatMap(({ id }) => [`<${id}>`, `<${id}.Arn>`, `<${id}.Alias>`]),
  );

  /** Every name by which something else can lead into a client's bucket. */
  readonly waysIn = once((): string[] => [
    ...this.bucketNames(),
    ...this.accessPointReferences(),
    ...[...this.byAccessPoint().keys()].flatMap((name) => name ?? []),
  ]);

  private readonly byAccessPoint = once(() =>
    groupBy(this.intents.integrations, ({ trusts }) => (trusts.by === 'access-point' ? trusts.name : undefined)),
  );

  /** What a reference means. */
  resource(reference: unknown): FlatResource | undefined {
    const id = /^<([^<>.]+)(?:\.\w+)?>$/.exec(String(reference))?.[1];
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** The intent of the role or user of this very name. */
  named(name: unknown): Intent | undefined {
    return this.byPrincipal.get(String(name));
  }

  /** The intent of the role or user that a name, ARN or reference means. */
  principal(name: unknown): Intent | undefined {
    const direct = this.named(String(name).split('/').at(-1) ?? '');
    if (direct) return direct;
    const { RoleName, UserName } = this.resource(name)?.properties ?? {};
    return this.named(RoleName ?? UserName);
  }

  /** Whatever an outsider must not reach but as an integration. */
  readonly guarded = once((): Guarded[] => {
    const unnamed = (names: readonly string[]) => names.some((name) => name.startsWith('<'));
    return [
      {
        services: /^s3/i,
        names: this.bucketNames(),
        unnamed: unnamed(this.intents.buckets.map(({ bucketName }) => bucketName)),
      },
      { services: /^s3/i, names: this.accessPointReferences() },
      {
        services: /^s3/i,
        names: this.delegatedPrefixes().map((start) => `accesspoint/${start.slice(0, -1)}`),
        separator: '-',
      },
      { services: /^kms$/i, names: this.keyNames(), unnamed: unnamed(this.keyNames()) },
      { services: /^secretsmanager$/i, names: this.secretNames(), separator: '-' },
      { services: /^(?:iam|sts)$/i, names: this.principalNames() },
    ];
  });

  readonly bucketNames = once((): string[] =>
    this.intents.buckets.flatMap(({ bucketName, reference }) => [
      bucketName,
      reference,
      reference.replace('.Arn>', '>'),
    ]),
  );

  readonly keyNames = once((): string[] => {
    const keys = [
      ...this.intents.buckets.flatMap(({ keyArn }) => keyArn ?? []),
      ...this.intents.integrations.flatMap(({ key }) => key?.arn ?? []),
    ];
    return [...new Set(keys.flatMap((arn) => [arn, arn.replace(/\.Arn>$/, '>'), arn.split(':key/').at(-1) ?? arn]))];
  });

  readonly secretNames = once((): string[] =>
    this.ofType('AWS::SecretsManager::Secret')
      .filter(({ properties }) => this.ownerOf(properties.Name) !== undefined)
      .flatMap(({ id, properties }) => [
        `<${id}>`,
        `<${id}.Id>`,
        `secret:${String(properties.Name)}`,
        String(properties.Name),
      ]),
  );

  private principalNames(): string[] {
    const references = this.ofType('AWS::IAM::Role', 'AWS::IAM::User').filter(({ id }) => this.principal(`<${id}>`));
    const pathed = references.filter(({ properties: { Path } }) => typeof Path === 'string' && Path !== '/');
    return [
      ...[...this.byPrincipal.keys()].flatMap((name) => [`role/${name}`, `user/${name}`]),
      // In ARNs the path stands before the name.
      ...pathed.flatMap(({ properties: { Path, RoleName, UserName } }) => [
        `role${Path}${RoleName ?? UserName}`,
        `user${Path}${RoleName ?? UserName}`,
      ]),
      ...references.map(({ id }) => `<${id}.Arn>`),
    ];
  }

  /** The integration whose access key a secret of this name is meant to hold. */
  ownerOf(name: unknown): Intent | undefined {
    return this.bySecret.get(String(name));
  }

  /** The secrets that are meant to hold an integration's access keys. */
  secretsOf(intent: Intent): readonly FlatResource[] {
    return this.byOwner().get(intent) ?? [];
  }

  private readonly byOwner = once(() =>
    groupBy(this.ofType('AWS::SecretsManager::Secret'), ({ properties }) => this.ownerOf(properties.Name)),
  );

  /** The first roles-anywhere profile of this name. */
  profileNamed(name: string): FlatResource | undefined {
    return this.byProfileName().get(name)?.[0];
  }

  private readonly byProfileName = once(() =>
    groupBy(this.ofType('AWS::RolesAnywhere::Profile'), ({ properties }) => properties.Name),
  );

  /** References to the secret access keys of integrations. */
  readonly secretAccessKeys = once((): string[] =>
    this.ofType('AWS::IAM::AccessKey')
      .filter(({ properties }) => this.principal(properties.UserName))
      .map(({ id }) => `<${id}.SecretAccessKey>`),
  );
}

/** The ARN that is put together from a reference to a bucket is that bucket's. */
function referenced(arn: string): string {
  return arn.replace(/^arn:[^:]+:s3:::(<[^<>.]+)>$/, '$1.Arn>');
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** A value that is worked out where it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
