import { quote } from '../text/quote';
import { accessPointOf } from './access-points';
import { accessPointArn, iamArn } from './arns';
import { checkPrefix } from './confinement';
import type { Finding } from './finding';
import type { IntegrationRules } from './integration-rules';
import { POLICY_LIMITS } from './limits';
import {
  checkKeyArn,
  checkName,
  checkRegion,
  checkTrustAnchorArn,
  integrationName,
  namesOf,
  secretName,
} from './names';
import { parsePrincipal } from './principal';
import { checkExternalId } from './trust';
import { KeySlot, KINDS, Status } from './vocabulary';

/**
 * What a vendor gets once its integration is deployed. Never a secret: of access keys, only the names
 * of the secrets that hold them.
 */
export interface SetupInformation {
  readonly integration: string;
  readonly kind: string;
  readonly status: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  /** Of the key that the bucket encrypts with, if it has one. */
  readonly kmsKeyArn?: string;
  /** Of an access point, which is used in the bucket's place. */
  readonly accessPointArn?: string;
  readonly accessPointAlias?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly externalIds?: readonly string[];
  readonly profileArn?: string;
  readonly trustAnchorArn?: string;
  /** Slot → name of its secret. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Setup information as far as it is known: all of it once it is deployed. */
export type KnownSetup = Partial<SetupInformation> &
  Pick<SetupInformation, 'integration' | 'kind' | 'status' | 'bucket' | 'prefix'>;

/** Where an integration is. Values may be CDK tokens; what is not known is absent. */
export interface SetupPlace {
  readonly bucketName: string;
  readonly partition: string;
  readonly account?: string;
  /** The bucket's. */
  readonly region?: string;
  /** The IAM path of roles; none is `/`. */
  readonly rolePath?: string;
  /** Of the bucket's key, if it has one. */
  readonly kmsKeyArn?: string;
}

/** What is made with an integration, under names that AWS chooses. */
export type MadeByAws = Pick<SetupInformation, 'profileArn' | 'trustAnchorArn' | 'accessPointAlias'>;

/**
 * The setup information of an integration.
 *
 * @param made without it, nothing of that is known yet
 */
export function setupInformation(rules: IntegrationRules, place: SetupPlace, made: MadeByAws = {}): KnownSetup {
  const { client, vendor, kind, status, prefix } = rules;
  const { bucketName: bucket, region, kmsKeyArn } = place;
  const common = { integration: integrationName(client, vendor), kind, status, bucket, prefix, region, kmsKeyArn };
  switch (rules.kind) {
    case 'assumed-role':
      return { ...common, roleArn: roleArn(place, rules.roleName), ...externalIdFields(rules.externalIds) };
    case 'direct-trust':
      return { ...common, accessPointArn: pointArn(place, rules), accessPointAlias: made.accessPointAlias };
    case 'roles-anywhere': {
      const { profileArn, trustAnchorArn } = made;
      return { ...common, roleArn: roleArn(place, rules.roleName), profileArn, trustAnchorArn };
    }
    case 'web-identity':
      return { ...common, roleArn: roleArn(place, rules.roleName) };
    case 'access-key': {
      const secrets = [...rules.keys].sort().map((slot) => [slot, secretName(client, vendor, slot)]);
      return { ...common, secrets: Object.fromEntries(secrets) };
    }
    default:
      return rules satisfies never;
  }
}

function roleArn({ partition, account, rolePath }: SetupPlace, name: string): string | undefined {
  return account === undefined ? undefined : iamArn({ partition, account, rolePath }, 'role', name);
}

function pointArn({ partition, account, region }: SetupPlace, rules: IntegrationRules): string | undefined {
  const name = accessPointOf(rules);
  if (name === undefined || account === undefined || region === undefined) return undefined;
  return accessPointArn({ partition, account, region }, name);
}

/** One external ID stands alone, several as a list, none leaves no key. */
function externalIdFields(externalIds: readonly string[]): Pick<SetupInformation, 'externalId' | 'externalIds'> {
  const [first] = externalIds;
  if (first === undefined) return {};
  return externalIds.length === 1 ? { externalId: first } : { externalIds };
}

/** What is wrong with one value, in a few words with the value itself; undefined where nothing is. */
type Check = (value: unknown, setup: Readonly<Record<string, unknown>>) => string | undefined;

/** A text to which the rules of definitions have nothing to say. */
function text(check: (value: string) => readonly Finding[]): Check {
  return (value) => (typeof value === 'string' ? check(value)[0]?.message : `${quote(value)} is not a text`);
}

function matching(pattern: RegExp, what: string): Check {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : `${quote(value)} is not ${what}`);
}

