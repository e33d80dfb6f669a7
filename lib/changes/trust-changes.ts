import type {
  AccessKey,
  AssumedRole,
  DirectTrust,
  Integration,
  RolesAnywhere,
  WebIdentity,
} from '../definitions/model/model';
import { bareCertificates, parseCertificates } from '../rules/certificate';
import { parseProvider } from '../rules/provider';
import { alternatives, asked, askedExternalIds, condition, instead, unless } from './change-text';
import { type ChangeText, effectOf } from './effect';
import { externalTrustChanges } from './external-trust-changes';
import { patternWithin, principalWithin } from './within';
import { authority, subjectOf } from './words';

/** What changes in whom an integration trusts; nothing is said where its kind changes. */
export function trustChanges(before: Integration, after: Integration): ChangeText[] {
  switch (after.kind) {
    case 'assumed-role':
      return before.kind === after.kind ? ofRole(before, after) : [];
    case 'direct-trust':
      return before.kind === after.kind ? ofPrincipals(before, after) : [];
    case 'roles-anywhere':
      return before.kind === after.kind ? ofCertificates(before, after) : [];
    case 'web-identity':
      return before.kind === after.kind ? ofTokens(before, after) : [];
    case 'access-key':
      return before.kind === after.kind ? ofKeys(before, after) : [];
    default:
      return after satisfies never;
  }
}

function ofKeys(before: AccessKey, after: AccessKey): ChangeText[] {
  return alternatives('has an access key in slot', before.keys, after.keys);
}

function ofPrincipals(before: AssumedRole | DirectTrust, after: AssumedRole | DirectTrust): ChangeText[] {
  return alternatives('trusted by', before.principals, after.principals, principalWithin);
}

function ofRole(before: AssumedRole, after: AssumedRole): ChangeText[] {
  return [
    ...(before.trusts || after.trusts
      ? externalTrustChanges(before, after)
      : [...ofPrincipals(before, after), ...askedExternalIds(before.externalIds, after.externalIds)]),
    ...ofSessionName(before, after),
    ...mayNow('send session tags', before.sessionTags, after.sessionTags),
    ...mayNow('set a source identity', before.sourceIdentity, after.sourceIdentity),
    ...unless(before.selfAssume === after.selfAssume, () =>
      after.selfAssume
        ? { sign: '+', text: 'may assume its own role again from within a session', effect: 'widening' }
        : { sign: '-', text: 'may no longer assume its own role from within a session', effect: 'narrowing' },
    ),
  ];
}

function mayNow(what: string, before: boolean, after: boolean): ChangeText[] {
  return unless(before === after, () =>
    after
      ? { sign: '+', text: `may ${what}`, effect: 'widening' }
      : { sign: '-', text: `may not ${what} any more`, effect: 'narrowing' },
  );
}

function ofSessionName(before: AssumedRole | WebIdentity, after: AssumedRole | WebIdentity): ChangeText[] {
  const words = { what: 'names its sessions', held: (name: string) => name, none: 'as it chooses' };
  return condition(before.roleSessionName, after.roleSessionName, words, patternWithin);
}

function ofCertificates(before: RolesAnywhere, after: RolesAnywhere): ChangeText[] {
  const part = (key: 'commonName' | 'organization' | 'organizationalUnit') => {
    const [was, is] = [before.subject?.[key], after.subject?.[key]];
    return { grows: was !== undefined && was !== is, shrinks: is !== undefined && was !== is };
  };
  const parts = (['commonName', 'organization', 'organizationalUnit'] as const).map(part);
  const effect = effectOf(
    parts.some(({ grows }) => grows),
    parts.some(({ shrinks }) => shrinks),
  );
  const subject = ({ subject }: RolesAnywhere) => subjectOf(subject) || 'nobody yet';
  return [
    ...ofAuthority(before, after),
    ...instead('takes certificates for', subject(before), subject(after), effect),
    ...unless(before.acceptRoleSessionName === after.acceptRoleSessionName, () =>
      after.acceptRoleSessionName
        ? { sign: '+', text: 'may choose the names of its sessions', effect: 'widening' }
        : { sign: '-', text: 'may no longer choose the names of its sessions', effect: 'narrowing' },
    ),
  ];
}

function ofAuthority(before: RolesAnywhere, after: RolesAnywhere): ChangeText[] {
  const [was, is] = [before, after].map(issuersOf) as [Issuers, Issuers];
  const gone = [...was.keys()].filter((key) => !is.has(key));
  const come = [...is.keys()].filter((key) => !was.has(key));
  const told = (issuers: Issuers, keys: readonly string[]) => keys.map((key) => issuers.get(key) ?? key);
  // Of bundles only what is in one alone is told; whether anything is let in that was not does not depend on that.
  return alternatives('takes certificates issued by', told(was, gone), told(is, come)).map((said) => ({
    ...said,
    effect: effectOf(come.length > 0, gone.length > 0),
  }));
}

/** Who issues certificates: a fingerprint or an ARN, and how it is told. */
type Issuers = ReadonlyMap<string, string>;

function issuersOf({ certificateAuthority, trustAnchorArn }: RolesAnywhere): Issuers {
  if (certificateAuthority === undefined)
    return new Map(trustAnchorArn === undefined ? [] : [[trustAnchorArn, trustAnchorArn]]);
  const told = authority(certificateAuthority);
  const fingerprints = parseCertificates(bareCertificates(certificateAuthority)).map(
    ({ fingerprint256 }) => fingerprint256,
  );
  return new Map(fingerprints.map((fingerprint, at) => [fingerprint, told[at] ?? fingerprint]));
}

function ofTokens(before: WebIdentity, after: WebIdentity): ChangeText[] {
  const provider = ({ provider = 'nobody yet' }: WebIdentity) => {
    const { issuer, builtIn } = parseProvider(provider) ?? {};
    // The address of one that AWS knows has several spellings, which are one.
    return builtIn && issuer ? issuer : provider;
  };
  return [
    ...instead('takes tokens of', provider(before), provider(after), 'both'),
    ...alternatives('takes tokens for the audience', before.audiences, after.audiences),
    ...asked('subject', before.subjects, after.subjects),
    ...ofSessionName(before, after),
    ...mayNow('send session tags', before.sessionTags, after.sessionTags),
  ];
}
