/**
 * Our own company's access to a client's whole bucket: who of ours, and what is written for them.
 */
import { either } from '../text/list';
import { quote } from '../text/quote';
import { Capability, type Confinement, canonicalPrefix, checkPrefix, keyStatements, s3Statements } from './confinement';
import type { Finding } from './finding';
import type { BucketKey } from './policies';
import { accountOf, checkPrincipalOf, parsePrincipal } from './principal';
import { allOf, type Conditions, type PolicyDocument, policyDocument, type Statement, statement } from './statement';
import { principalMatches } from './trust';

/** What our own people may do in a client's bucket where an entry does not say. */
export const DEFAULT_INTERNAL_ACCESS: readonly Capability[] = [Capability.LIST, Capability.READ];

/** One entry of `internal`: who of ours may do what in every bucket of a client. */
export interface InternalEntry {
  /** Roles, users and accounts of ours, in written form. */
  readonly principals: readonly string[];
  /** The id of our organization, where every principal of it is meant; with principals, both must hold. */
  readonly organization?: string;
  readonly access: readonly Capability[];
  /** In canonical form; the empty string is the whole bucket. */
  readonly prefix: string;
  /** Whether the bucket's policy, and its key's where it is made here, say so. */
  readonly grant: boolean;
  readonly reason?: string;
}

/** Where an entry acts. */
export interface InternalPlace {
  readonly bucketArn: string;
  /** The account of the bucket; a CDK token, or a placeholder, where it is not known. */
  readonly account: string;
  readonly partition: string;
  /** Whether the bucket's own policy and settings are known to refuse plain HTTP and ACLs. */
  readonly bucketIsGuarded: boolean;
  /** The ARN of the bucket's KMS key, if it has one. */
  readonly keyArn?: string;
}

/** What is wrong with one of our own accounts. */
export function checkOwnAccount(value: string): Finding[] {
  if (/^\d{12}$/.test(value)) return [];
  return [{ code: 'bad-account-id', message: `${quote(value)} is not an account`, fix: 'give its twelve digits' }];
}

/** What is wrong with the id of an organization. */
export function checkOrganization(value: string): Finding[] {
  if (/^o-[a-z0-9]{10,32}$/.test(value)) return [];
  const fix =
    'write its id: aws organizations describe-organization --query Organization.Id prints it, for example o-a1b2c3d4e5';
  return [{ code: 'bad-organization', message: `${quote(value)} is not the id of an organization`, fix }];
}

/** What is wrong with the way one principal of ours is written. */
export function checkInternalPrincipal(text: string): Finding[] {
  return checkPrincipalOf('assumed-role', text).map((finding) =>
    OF_VENDORS.has(finding.code)
      ? { ...finding, fix: 'name a role, user or account of ours, or set organization: true' }
      : finding,
  );
}

/** Findings whose remedies are for vendors. */
const OF_VENDORS: ReadonlySet<string> = new Set([
  ...['principal-wildcard', 'principal-type', 'principal-service', 'principal-provider', 'principal-variable'],
]);

/** What is wrong with the prefix of an entry. */
export function checkInternalPrefix(prefix: string): Finding[] {
  const findings = checkPrefix(canonicalPrefix(prefix));
  const isWhole = /^[\s/]*$/.test(prefix);
  return isWhole
    ? findings.map((each) => ({ ...each, fix: 'leave prefix out, which means the whole bucket' }))
    : findings;
}

/**
 * A finding where a principal is not ours.
 * @param ours the client's account, where it is known, and our other accounts
 */
export function checkOurs(text: string, ours: readonly string[]): Finding[] {
  const principal = parsePrincipal(text);
  if (!principal || principal.type === 'canonical-user' || ours.includes(principal.account)) return [];
  return [
    {
      code: 'not-ours',
      message: `${quote(text)} is of the account ${principal.account}, which is not ours${ours.length > 0 ? ` (${either(ours)})` : ''}`,
      fix: 'add the account to ownAccounts in settings.yaml if it is ours, or make an integration for who it is',
    },
  ];
}

