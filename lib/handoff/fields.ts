import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import type { Way } from '../definitions/profiles/profile';
import { Capability } from '../rules/confinement';
import { Status } from '../rules/vocabulary';
import type { Field, Handoff } from './model';

/** A value of the setup information: itself, or where it comes from. */
type Value = { readonly value: string } | { readonly elsewhere: string };

/** The fields of the vendor's own screen, in its own words; ours where it has no profile. */
export function fieldsFor(
  client: Client,
  integration: Integration,
  setup: Handoff['setup'],
  way: Way | undefined,
): Field[] {
  const values = valuesOf(client, integration, setup, way);
  const templates = way?.fields ?? FIELDS[integration.kind];
  const point = usesAccessPoint(integration) ? [ACCESS_POINT] : [];
  const more = [...unsaid(templates), ...rolePath(client, templates), ...keyFields(integration, templates), ...point];
  const own = templates.flatMap((template) => ofEachTrust(integration, setup, template));
  const here = [...own, ...more].filter(({ when }) => when === undefined || IS[when](client, integration));
  return here.flatMap(({ label, value, note }): Field[] => {
    const filled = fill(value, values);
    return filled === undefined ? [] : [{ label, ...filled, note }];
  });
}

interface Template {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  /** Where the field is to be filled in, if not always. */
  readonly when?: keyof typeof IS;
}

const IS = {
  'kms-key': (client: Client, integration: Integration) => bucketOf(client, integration).kmsKey !== undefined,
  'no-kms-key': (client: Client, integration: Integration) => bucketOf(client, integration).kmsKey === undefined,
  prefix: (_: Client, { prefix }: Integration) => prefix !== '',
  'whole-bucket': (_: Client, { prefix }: Integration) => prefix === '',
};

const PLACE: readonly Template[] = [
  { label: 'Bucket', value: '{bucket}' },
  { label: 'Key prefix', value: '{prefix}', when: 'prefix' },
  { label: 'Region', value: '{region}' },
];

/** What the vendor's own policies must name, since they don't reach through the bucket's ARN. */
const ACCESS_POINT: Template = {
  label: 'Access point ARN',
  value: '{accessPointArn}',
  note: "Not to be entered as a bucket: your role's or user's own policies must allow what it does on this ARN, and on objects under it, /object/…, not on the bucket's.",
};

const says = (templates: readonly Template[], placeholder: string) =>
  templates.some(({ value }) => value.includes(placeholder));

/** A vendor that makes the role's ARN of its name has to know the path. */
function rolePath({ rolePath: path = '/' }: Client, templates: readonly Template[]): Template[] {
  if (path === '/' || !says(templates, '{roleName}') || says(templates, '{roleArn}')) return [];
  return [
    { label: 'Role path', value: path, note: 'The role is not at the top: its ARN has this path before its name.' },
  ];
}

/** The bucket's key, where the vendor itself names it or must be allowed to use it. */
function keyFields(integration: Integration, templates: readonly Template[]): Template[] {
  if (says(templates, '{kmsKeyArn}')) return [];
  const writes = integration.access.includes(Capability.WRITE);
  const uses = writes || integration.access.includes(Capability.READ);
  const field = (note: string) => [{ label: 'KMS key', value: '{kmsKeyArn}', note }];
  if (integration.kind === 'direct-trust' && uses) {
    const actions = writes ? 'kms:GenerateDataKey and kms:Decrypt' : 'kms:Decrypt';
    return field(`Your role's or user's own policies must allow ${actions} on it.${writes ? ` ${FULL_ARN}` : ''}`);
  }
  return writes ? field(FULL_ARN) : [];
}

const FULL_ARN =
  "If your product asks for a key, send the key's full ARN: its id or an alias is refused. Otherwise leave it out: the bucket encrypts by itself.";

/** Where each principal has an external ID of its own, each has a field; by what is deployed, as long as that is the same. */
function ofEachTrust(integration: Integration, setup: Handoff['setup'], template: Template): Template[] {
  const { label, value } = template;
  const trusts = (integration.kind === 'assumed-role' && integration.trusts) || [];
  if (trusts.length < 2 || !value.includes('{externalId}')) return [template];
  const deployed = setup.externalIds ?? (setup.externalId === undefined ? [] : [setup.externalId]);
  const defined = new Set(trusts.flatMap(({ externalId }) => externalId ?? []));
  if (deployed.length !== defined.size || !deployed.every((id) => defined.has(id))) return [template];
  return trusts.flatMap(({ principal, externalId }) =>
    externalId === undefined
      ? []
      : [{ ...template, label: `${label} for ${principal}`, value: value.replaceAll('{externalId}', externalId) }],
  );
}

/** Bucket and prefix are always said, also where the vendor asks for them elsewhere than among its fields. */
function unsaid(templates: readonly Template[]): readonly Template[] {
  const said = templates.map(({ value }) => value.replace('{path}', '{prefix}')).join(' ');
  return PLACE.filter(({ value }) => !said.includes(value));
}

