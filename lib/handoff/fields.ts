import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import type { Way } from '../definitions/profiles/profile-rules';
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
  const values = valuesOf(client, integration, setup);
  const templates = way?.fields ?? FIELDS[integration.kind];
  const point = usesAccessPoint(integration) ? [ACCESS_POINT] : [];
  return [...templates, ...unsaid(templates), ...point].flatMap(({ label, value, note }): Field[] => {
    const filled = fill(value, values);
    return filled === undefined ? [] : [{ label, ...filled, note }];
  });
}

interface Template {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

const PLACE: readonly Template[] = [
  { label: 'Bucket', value: '{bucket}' },
  { label: 'Key prefix', value: '{prefix}' },
  { label: 'Region', value: '{region}' },
];

/** What the vendor's own policies must name, since they don't reach through the bucket's ARN. */
const ACCESS_POINT: Template = {
  label: 'Access point ARN',
  value: '{accessPointArn}',
  note: "Do not enter it as a bucket: your role's or user's own policies must allow its actions on this ARN, and on objects under it, /object/…, not on the bucket's ARN.",
};

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
  const value = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const known = values[name];
    return known && 'value' in known ? known.value : '';
  });
  if (names.length === 0 || values.prefix !== undefined) return { value };
  // The whole bucket has no prefix: what only leads to one is left out.
  const bare = value.replace(/\/+$/, '');
  return bare === '' ? undefined : { value: bare };
}

/** Said of what only a deployment decides. */
export const AFTER_DEPLOYMENT = 'known after the first deployment';

const AFTER: Value = { elsewhere: AFTER_DEPLOYMENT };

function valuesOf(
  client: Client,
  integration: Integration,
  setup: Handoff['setup'],
): Record<string, Value | undefined> {
  const known = (value: string | undefined): Value => (value === undefined ? AFTER : { value });
  const secret = newestSecret(integration, setup.secrets ?? {});
  const inSecret: Value = {
    elsewhere: `in the secret ${secret} of AWS Secrets Manager: send it once, through a channel for secrets`,
  };
  const externalIds = setup.externalIds ?? (setup.externalId === undefined ? [] : [setup.externalId]);
  const whole = setup.prefix === '';
  const { kmsKey } = bucketOf(client, integration);
  return {
    // An access point's alias stands where a bucket's name does.
    bucket: usesAccessPoint(integration) ? known(setup.accessPointAlias) : { value: setup.bucket },
    prefix: whole ? undefined : { value: setup.prefix },
    path: whole ? undefined : { value: setup.prefix.replace(/\/$/, '') },
    region: known(setup.region),
    accessPointArn: known(setup.accessPointArn),
    roleArn: known(setup.roleArn),
    roleName: known(setup.roleArn?.split('/').at(-1) ?? ('roleName' in integration ? integration.roleName : undefined)),
    accountId: known(setup.roleArn?.split(':')[4] ?? client.account),
    externalId: externalIds.length === 0 ? undefined : { value: externalIds.join(' or ') },
    profileArn: known(setup.profileArn),
    trustAnchorArn: known(setup.trustAnchorArn),
    accessKeyId: inSecret,
    secretAccessKey: inSecret,
    sessionName: { value: sessionName(integration) },
    duration: { value: String('maxSessionSeconds' in integration ? integration.maxSessionSeconds : 3600) },
    certificate: { elsewhere: 'the certificate that was issued for you; access is for its subject' },
    privateKey: {
      elsewhere: 'the private key of that certificate; its issuer gives it to you, this hand-off never does',
    },
    kmsKeyArn: kmsKey === undefined ? undefined : kmsKey === 'create' ? AFTER : { value: kmsKey },
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
