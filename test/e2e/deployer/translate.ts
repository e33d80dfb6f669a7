/**
 * Policies as Ceph's gateway understands them. This is all that differs between what is synthesized and what the
 * servers enforce; what can't be said there is thrown out (an error), or left out (a rule in `notJudged`) where that only
 * takes access away: an Allow may be left out, a Deny never, but for those of `encryptionDenied`.
 *
 * @see https://docs.ceph.com/en/pacific/radosgw/bucketpolicy/
 */
import type { PolicyDocument, Statement } from '../../../lib/rules/statement';
import { conditionsAsked } from './conditions';
import { encryptionDenied } from './encryption';
import type { NotJudged } from './not-judged';
import { principalsAsked } from './principals';
import { type Asked, listed, type PolicyKind, Untranslatable } from './translation';

/** A policy for the gateway, and what of the original it doesn't say. */
export interface Translated {
  readonly policy: PolicyDocument;
  readonly notJudged: readonly NotJudged[];
}

/** What this project grants that Ceph's gateway knows. */
const KNOWN_ACTIONS: ReadonlySet<string> = new Set([
  '*',
  's3:*',
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:DeleteObjectTagging',
  's3:DeleteObjectVersion',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionTagging',
  's3:ListAllMyBuckets',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
  's3:ListMultipartUploadParts',
  's3:PutObject',
  's3:PutObjectAcl',
  's3:PutObjectTagging',
  'sts:AssumeRole',
]);

/** What this project grants that it doesn't know: in an Allow it goes, and so is refused. */
const LEFT_OUT_ACTIONS: Readonly<Record<string, string>> = {
  's3:GetObjectAttributes': 'Ceph 16 has no such call',
  's3:GetObjectVersionAttributes': 'Ceph 16 has no such call',
  'kms:Decrypt': 'no server here encrypts with KMS',
  'kms:GenerateDataKey': 'no server here encrypts with KMS',
  'sts:AssumeRoleWithWebIdentity': 'no issuer of tokens runs here',
  'sts:SetSourceIdentity': 'no server here is IAM Roles Anywhere',
  'sts:TagSession': 'no server here is IAM Roles Anywhere',
};

/** @throws where a member, action, principal or condition is not one that this project emits and the gateway knows */
export function translate(document: unknown, kind: PolicyKind): Translated {
  const { Version, Statement: statements, ...rest } = document as PolicyDocument;
  refuseMore('policy', rest);
  if (Version !== '2012-10-17') throw new Untranslatable(`version ${Version}`);
  const notJudged: NotJudged[] = [];
  const said = listed(statements).flatMap((each) => {
    const asked = statementAsked(each, kind);
    notJudged.push(...asked.notJudged);
    return asked.value ? [asked.value] : [];
  });
  return { policy: { Version, Statement: said }, notJudged };
}

function statementAsked(statement: Statement, kind: PolicyKind): Asked<Statement> {
  const { Sid, Effect, Principal, Action, Resource, Condition, ...rest } = statement;
  refuseMore('statement', rest);
  if ((Principal === undefined) !== (kind === 'identity')) throw new Untranslatable(`Principal in a policy of ${kind}`);
  const encryption = encryptionDenied(statement);
  if (encryption !== undefined) return { notJudged: [encryption] };
  const actions = actionsAsked(listed(Action), Effect);
  if (actions.value === undefined) return { notJudged: actions.notJudged };
  const who = principalsAsked(Principal, Condition ?? {}, Effect, kind);
  const notJudged = [...actions.notJudged, ...who.notJudged];
  if (who.value === undefined) return { notJudged };
  const { principal, condition } = who.value;
  const conditions = conditionsAsked(condition, Effect, kind);
  notJudged.push(...conditions.notJudged);
  if (conditions.value === undefined) return { notJudged };
  const value: Statement = {
    ...(Sid !== undefined && { Sid }),
    Effect,
    ...(principal !== undefined && { Principal: principal }),
    Action: actions.value,
    ...(Resource !== undefined && { Resource }),
    ...(Object.keys(conditions.value).length > 0 && { Condition: conditions.value }),
  };
  return { value, notJudged };
}

function actionsAsked(actions: readonly string[], effect: Statement['Effect']): Asked<readonly string[]> {
  const notJudged: NotJudged[] = [];
  const value = actions.filter((action) => {
    if (KNOWN_ACTIONS.has(action)) return true;
    const why = LEFT_OUT_ACTIONS[action];
    if (why === undefined || effect !== 'Allow') throw new Untranslatable(`${effect} of ${action}`);
    notJudged.push({ what: action, why });
    return false;
  });
  return { value: value.length > 0 ? value : undefined, notJudged };
}

function refuseMore(of: string, rest: object): void {
  const [name] = Object.keys(rest);
  if (name !== undefined) throw new Untranslatable(`${name} in a ${of}`);
}