const FIELDS: Readonly<Record<Integration['kind'], readonly Template[]>> = {
  'assumed-role': [
    ...PLACE,
    { label: 'Role ARN', value: '{roleArn}' },
    { label: 'External ID', value: '{externalId}' },
  ],
  'direct-trust': PLACE,
  'roles-anywhere': [
    ...PLACE,
    { label: 'Role ARN', value: '{roleArn}' },
    { label: 'Profile ARN', value: '{profileArn}' },
    { label: 'Trust anchor ARN', value: '{trustAnchorArn}' },
    { label: 'Session duration in seconds', value: '{duration}' },
  ],
  'web-identity': [...PLACE, { label: 'Role ARN', value: '{roleArn}' }],
  'access-key': [
    ...PLACE,
    { label: 'Access key ID', value: '{accessKeyId}' },
    { label: 'Secret access key', value: '{secretAccessKey}' },
  ],
};

/** A template with its placeholders filled in; undefined where there is nothing to enter. */
function fill(template: string, values: Readonly<Record<string, Value | undefined>>): Value | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  for (const name of names) {
    const value = values[name];
    if (value === undefined) return undefined;
    if ('elsewhere' in value) return value;
  }
  const text = (name: string) => {
    const known = values[name];
    return known && 'value' in known ? known.value : '';
  };
  // The whole bucket has no path, and no slash that leads to one.
  const whole = text('path') === '' ? template.replaceAll('/{path}', '') : template;
  const value = whole.replace(/\{(\w+)\}/g, (_, name: string) => text(name));
  return value === '' ? { elsewhere: 'leave it empty: the whole bucket is used' } : { value };
}

/** Said of what only a deployment decides. */
export const AFTER_DEPLOYMENT = 'known after the first deployment';

const AFTER: Value = { elsewhere: AFTER_DEPLOYMENT };

const WE_SEND: Value = { elsewhere: 'not known yet; we will send it' };

/** Of several values the first: a field takes one. */
function listed([first]: readonly string[]): Value {
  return first === undefined ? WE_SEND : { value: first };
}

function valuesOf(
  client: Client,
  integration: Integration,
  setup: Handoff['setup'],
  way: Way | undefined,
): Record<string, Value | undefined> {
  const known = (value: string | undefined): Value => (value === undefined ? AFTER : { value });
  const secret = newestSecret(integration, setup.secrets ?? {});
  const inSecret: Value = {
    elsewhere: `in the secret ${secret} of AWS Secrets Manager: pass it on once, by a channel for secrets`,
  };
  const externalIds = setup.externalIds ?? (setup.externalId === undefined ? [] : [setup.externalId]);
  const { kmsKey } = bucketOf(client, integration);
  const waitsForId = integration.status !== Status.ACTIVE && way?.externalId?.use === 'required';
  return {
    // An access point's alias stands where a bucket's name does.
    bucket: usesAccessPoint(integration) ? known(setup.accessPointAlias) : { value: setup.bucket },
    prefix: { value: setup.prefix },
    path: { value: setup.prefix.replace(/\/$/, '') },
    region: known(setup.region),
    accessPointArn: known(setup.accessPointArn),
    roleArn: known(setup.roleArn),
    roleName: known(setup.roleArn?.split('/').at(-1) ?? ('roleName' in integration ? integration.roleName : undefined)),
    accountId: known(setup.roleArn?.split(':')[4] ?? client.account),
    externalId: externalIds.length > 0 ? { value: externalIds.join(' or ') } : waitsForId ? WE_SEND : undefined,
    profileArn: known(setup.profileArn),
    trustAnchorArn: known(setup.trustAnchorArn),
    accessKeyId: inSecret,
    secretAccessKey: inSecret,
    sessionName: { value: sessionName(integration) },
    duration: { value: String('maxSessionSeconds' in integration ? integration.maxSessionSeconds : 3600) },
    certificate: { elsewhere: 'the certificate that was issued for you; its subject is the one that is let in' },
    privateKey: { elsewhere: 'the private key of that certificate; whoever issued it hands it over, never this page' },
    kmsKeyArn: kmsKey === undefined ? undefined : known(setup.kmsKeyArn ?? (kmsKey === 'create' ? undefined : kmsKey)),
    principal: listed('principals' in integration ? integration.principals : []),
    provider: listed('provider' in integration && integration.provider !== undefined ? [integration.provider] : []),
    audience: listed('audiences' in integration ? integration.audiences : []),
    subject: listed('subjects' in integration ? integration.subjects : []),
    client: { value: integration.client },
    vendor: { value: integration.vendor },
    integration: { value: integration.name },
  };
}

/** The secret to hand over: that of the slot named last, or of the last before it while that is not deployed. */
function newestSecret(integration: Integration, secrets: Readonly<Record<string, string>>): string | undefined {
  const slots = integration.kind === 'access-key' ? integration.keys : [];
  const newest = slots.filter((slot) => Object.hasOwn(secrets, slot)).at(-1);
  return newest === undefined ? Object.values(secrets).at(-1) : secrets[newest];
}

function usesAccessPoint(integration: Integration): boolean {
  return integration.kind === 'direct-trust' && integration.accessPoint;
}

/** The session name that the vendor should use. */
export function sessionName(integration: Integration): string {
  const wanted = 'roleSessionName' in integration ? integration.roleSessionName : undefined;
  return wanted?.replaceAll('*', integration.vendor) ?? integration.name;
}
