/**
 * Secret access keys of integrations anywhere but in the value of their own secret: in properties and metadata of resources, in
 * outputs, in any other section of a template.
 */
import { ABSENT, canonicalText, isThing, type Json, type Thing, type Value, valueText } from '../access';
import type { MeantIntegration } from '../proof';
import { allTexts, at, type ReadResource, section, type TemplateSource } from '../templates';
import { isRecord, recordOf } from '../text/record';
import { secretName } from './guarded-names';
import type { JudgedApp } from './judged-app';
import { type Violation, violation } from './violation';

/**
 * What stands before a secret's name where something looks it up.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
const LOOKED_UP_BY = [
  'secretsmanager:',
  'ssm:/aws/reference/secretsmanager/',
  'ssm-secure:/aws/reference/secretsmanager/',
];

/** A part of a text that only the deployment knows. */
const UNKNOWN_PART = '<any>';

/** Sections that are read by themselves: what they hold has an id. */
const WITH_IDS = ['Resources', 'Outputs'];

export function shownSecrets(judged: JudgedApp): readonly Violation[] {
  const secrets = new Secrets(judged);
  if (secrets.isEmpty) return [];
  return [
    ...judged.app.resources
      .filter((resource) => secrets.inResource(resource))
      .map((resource) => violation('secret-shown', resource, 'Properties', REASON)),
    ...judged.app.sources.flatMap((source) => beside(judged, source, secrets)),
  ];
}

const REASON = 'it shows a secret access key';

/** What is neither a property nor the type of a resource: metadata, outputs, descriptions. */
function beside({ app }: JudgedApp, source: TemplateSource, secrets: Secrets): readonly Violation[] {
  const reader = app.reader(source.name);
  if (!reader) return [];
  const shown = (logicalId: string, where: string, written: unknown) => {
    const value = refers(written) ? reader.read(written) : ABSENT;
    return secrets.areIn(value)
      ? [violation('secret-shown', { source, logicalId, properties: ABSENT }, where, REASON, canonicalText(value))]
      : [];
  };
  const others = Object.entries(source.template).filter(([name]) => !WITH_IDS.includes(name));
  return [
    ...Object.entries(section(source, 'Outputs')).flatMap(([id, output]) => shown(id, 'Outputs', output)),
    ...Object.entries(section(source, 'Resources')).flatMap(([id, resource]) => {
      const { Properties: _, ...more } = recordOf(resource);
      return shown(id, 'Metadata', more);
    }),
    ...others.flatMap(([name, value]) => shown(name, name, value)),
  ];
}

/** Whether something written refers to anything: most metadata does not. */
function refers(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{');
  if (Array.isArray(value)) return value.some(refers);
  return (
    isRecord(value) && Object.entries(value).some(([name, member]) => /^(?:Ref$|Fn::)/.test(name) || refers(member))
  );
}

/** The secrets of integrations, by every way in which a template can name one. */
class Secrets {
  /** Access keys, with the integration whose they are. */
  private readonly keys: ReadonlyMap<string, MeantIntegration>;
  private readonly names: readonly string[];

  constructor(private readonly judged: JudgedApp) {
    const { world, index, meant } = judged;
    this.keys = new Map(
      world.made.flatMap((holder) => {
        const integration = holder.kind === 'user' ? index.integrationOf(holder) : undefined;
        return integration
          ? (holder.handedOut ?? []).map(({ scope, id }) => [keyOf({ scope, id }), integration] as const)
          : [];
      }),
    );
    const arns = meant.secrets.map(({ arn }) => valueText(arn));
    this.names = [...arns, ...arns.map(secretName)];
  }

  get isEmpty(): boolean {
    return this.keys.size === 0 && this.names.length === 0;
  }

  /** Its own secret holds an integration's access key as its value, and so does nothing else. */
  inResource(resource: ReadResource): boolean {
    const { written } = resource;
    const owner = this.judged.ownerOf(resource);
    if (!owner || !('members' in written) || owner.scope !== resource.source.name) return this.areIn(written);
    const others = { members: written.members.filter(([name]) => name !== 'SecretString') };
    return this.areIn(others) || this.areIn(at(written, 'SecretString'), owner);
  }

  /** @param owner whose keys may be there */
  areIn(json: Json, owner?: MeantIntegration): boolean {
    return allTexts(json).some((text) => this.areInText(text, owner));
  }

  private areInText(value: Value, owner: MeantIntegration | undefined): boolean {
    const isKey = secretsOf(value).some((key) => {
      const integration = this.keys.get(keyOf(key));
      // One integration of two stages has one name.
      return integration !== undefined && integration.intent.integration !== owner?.intent.integration;
    });
    return isKey || this.isLookedUp(value);
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html */
  private isLookedUp(value: Value): boolean {
    const text = valueText(value);
    if (!text.includes('{{resolve:')) return false;
    return [...text.matchAll(/\{\{resolve:(.*?)\}\}/gs)].some(([, what = '']) => this.mayBeMeant(what));
  }

  /** Whether a look-up, some of which only the deployment knows, may be one of a secret: by its own service or by parameters. */
  private mayBeMeant(what: string): boolean {
    if (this.names.some((name) => what.includes(name))) return true;
    const id = what.replace(/:Secret(?:String|Binary)\b.*$/s, '').replace(/(:secret:.*)-\w{6}$/s, '$1');
    const known = id.split(UNKNOWN_PART);
    if (known.length === 1) return false;
    const asked = new RegExp(`^${known.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's');
    const names = this.names.map((name) => name.replace(/-<[^>]*>$/, ''));
    return names.some((name) => LOOKED_UP_BY.some((service) => asked.test(`${service}${name}`)));
  }
}

/** The access keys whose secrets are somewhere in a text. */
export function secretsOf(value: Value): readonly Thing[] {
  return value.flatMap((piece) => {
    if (typeof piece === 'string' || 'any' in piece) return [];
    if (isThing(piece)) return piece.attribute === 'SecretAccessKey' ? [piece] : [];
    return piece.oneOf.flatMap(secretsOf);
  });
}

function keyOf({ scope, id }: Pick<Thing, 'scope' | 'id'>): string {
  return JSON.stringify([scope, id]);
}
