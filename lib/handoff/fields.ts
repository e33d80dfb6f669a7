import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import type { Way } from '../definitions/profiles/profile';
import { Capability } from '../rules/confinement';
import { Status } from '../rules/vocabulary';
import type { Command, Field, Handoff } from './model';
import { externalIdsOf, ownIds } from './trust';

/** A value of the setup information: itself, all of several of which any will do, or where it comes from. */
type Value = { readonly values: readonly string[] } | { readonly elsewhere: string };

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
  const elsewhere = [...unsaid(templates), ...asked(integration, templates)];
  const more = [
    ...(way ? elsewhere.map(whereAsked) : elsewhere),
    ...rolePath(client, templates),
    ...keyFields(integration, templates),
    ...point,
  ];
  const own = templates.flatMap((template) => ofEachTrust(integration, setup, template));
  const here = [...own, ...more].filter(({ when }) => when === undefined || IS[when](client, integration));
  return here.flatMap(({ label, value, note }): Field[] => {
    const filled = fill(value, values);
    if (filled === undefined) return [];
    if ('elsewhere' in filled) return [{ label, ...filled, note }];
    const [first, ...others] = filled.values;
    if (others.length === 0) return [{ label, value: first, note }];
    const any = 'Any one of them.';
    return [{ label, values: filled.values, note: note === undefined ? any : `${any} ${note}` }];
  });
}

