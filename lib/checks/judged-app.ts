/** An app with what is meant of it: everything that a check asks. */
import {
  ABSENT,
  arnParts,
  type Holder,
  type Json,
  listed,
  literalText,
  mayMeet,
  type Value,
  valueText,
} from '../access';
import {
  type Judgement,
  judgement,
  type Meant,
  type MeantBucket,
  MeantIndex,
  type MeantIntegration,
  near,
  principalKey,
} from '../proof';
import type { Intent } from '../rules/intent';
import { namesOf, secretName } from '../rules/names';
import { KeySlot } from '../rules/vocabulary';
import {
  type AlsoOurs,
  type AppTemplates,
  at,
  type ReadResource,
  type TemplateWorld,
  textsIn,
  worldOf,
} from '../templates';
import { type IntentInApp, meantBy, settingsBy } from './intents';
import { TokenReader } from './token-reader';

export class JudgedApp {
  readonly world: TemplateWorld;
  readonly meant: Meant;
  readonly index: MeantIndex;
  private readonly bySecret = new Map<string, MeantIntegration[]>();
  private readonly secrets = new Map<MeantIntegration, ReadResource[]>();
  private judged: Judgement | undefined;
  /** Names and ARNs of the buckets that the app makes. */
  readonly madeBuckets: ReadonlySet<string>;
  private readonly settings: ReadonlyMap<string | Intent, Json>;
  private byArn: ReadonlyMap<string, Holder> | undefined;
  private readonly principals = new Map<string, MeantIntegration[]>();

  constructor(
    readonly app: AppTemplates,
    intents: readonly IntentInApp[],
    readonly ours: AlsoOurs = {},
  ) {
    this.world = worldOf(app, ours);
    // What is meant and its settings have the same tokens.
    const tokens = new TokenReader(app);
    const meant = meantBy(intents, app, tokens);
    const { integrations } = meant;
    this.settings = settingsBy(intents, tokens);
    this.madeBuckets = new Set(
      app
        .ofType('AWS::S3::Bucket')
        .flatMap((bucket) => [undefined, 'Arn'].map((name) => valueText(app.valueOf(bucket, name)))),
    );
    for (const integration of integrations) {
      const { intent, principal, account } = integration;
      if (principal) put(this.principals, principalKey(principal.kind, account, principal.name), integration);
      if (intent.trusts.by !== 'access-key') continue;
      const { client, vendor } = namesOf(intent.integration);
      for (const slot of Object.values(KeySlot)) put(this.bySecret, secretName(client, vendor, slot), integration);
    }
    const secrets = app.ofType('AWS::SecretsManager::Secret').flatMap((resource) => {
      const owner = this.ownerOf(resource);
      if (!owner) return [];
      put(this.secrets, owner, resource);
      return arnsOf(app.valueOf(resource), resource).map((arn) => ({ account: owner.account, arn }));
    });
    this.meant = { ...meant, secrets };
    this.index = new MeantIndex(this.meant, this.world);
  }

  /** The one judgement on who reaches what, worked out when it is asked for. */
  get judgement(): Judgement {
    this.judged ??= judgement(this.world, this.meant, this.index);
    return this.judged;
  }

  /** What is meant of a bucket that is created, or of an integration's principal, beside policies. */
  settingsOf(meant: MeantBucket | MeantIntegration): Json {
    return this.settings.get('intent' in meant ? meant.intent : meant.key) ?? ABSENT;
  }

  /** The integration whose access key a secret is meant to hold. */
  ownerOf({ type, source, properties }: ReadResource): MeantIntegration | undefined {
    if (type !== 'AWS::SecretsManager::Secret') return undefined;
    const [name = []] = textsIn(at(properties, 'Name'));
    return near(this.bySecret.get(literalText(name) ?? ''), source.name);
  }

  /** The secrets that are meant to hold an integration's access keys. */
  secretsOf(integration: MeantIntegration): readonly ReadResource[] {
    return this.secrets.get(integration) ?? [];
  }

  /** The integration whose role or user surely has a name, in a template's account. */
  principalNamed(kind: Holder['kind'], name: Value, { source }: ReadResource): MeantIntegration | undefined {
    const account = this.app.reader(source.name)?.environment.account ?? [];
    return near(this.principals.get(principalKey(kind, account, name)), source.name);
  }

  /** The integration whose role an ARN surely means. */
  roleOf(arn: Value, { source }: ReadResource): MeantIntegration | undefined {
    const parts = arnParts(arn);
    if (!parts) return undefined;
    this.byArn ??= new Map(this.world.made.map((each) => [valueText(each.arn), each]));
    const holder = this.byArn.get(valueText(arn));
    if (holder) return this.index.integrationOf(holder);
    const name = literalText(parts.resource)?.split('/').at(-1);
    const key = name === undefined ? undefined : principalKey('role', parts.account as Value, [name]);
    return key === undefined ? undefined : near(this.principals.get(key), source.name);
  }

  /** An integration whose role or user a name may mean. */
  perhapsNamed(kind: Holder['kind'], name: Value): MeantIntegration | undefined {
    return this.meant.integrations.find(
      ({ principal }) => principal?.kind === kind && mayMeet(name, principal.name, 'no-case'),
    );
  }
}

function put<K, V>(all: Map<K, V[]>, key: K, value: V): void {
  const found = all.get(key);
  if (found) found.push(value);
  else all.set(key, [value]);
}

/**
 * The ARNs of a secret: it has its name in every Region that it is copied to.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
function arnsOf(arn: Value, { properties }: ReadResource): readonly Value[] {
  const { partition, account, resource } = arnParts(arn) ?? {};
  if (!partition || !account || !resource) return [arn];
  const copies = listed(at(properties, 'ReplicaRegions'))
    .flatMap((each) => textsIn(at(each, 'Region')))
    .map((region) => ['arn:', ...partition, ':secretsmanager:', ...region, ':', ...account, ':', ...resource] as Value);
  return [arn, ...copies];
}
