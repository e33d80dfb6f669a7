import { BUCKET_INTENT_KEY, type BucketIntent, INTENT_KEY, type Intent } from '../rules/intent';
import { namesOf, secretName } from '../rules/names';
import { KeySlot } from '../rules/vocabulary';
import type { FlatResource, FlatTemplate } from './flat-template';
import type { Guarded, Principal } from './grants';

/** Something that gives more than is meant, or guards less. */
export interface Violation {
  /** Stable, for example `unknown-statement`. */
  readonly rule: string;
  readonly logicalId: string;
  readonly path?: string;
  /** Where in the resource. */
  readonly location: string;
  /** What is there, and why it is not what is meant. */
  readonly reason: string;
}

/** What the integrations of some templates are meant to be. */
export interface Intents {
  readonly integrations: readonly Intent[];
  readonly buckets: readonly BucketIntent[];
}

/** The intents that a template's metadata notes. */
export function intentsIn(template: FlatTemplate): Intents {
  const under = (key: string) =>
    Object.entries(template.metadata).flatMap(([name, value]) => (name.startsWith(key) ? [value] : []));
  return { integrations: under(INTENT_KEY) as Intent[], buckets: under(BUCKET_INTENT_KEY) as BucketIntent[] };
}

/** A template with what is meant of it, and who is who in it. */
export class Scene {
  readonly byPrincipal = new Map<string, Intent>();
  private readonly bySecret = new Map<string, Intent>();
  /** The resources of every template of the app. */
  readonly everything: readonly FlatResource[];
  private readonly byId: ReadonlyMap<string, FlatResource>;

  constructor(
    readonly template: FlatTemplate,
    readonly intents: Intents,
    templates: readonly FlatTemplate[] = [template],
  ) {
    this.everything = templates.flatMap(({ resources }) => resources);
    this.byId = new Map(this.everything.map((resource) => [resource.id, resource]));
    for (const intent of intents.integrations) {
      if (intent.principalName !== undefined) this.byPrincipal.set(intent.principalName, intent);
      if (intent.trusts.by !== 'access-key') continue;
      const { client, vendor } = namesOf(intent.integration);
      for (const slot of Object.values(KeySlot)) this.bySecret.set(secretName(client, vendor, slot), intent);
    }
  }

  /** What a reference means. */
  resource(reference: unknown): FlatResource | undefined {
    const id = /^<([^<>.]+)(?:\.\w+)?>$/.exec(String(reference))?.[1];
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** The intent of the role or user that a name, ARN or reference means. */
  principal(name: unknown): Intent | undefined {
    const direct = this.byPrincipal.get(String(name).split('/').at(-1) ?? '');
    if (direct) return direct;
    const { RoleName, UserName } = this.resource(name)?.properties ?? {};
    return this.byPrincipal.get(String(RoleName ?? UserName));
  }

  /** Whether somebody is let in who is not of this account, or shows what can come from outside: a token, a certificate. */
  isOutside({ type, value }: Principal): boolean {
    if (type === 'Service') return /^rolesanywhere\.|[*<]/.test(value);
    if (type !== 'AWS' || this.principal(value)) return true;
    const { account } = this.template;
    const owner = /^arn:(?:[^:<]+|<AWS::Partition>):(?:iam|sts)::(<AWS::AccountId>|\d{12}):/.exec(value)?.[1] ?? value;
    if (owner === '<AWS::AccountId>' || (account !== undefined && owner === account)) return false;
    return !/^AWS::IAM::(?:Role|User)$/.test(this.resource(value)?.type ?? '');
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

  readonly secretNames = once((): string[] => {
    const secrets = this.everything.filter(
      ({ type, properties }) => type === 'AWS::SecretsManager::Secret' && this.ownerOf(properties.Name) !== undefined,
    );
    return secrets.flatMap(({ id, properties }) => [
      `<${id}>`,
      `<${id}.Id>`,
      `secret:${String(properties.Name)}`,
      String(properties.Name),
    ]);
  });

  private principalNames(): string[] {
    const references = this.everything.filter(
      ({ type, id }) => /^AWS::IAM::(?:Role|User)$/.test(type) && this.principal(`<${id}>`),
    );
    return [
      ...[...this.byPrincipal.keys()].flatMap((name) => [`role/${name}`, `user/${name}`]),
      ...references.map(({ id }) => `<${id}.Arn>`),
    ];
  }

  /** The integration whose access key a secret of this name is meant to hold. */
  ownerOf(name: unknown): Intent | undefined {
    return this.bySecret.get(String(name));
  }
}

/** A value that is worked out where it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A violation at a place of a resource. */
export function violation(
  rule: string,
  { logicalId, path }: Pick<FlatResource, 'logicalId' | 'path'>,
  location: string,
  reason: string,
): Violation {
  return { rule, logicalId, path, location, reason };
}

/** A violation where a resource mentions any of these names. */
export function naming(resource: FlatResource, guarded: readonly string[], reason: string): Violation[] {
  const text = JSON.stringify(resource.properties);
  return guarded.some((name) => mentions(text, JSON.stringify(name).slice(1, -1)))
    ? [violation('unknown-statement', resource, 'Properties', reason)]
    : [];
}

/** Whether a text has a name in it, and not only as part of a longer one. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + name.length]];
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
