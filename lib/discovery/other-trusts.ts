/** Trusts for certificates and for tokens, read as `roles-anywhere` and `web-identity`. */
import type { Snapshot } from '../account/snapshot';
import { actionMatches } from './globs';
import { earlier, type Limits, limitsOf } from './limits';
import { conditionOn, EQUALS_OR_LIKE, type Said } from './said';
import { conditionWords, exactly, oneOf, type TrustContext, type TrustRead, type Unsaid } from './trust-read';

/** Whether a statement lets IAM Roles Anywhere open sessions. */
export function takesCertificates({ effect, principals, actions }: Said): boolean {
  const isAnywhere = principals.some(
    ({ type, value }) => type === 'service' && /^rolesanywhere\.amazonaws\./i.test(value),
  );
  return effect === 'Allow' && isAnywhere && actions.some((action) => actionMatches(action, 'sts:AssumeRole'));
}

/** Whether a statement lets tokens of an identity provider open sessions. */
export function takesTokens({ effect, principals, actions }: Said): boolean {
  const isToken = principals.some(({ type, value }) => type === 'federated' && !/:saml-provider\//.test(value));
  return (
    effect === 'Allow' && isToken && actions.some((action) => actionMatches(action, 'sts:AssumeRoleWithWebIdentity'))
  );
}

const SUBJECT = { commonname: 'cn', organization: 'o', organizationalunit: 'ou' };

export function certificateTrust(
  statements: readonly Said[],
  { roleArn }: TrustContext,
  { trustAnchors = [], rolesAnywhereProfiles = [] }: Snapshot,
): TrustRead {
  const [statement, ...others] = statements.filter(takesCertificates);
  const notes: string[] = [];
  const unsaid: Unsaid[] = others.map((said) => ({ said, why: 'a definition trusts one anchor and one subject' }));
  const tag = (name: string) => (statement ? exactly(statement, `aws:principaltag/x509subject/${name}`) : undefined);
  const [commonName, ...moreNames] = tag(SUBJECT.commonname) ?? [];
  const [organization] = tag(SUBJECT.organization) ?? [];
  const [organizationalUnit] = tag(SUBJECT.organizationalunit) ?? [];
  const anchors = statement ? (exactly(statement, 'aws:sourcearn') ?? []) : [];
  const known = anchors.length > 0 ? anchors : trustAnchors.map(({ trustAnchorArn }) => trustAnchorArn);
  const [anchor, ...moreAnchors] = known;
  if (anchors.length === 0)
    notes.push('the trust names no anchor: any trust anchor of the account is enough today; the definition names one');
  if (moreAnchors.length > 0) notes.push(`which trust anchor is the vendor's? There are ${known.join(', ')}`);
  if (commonName === undefined)
    notes.push('any certificate of the authority is enough today: name the common name of the vendor’s');
  if (moreNames.length > 0)
    notes.push(`the common name may be one of ${[commonName, ...moreNames].join(', ')} today; a definition has one`);
  const limits = statement && limitsOf(statement, (key) => key === 'aws:sourcearn' || isSubject(key));
  if (statement) unsaid.push(...droppedLimits(statement, limits));
  const profiles = rolesAnywhereProfiles.filter(({ roleArns = [] }) => roleArns.includes(roleArn));
  const [profile] = profiles;
  if (profiles.length > 1)
    notes.push(`${profiles.length} profiles open its sessions; a definition makes one of its own`);
  const subject = {
    ...(commonName !== undefined && { commonName }),
    ...(organization !== undefined && { organization }),
    ...(organizationalUnit !== undefined && { organizationalUnit }),
  };
  return {
    kind: 'roles-anywhere',
    keys: {
      ...(anchor !== undefined && moreAnchors.length === 0 && { trustAnchor: { arn: anchor } }),
      ...(commonName !== undefined && { subject }),
      ...durationKey('sessionDuration', profile?.durationSeconds),
      ...(profile?.acceptRoleSessionName && { acceptRoleSessionName: true }),
    },
    principals: commonName === undefined ? [] : [`CN=${commonName}`],
    isWhole: anchor !== undefined && moreAnchors.length === 0 && commonName !== undefined,
    notes,
    lost: moreNames.map((name) => `the certificate with the common name ${name} opens sessions today`),
    unsaid,
    until: limits?.until,
  };
}

function isSubject(key: string): boolean {
  return Object.values(SUBJECT).some((name) => key === `aws:principaltag/x509subject/${name}`);
}

/** A duration as definitions write it; none where it is the usual hour. */
export function durationKey(key: string, seconds: number | undefined): Readonly<Record<string, string>> {
  if (seconds === undefined || seconds === 3600 || seconds < 900 || seconds > 43_200) return {};
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return { [key]: `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}` };
}

/** What a token must be, by one statement. */
interface Asked {
  readonly said: Said;
  readonly provider: string;
  readonly audiences: readonly string[];
  readonly subjects: readonly string[];
  readonly sessionName?: string;
  readonly limits: Limits;
}

export function tokenTrust(statements: readonly Said[], { oidcProviders = [] }: Snapshot): TrustRead {
  const [first, ...others] = statements.filter(takesTokens).flatMap(askedBy);
  const notes: string[] = [];
  if (!first) throw new Error('a trust for tokens has no statement for them');
  const like = (one: Asked) => JSON.stringify([one.provider, one.audiences, one.subjects, one.sessionName]);
  const unsaid: Unsaid[] = others
    .filter((each) => like(each) !== like(first))
    .map(({ said }) => ({ said, why: 'a definition trusts one provider, with one set of audiences and subjects' }));
  unsaid.push(...droppedLimits(first.said, first.limits));
  const clientIds = oidcProviders.find(({ Arn }) => Arn === first.provider)?.ClientIDList ?? [];
  // A provider takes tokens for its own audiences alone.
  const audiences = first.audiences.length > 0 ? first.audiences : clientIds;
  if (first.audiences.length === 0)
    notes.push(
      audiences.length > 0
        ? 'the trust does not compare the audience: these are those of the identity provider'
        : 'the trust does not compare the audience, and the account does not say which: name the aud claim',
    );
  if (first.subjects.length === 0) notes.push('the trust does not compare the subject of the token');
  const allowsTags = statements.some(
    (each) => each.effect === 'Allow' && each.actions.some((action) => actionMatches(action, 'sts:TagSession')),
  );
  return {
    kind: 'web-identity',
    keys: {
      provider: first.provider,
      ...(audiences.length > 0 && { audiences }),
      ...(first.subjects.length > 0 && { subjects: first.subjects }),
      ...oneOf('roleSessionName', 'roleSessionName', first.sessionName === undefined ? [] : [first.sessionName]),
      ...(allowsTags && { sessionTags: true }),
    },
    principals: first.subjects,
    isWhole: audiences.length > 0 && (first.subjects.length > 0 || first.sessionName !== undefined),
    notes,
    lost: [],
    unsaid,
    until: others.reduce((until, each) => earlier(until, each.limits.until), first.limits.until),
  };
}

/** Issuers that IAM knows by themselves. */
const BUILT_IN = ['accounts.google.com', 'cognito-identity.amazonaws.com'];

function askedBy(statement: Said): readonly Asked[] {
  const tokens = statement.principals.filter(
    ({ type, value }) => type === 'federated' && !/:saml-provider\//.test(value),
  );
  return tokens.map(({ value }) => {
    const issuer = value.replace(/^.*?:oidc-provider\//, '').toLowerCase();
    const claim = (name: string) => {
      const { operator = '', values = [] } = conditionOn(statement, `${issuer}:${name}`, EQUALS_OR_LIKE) ?? {};
      // Compared letter by letter a * is a *, which a definition would read as any text.
      return operator.endsWith('equals') ? values.filter((each) => !/[*?]/.test(each)) : values;
    };
    const [sessionName] = conditionOn(statement, 'sts:rolesessionname', EQUALS_OR_LIKE)?.values ?? [];
    const audiences = [...new Set([...claim('aud'), ...claim('oaud')])];
    const read = new Set(['sts:rolesessionname', ...['aud', 'oaud', 'sub'].map((name) => `${issuer}:${name}`)]);
    return {
      said: statement,
      provider: BUILT_IN.includes(value) ? `https://${value}` : value,
      audiences,
      subjects: claim('sub'),
      sessionName,
      limits: limitsOf(statement, (key) => read.has(key)),
    };
  });
}

function droppedLimits(said: Said, limits: Limits | undefined): readonly Unsaid[] {
  if (!limits) return [];
  const origins = [...limits.sourceIps, ...limits.vpcEndpoints, ...limits.sourceVpcs];
  if (limits.others.length + origins.length === 0) return [];
  const which = conditionWords(limits.others.length > 0 ? limits.others : said.conditions);
  return [{ said, why: `its trust also asks for ${which}; the definition does not` }];
}