/** What is wrong with what can be done internally. */
export function checkInternalAccess(access: readonly Capability[]): Finding[] {
  if (!access.includes(Capability.LIST_BUCKETS)) return [];
  const message = 'no bucket policy can allow list-buckets';
  return [
    {
      code: 'impossible-capability',
      message,
      fix: "leave it out: the principal's own policy allows s3:ListAllMyBuckets",
    },
  ];
}

/** A finding where an entry says nobody. */
export function checkInternalSomebody({
  principals,
  organization,
}: Pick<InternalEntry, 'principals' | 'organization'>): Finding[] {
  if (principals.length > 0 || organization !== undefined) return [];
  const fix = 'list principals of ours, or set organization: true';
  return [{ code: 'missing-key', message: 'an internal entry needs principals or organization', fix }];
}

/**
 * What an entry adds to the bucket's policy. For principals of the bucket's own account there is nothing to add: an
 * identity policy is enough there, and the account as principal would only delegate to it.
 *
 * @param sid a prefix for statement ids that no vendor has, for example `Internal1`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function internalStatements(entry: InternalEntry, place: InternalPlace, sid: string): Statement[] {
  return withPrincipals(entry, place, sid, s3Statements(confinementOf(entry, place)));
}

/**
 * What an entry adds to the policy of the bucket's key, in which `*` is the key itself.
 * @param viaService S3 in the bucket's region, for example `s3.eu-west-1.amazonaws.com`
 */
export function internalKeyStatements(
  entry: InternalEntry,
  place: InternalPlace,
  viaService: string,
  sid: string,
): Statement[] {
  return withPrincipals(entry, place, sid, keyStatements(confinementOf(entry, place), '*', viaService));
}

/** The identity policy that a principal of ours itself needs for an entry, in whichever account it is. */
export function internalIdentityPolicy(entry: InternalEntry, place: InternalPlace, key?: BucketKey): PolicyDocument {
  const confinement = confinementOf(entry, place);
  return policyDocument([
    ...s3Statements(confinement),
    ...(key === undefined ? [] : keyStatements(confinement, key.arn, key.viaService)),
  ]);
}

function confinementOf({ access, prefix }: InternalEntry, place: InternalPlace): Confinement {
  const { bucketArn, bucketIsGuarded, keyArn } = place;
  return { bucketArn, prefix, access, bucketIsGuarded, keyArn };
}

function withPrincipals(
  entry: InternalEntry,
  place: InternalPlace,
  sid: string,
  statements: readonly Statement[],
): Statement[] {
  if (!entry.grant) return [];
  return whoOf(entry, place).flatMap(({ principal, condition }, at) =>
    statements.map((each) =>
      statement({
        ...each,
        Sid: `${sid}${each.Sid}${at === 0 ? '' : `For${at + 1}`}`,
        Principal: principal,
        Condition: allOf(condition, each.Condition),
      }),
    ),
  );
}

/** Principals with their conditions. */
function whoOf(
  { principals, organization }: InternalEntry,
  { account, partition }: InternalPlace,
): { readonly principal: Statement['Principal']; readonly condition?: Conditions }[] {
  const ofOurs: Conditions | undefined =
    organization === undefined ? undefined : { StringEquals: { 'aws:PrincipalOrgID': organization } };
  if (principals.length > 0) {
    const elsewhere = principals.filter((text) => accountOf(text) !== account);
    return principalMatches(elsewhere, partition).map(({ principal, condition }) => ({
      principal,
      condition: allOf(condition, ofOurs),
    }));
  }
  if (organization === undefined) return [];
  // Through `*` every role of the bucket's own account is allowed without a policy of its own: the integrations' too.
  const elsewhere: Conditions = { StringNotEquals: { 'aws:PrincipalAccount': account } };
  return [{ principal: { AWS: '*' }, condition: allOf(ofOurs, elsewhere) }];
}