const ACCESS_POINT_ARN = /^arn:aws[a-z-]*:s3:[a-z0-9-]+:\d{12}:accesspoint\/[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/;
const ACCESS_POINT_ALIAS = /^[a-z0-9][a-z0-9-]{1,54}-s3alias$/;
const PROFILE_ARN =
  /^arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:\d{12}:profile\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of any age: buckets that exist may have names that none is given today. */
const BUCKET = /^[A-Za-z0-9][\w.-]{1,253}[A-Za-z0-9]$/;

const CHECKS: { readonly [K in keyof Required<SetupInformation>]: Check } = {
  integration: text((name) => {
    const { client, vendor } = namesOf(name);
    const findings = [...checkName('client', client), ...checkName('vendor', vendor)];
    return integrationName(client, vendor) === name || findings.length > 0 ? findings : checkName('vendor', name);
  }),
  kind: matching(new RegExp(`^(?:${KINDS.join('|')})$`), 'a kind'),
  status: matching(new RegExp(`^(?:${Object.values(Status).join('|')})$`), 'a status'),
  bucket: matching(BUCKET, 'a bucket name'),
  prefix: text((prefix) => (prefix === '' ? [] : checkPrefix(prefix))),
  region: text(checkRegion),
  accessPointArn: matching(ACCESS_POINT_ARN, 'the ARN of an access point'),
  accessPointAlias: matching(ACCESS_POINT_ALIAS, 'the alias of an access point'),
  kmsKeyArn: text(checkKeyArn),
  roleArn: (value) =>
    typeof value === 'string' && parsePrincipal(value)?.type === 'role'
      ? undefined
      : `${quote(value)} is not the ARN of a role`,
  externalId: text(checkExternalId),
  externalIds: (value, setup) => {
    if (!Array.isArray(value)) return `${quote(value)} is not a list`;
    const wrong = value.map((id) => text(checkExternalId)(id, setup)).find((each) => each !== undefined);
    if (wrong !== undefined) return wrong;
    return value.join('').length > POLICY_LIMITS.trust.most ? 'no trust policy has room for so many' : undefined;
  },
  profileArn: matching(PROFILE_ARN, 'the ARN of a profile'),
  trustAnchorArn: text(checkTrustAnchorArn),
  secrets: (value, { integration }) => {
    const { client, vendor } = namesOf(String(integration));
    if (typeof value !== 'object' || value === null) return `${quote(value)} is not a mapping`;
    const slots: readonly string[] = Object.values(KeySlot);
    const wrong = Object.entries(value).find(
      ([slot, name]) => !slots.includes(slot) || name !== secretName(client, vendor, slot),
    );
    return wrong && `${quote(wrong[1])} is not the secret of a slot`;
  },
};

const REQUIRED = ['integration', 'kind', 'status', 'bucket', 'prefix', 'region'] as const;

/** Whether a value says of itself that it is setup information; what it says may be wrong. */
export function isLikeSetup(value: unknown): value is Readonly<Record<(typeof REQUIRED)[number], unknown>> {
  return typeof value === 'object' && value !== null && REQUIRED.every((key) => Object.hasOwn(value, key));
}

/**
 * What is wrong with one value of setup information, by the rules of definitions; undefined where nothing is, or where there
 * is none.
 */
export function wrongIn(setup: Readonly<Record<string, unknown>>, key: keyof SetupInformation): string | undefined {
  if (!Object.hasOwn(setup, key) || setup[key] === undefined) return undefined;
  const wrong = CHECKS[key](setup[key], setup);
  return wrong && `${key}: ${wrong}`;
}

/**
 * Setup information that somebody else may have written: what it holds beside the known keys is left out.
 *
 * @returns what is wrong, in a few words, where it is none
 */
export function readSetup(value: unknown): SetupInformation | { readonly wrong: string } {
  if (!isLikeSetup(value)) return { wrong: `it lacks one of ${REQUIRED.join(', ')}` };
  const given: Readonly<Record<string, unknown>> = value;
  const known = Object.keys(CHECKS).filter((key) => Object.hasOwn(given, key));
  const setup: Readonly<Record<string, unknown>> = Object.fromEntries(known.map((key) => [key, given[key]]));
  return isRight(setup) ? setup : { wrong: firstWrong(setup) ?? '' };
}

function isRight(
  setup: Readonly<Record<string, unknown>>,
): setup is Readonly<Record<string, unknown>> & SetupInformation {
  return firstWrong(setup) === undefined;
}

function firstWrong(setup: Readonly<Record<string, unknown>>): string | undefined {
  const keys = Object.keys(CHECKS) as (keyof SetupInformation)[];
  return keys.map((key) => wrongIn(setup, key)).find((wrong) => wrong !== undefined);
}
