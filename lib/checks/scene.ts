import { BUCKET_INTENT_KEY, type BucketIntent, INTENT_KEY, type Intent } from '../rules/intent';
import type { FlatResource, FlatTemplate } from './flat-template';

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

  constructor(
    readonly template: FlatTemplate,
    readonly intents: Intents,
  ) {
    for (const intent of intents.integrations) {
      if (intent.principalName !== undefined) this.byPrincipal.set(intent.principalName, intent);
    }
  }

  /** The intent of the role or user that a name, ARN or reference means. */
  principal(name: unknown): Intent | undefined {
    const text = String(name);
    const direct = this.byPrincipal.get(text.split('/').at(-1) ?? '');
    if (direct) return direct;
    const id = /^<([A-Za-z0-9]+)(?:\.Arn)?>$/.exec(text)?.[1];
    const resource = this.template.resources.find(({ logicalId }) => logicalId === id);
    return this.byPrincipal.get(String(resource?.properties.RoleName ?? resource?.properties.UserName));
  }

  bucketNames(): string[] {
    return this.intents.buckets.flatMap(({ bucketName, reference }) => [
      bucketName,
      reference,
      reference.replace('.Arn>', '>'),
    ]);
  }

  keyNames(): string[] {
    const keys = this.intents.buckets.flatMap(({ keyArn }) => (keyArn === undefined ? [] : [keyArn]));
    return [...new Set([...keys, ...this.intents.integrations.flatMap(({ key }) => (key ? [key.arn] : []))])];
  }

  secretNames(): string[] {
    const owners = this.intents.integrations
      .filter(({ trusts }) => trusts.by === 'access-key')
      .map(({ integration }) => integration.replace('_', '/'));
    const secrets = this.template.resources.filter(
      ({ type, properties }) =>
        type === 'AWS::SecretsManager::Secret' &&
        owners.some((owner) => String(properties.Name).startsWith(`integrations/${owner}/`)),
    );
    return secrets.flatMap(({ logicalId, properties }) => [`<${logicalId}>`, String(properties.Name)]);
  }
}

/** A violation at a place of a resource. */
export function violation(
  rule: string,
  { logicalId, path }: FlatResource,
  location: string,
  reason: string,
): Violation {
  return { rule, logicalId, path, location, reason };
}

/** A violation where a resource mentions any of these names. */
export function naming(resource: FlatResource, guarded: readonly string[], reason: string): Violation[] {
  const text = JSON.stringify(resource.properties);
  return guarded.some((name) => text.includes(JSON.stringify(name).slice(1, -1)))
    ? [violation('unknown-statement', resource, 'Properties', reason)]
    : [];
}