/** Statements of the vendor's own language, filled in; none of which a value would end a text in. */
export function statementsFor(
  client: Client,
  integration: Integration,
  setup: Handoff['setup'],
  way: Way | undefined,
): Command[] {
  const values = valuesOf(client, integration, setup, way);
  return (way?.statements ?? []).flatMap(({ title, code }): Command[] => {
    const filled = fill(code, values, (name) => `<${name}: ${AFTER_DEPLOYMENT}>`);
    const [whole] = filled && 'values' in filled ? filled.values : [];
    // What quotes in a prefix mean is for a language to say; the fields have it anyway.
    return whole === undefined || /['"`\\]/.test(setup.prefix) ? [] : [{ title, code: whole }];
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
  {
    label: 'Key prefix',
    value: '{prefix}',
    when: 'prefix',
    note: 'Also called path, directory or folder. The slash at its end belongs to it.',
  },
  { label: 'Region', value: '{region}' },
];

/** What the vendor's own policies must name, since they don't reach through the bucket's ARN. */
const ACCESS_POINT: Template = {
  label: 'Access point ARN',
  value: '{accessPointArn}',
  note: "Do not enter it as a bucket: your role's or user's own policies must allow its actions on this ARN, and on objects under it, /object/…, not on the bucket's ARN.",
};

/** Not on the vendor's own screen, as far as its profile knows. */
function whereAsked(template: Template): Template {
  const { note } = template;
  return { ...template, note: `Only where your product asks for it.${note === undefined ? '' : ` ${note}`}` };
}

/** What the trust asks for, where the vendor's own fields do not name it. */
function asked(integration: Integration, templates: readonly Template[]): Template[] {
  const name = 'roleSessionName' in integration ? integration.roleSessionName : undefined;
  const audience = integration.kind === 'web-identity' && integration.audiences.length > 0;
  return [
    ...(name !== undefined && !says(templates, '{sessionName}')
      ? [{ label: 'Role session name', value: '{sessionName}', note: sessionNameNote(name) }]
      : []),
    ...(audience && !says(templates, '{audience}')
      ? [{ label: 'Audience', value: '{audience}', note: 'The aud claim that your token must have.' }]
      : []),
  ];
}

function sessionNameNote(name: string): string {
  return name.includes('*')
    ? `For example. The role can be assumed only with a name of the form ${name}.`
    : 'The role can be assumed with this name only.';
}

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

/** Where each principal has an external ID of its own, each has a field. */
function ofEachTrust(integration: Integration, setup: Handoff['setup'], template: Template): Template[] {
  const { label, value } = template;
  const trusts = integration.kind === 'assumed-role' ? integration.trusts : undefined;
  const pairs = value.includes('{externalId}') ? ownIds(trusts, externalIdsOf(setup)) : undefined;
  return (
    pairs?.map(({ principal, externalId }) => ({
      ...template,
      label: `${label} for ${principal}`,
      value: value.replaceAll('{externalId}', externalId),
    })) ?? [template]
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
    { label: 'Certificate', value: '{certificate}' },
    { label: 'Private key', value: '{privateKey}' },
    { label: 'Session duration in seconds', value: '{duration}' },
  ],
  'web-identity': [...PLACE, { label: 'Role ARN', value: '{roleArn}' }],
  'access-key': [
    ...PLACE,
    { label: 'Access key ID', value: '{accessKeyId}' },
    { label: 'Secret access key', value: '{secretAccessKey}' },
  ],
};

/**
 * A template with its placeholders filled in; undefined where there is nothing to enter.
 * @param otherwise what stands for a value that is not known; without it, the whole is not
 */
function fill(
  template: string,
  values: Readonly<Record<string, Value | undefined>>,
  otherwise?: (name: string) => string,
): Value | undefined {
  const names = [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))];
  if (template === EMPTY) return { elsewhere: EMPTY };
  let filled: readonly string[] = [template];
  for (const name of names) {
    const value = values[name];
    if (value === undefined) return undefined;
    if ('elsewhere' in value && !otherwise) return value;
    const given = 'values' in value ? value.values : [otherwise?.(name) ?? ''];
    filled = filled.flatMap((each) => given.map((one) => withValue(each, name, one)));
  }
  return filled.every((each) => each === '') ? { elsewhere: `${EMPTY}: the whole bucket is used` } : { values: filled };
}

/** Said of a field that stays as it is, and never entered. */
export const EMPTY = 'leave it empty';

function withValue(template: string, name: string, value: string): string {
  // The whole bucket has no path, and no slash that leads to one.
  const whole = name === 'path' && value === '' ? template.replaceAll('/{path}', '') : template;
  return whole.replaceAll(`{${name}}`, () => value);
}

/** Said of what only a deployment decides. */
export const AFTER_DEPLOYMENT = 'known after the first deployment';

const AFTER: Value = { elsewhere: AFTER_DEPLOYMENT };

/** Said of what is in no hand-off. */
const SEPARATELY: Value = { elsewhere: 'you receive it separately, through a channel for secrets' };

const RECEIVED: Value = { elsewhere: 'you received it separately' };

const WE_SEND: Value = { elsewhere: 'not known yet; we will send it' };

function listed(values: readonly string[]): Value {
  return values.length === 0 ? WE_SEND : { values };
}

function one(value: string): Value {
  return { values: [value] };
}

function valuesOf(
  client: Client,
  integration: Integration,
  setup: Handoff['setup'],
  way: Way | undefined,
): Record<string, Value | undefined> {
  const known = (value: string | undefined): Value => (value === undefined ? AFTER : one(value));
  const externalIds = externalIdsOf(setup);
  const { kmsKey } = bucketOf(client, integration);
  const secret = integration.status === Status.SUSPENDED ? RECEIVED : SEPARATELY;
  const waitsForId = integration.status !== Status.ACTIVE && way?.externalId?.use === 'required';
  return {
    // An access point's alias stands where a bucket's name does.
    bucket: usesAccessPoint(integration) ? known(setup.accessPointAlias) : one(setup.bucket),
    prefix: one(setup.prefix),
    path: one(setup.prefix.replace(/\/$/, '')),
    region: known(setup.region),
    accessPointArn: known(setup.accessPointArn),
    roleArn: known(setup.roleArn),
    roleName: known(setup.roleArn?.split('/').at(-1) ?? ('roleName' in integration ? integration.roleName : undefined)),
    accountId: known(setup.roleArn?.split(':')[4] ?? client.account),
    externalId: externalIds.length > 0 ? { values: externalIds } : waitsForId ? WE_SEND : undefined,
    profileArn: known(setup.profileArn),
    trustAnchorArn: known(setup.trustAnchorArn),
    accessKeyId: secret,
    secretAccessKey: secret,
    sessionName: one(sessionName(integration)),
    duration: one(String('maxSessionSeconds' in integration ? integration.maxSessionSeconds : 3600)),
    certificate: { elsewhere: 'the certificate that was issued for you; access is for its subject' },
    privateKey: {
      elsewhere:
        'the private key of that certificate: your own, or from the authority that issued it; it never comes with this hand-off',
    },
    kmsKeyArn: kmsKey === undefined ? undefined : known(setup.kmsKeyArn ?? (kmsKey === 'create' ? undefined : kmsKey)),
    principal: listed('principals' in integration ? integration.principals : []),
    provider: listed('provider' in integration && integration.provider !== undefined ? [integration.provider] : []),
    audience: listed('audiences' in integration ? integration.audiences : []),
    subject: listed('subjects' in integration ? integration.subjects : []),
    client: one(integration.client),
    vendor: one(integration.vendor),
    integration: one(integration.name),
  };
}

/** The secret to hand over: that of the slot named last, or of the last before it while that is not deployed. */
export function newestSecret(integration: Integration, secrets: Readonly<Record<string, string>>): string | undefined {
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
