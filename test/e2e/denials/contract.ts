/** What the contract (sections 1 and 2) says of a permission, for whoever asks: the ways to it, and what bars each. */
import { CAPABILITIES, TOGETHER } from '../../simulation/capabilities';
import { HOME } from '../../support/resolve';
import { ENCRYPTIONS, HEADER_OF_KEY, KMS_KEY, type Need, OWNED } from './calls';
import { besidePrefix, everywhere, missed, outside } from './misses';
import {
  atRoot,
  bar,
  denyAll,
  foreignEncryption,
  grant,
  ON_ITSELF,
  OTHER_USER,
  otherAccount,
  plainHttp,
  TO_ITSELF,
  toPrincipal,
  trustsNobody,
  withExternalId,
} from './reasons';
import { type Circumstances, MORE, type Way, type Who } from './request';
import { bucketOf, nameOf, PEOPLE, prefixOf, SIMULATED_CLIENT, SUBJECTS, type Subject, subject } from './subjects';

export const VIA_S3 = `s3.${HOME.region}.amazonaws.com`;

/** Every way to a permission. */
export function waysTo(need: Need, who: Who, circumstances: Circumstances): Way[] {
  if (need.role !== undefined) return waysToRole(subject(need.role), need, who, circumstances);
  const name = nameOfOurs(who);
  const ways = name === undefined ? [] : waysOfOurs(subject(name), need, who, circumstances);
  for (const one of SUBJECTS.filter(({ kind, status }) => kind === 'direct-trust' && status === undefined)) {
    const [grants, bars] = letIn(one, who);
    for (const way of waysInPolicy(one, need, circumstances, (permission) => ({
      grants: grants.map((to) => grant(nameOf(one), permission, to)),
      bars: bars.map((how) => bar(nameOf(one), permission, 'principal', how)),
    }))) {
      // In the policy of that one bucket, or its key.
      if (need.bucket === bucketOf(one) || need.kmsKeyOf === one.client) ways.push(way);
    }
  }
  if (!circumstances.plainHttp || need.bucket === undefined) return ways;
  const { bucket } = need;
  return ways.map(({ grants, bars }) => ({ grants, bars: [...bars, plainHttp(bucket)] }));
}

/** Whether an integration's capabilities bring a permission, in use and where it belongs. */
export function brings(one: Subject, need: Need): boolean {
  return waysInPolicy(one, need, {}, () => ({ grants: [], bars: [] })).length > 0;
}

/** The integration that a session, key or token is of. */
export function nameOfOurs(who: Who): string | undefined {
  if ('sessionOf' in who) return who.sessionOf;
  if ('keyOf' in who) return who.keyOf;
  return 'tokenOf' in who ? who.tokenOf : undefined;
}

function waysOfOurs(one: Subject, need: Need, who: Who, circumstances: Circumstances): Way[] {
  const ways = one.status === undefined ? waysInPolicy(one, need, circumstances, () => ({ grants: [], bars: [] })) : [];
  if (circumstances.givenMore && MORE.Action.includes(need.action)) {
    const off = one.status === undefined ? [] : [denyAll(nameOf(one))];
    const inactive = off.length > 0 && 'keyOf' in who ? [`${nameOf(one)} has no active key`] : [];
    ways.push({ grants: [], bars: [...off, ...inactive] });
  }
  return ways;
}

/** The ways by an integration's own statements, wherever they stand. */
function waysInPolicy(
  one: Subject,
  need: Need,
  circumstances: Circumstances,
  besides: (permission: string) => Way,
): Way[] {
  const { action, context } = need;
  const name = nameOf(one);
  const way = (permission: string, ...more: [string, string | undefined][]): Way => {
    const { grants, bars } = besides(permission);
    const own = [...more, ...everywhere(one, action, circumstances)].flatMap(([key, how]) =>
      how === undefined ? [] : [bar(name, permission, key, how)],
    );
    return { grants: [grant(name, permission), ...grants], bars: [...bars, ...own] };
  };
  const place: [string, string | undefined] = ['resource', outside(one, need)];
  if (action === 's3:GetBucketLocation') return [way(action, place)];
  if (action === 's3:ListAllMyBuckets') return has(one, 'list-buckets') ? [way(action)] : [];
  if (need.kmsKeyOf !== undefined) {
    return usesKey(one, action)
      ? [way(action, place, ['kms:ViaService', missed(context['kms:ViaService'], [VIA_S3])])]
      : [];
  }
  if (need.key === undefined) {
    const prefix = context['s3:prefix'];
    // It carries no prefix: only a whole bucket's uploads may be listed.
    const everyUpload = action === 's3:ListBucketMultipartUploads' && prefixOf(one) !== '';
    const under = !everyUpload && one.access.some((capability) => CAPABILITIES[capability]?.lists?.includes(action));
    const root = has(one, 'root-list') && action === 's3:ListBucket';
    return [
      ...(under ? [way(action, place, ['s3:prefix', besidePrefix(prefixOf(one), prefix)])] : []),
      ...(root ? [way(atRoot(action), place, ['s3:prefix', prefix ? 'elsewhere' : undefined])] : []),
    ];
  }
  const together = TOGETHER.filter(({ access }) => access.every((each) => has(one, each))).map(({ object }) => object);
  const objects = [...one.access.flatMap((capability) => CAPABILITIES[capability]?.objects ?? []), ...together];
  if (!objects.includes(action)) return [];
  const acl = action === 's3:PutObjectAcl' && context['s3:x-amz-acl'] !== OWNED ? 'other' : undefined;
  const { grants, bars } = way(action, place, ['s3:x-amz-acl', acl]);
  return [{ grants, bars: readable(one, need) ? bars : [...bars, foreignEncryption(name)] }];
}

/** Whether what is uploaded so is encrypted as the bucket's owner would, or not at the uploader's wish. */
function readable({ client }: Subject, { action, context }: Need): boolean {
  if (action !== 's3:PutObject' || Object.keys(context).length === 0) return true;
  if (client === SIMULATED_CLIENT) return context[HEADER_OF_KEY] === KMS_KEY;
  return context === ENCRYPTIONS.AES256;
}

const has = (one: Subject, capability: string) => one.access.includes(capability);

function usesKey(one: Subject, action: string): boolean {
  const capabilities = action === 'kms:Decrypt' ? ['read', 'write', 'versions'] : ['write'];
  return action.startsWith('kms:') && capabilities.some((capability) => has(one, capability));
}

/** By which of its principals an integration lets somebody in, or how they miss all of them. */
function letIn(one: Subject, who: Who): [grants: string[], bars: string[]] {
  const { principals = [] } = one;
  if ('nobody' in who) return [[], ['nobody']];
  if (!('person' in who)) return [[], ['ours']];
  const arn = PEOPLE[who.person];
  const account = arn.split(':')[4] ?? '';
  const by = principals.find((principal) => principal === arn || principal === account);
  if (by !== undefined) return [[toPrincipal(by)], []];
  return [
    [],
    [principals.some((principal) => principal.split(':')[4] === account) ? OTHER_USER : otherAccount(account)],
  ];
}

function waysToRole(role: Subject, need: Need, who: Who, circumstances: Circumstances): Way[] {
  const { action, context } = need;
  const name = nameOf(role);
  if (role.kind !== 'assumed-role') return [];
  if (role.status !== undefined) {
    return [{ grants: [], bars: [trustsNobody(name)] }];
  }
  const id = context['sts:ExternalId'];
  const ids = role.externalIds;
  const pattern = role.roleSessionName && new RegExp(`^${role.roleSessionName.replace('*', '.*')}$`);
  const late = everywhere(role, action, circumstances).filter(([key]) => key === 'aws:CurrentTime');
  const asked: [string, string | undefined][] = [
    ['sts:ExternalId', ids && missed(id, ids)],
    ['sts:RoleSessionName', pattern && !pattern.test(context['sts:RoleSessionName'] ?? '') ? 'other' : undefined],
    ...late,
  ];
  const barsOf = (permission: string) =>
    asked.flatMap(([key, how]) => (how === undefined ? [] : [bar(name, permission, key, how)]));
  const withId = id !== undefined && ids?.includes(id) ? [grant(name, action, withExternalId(id))] : [];
  const [grants, bars] = letIn(role, who);
  const vendor: Way = {
    grants: [grant(name, action), ...grants.map((to) => grant(name, action, to)), ...withId],
    bars: [...bars.map((how) => bar(name, action, 'principal', how)), ...barsOf(action)],
  };
  if (!role.selfAssume) return [vendor];
  const itself = `${action}${TO_ITSELF}`;
  const asItself = nameOfOurs(who) === name;
  const other = asItself ? [] : letIn({ ...role, principals: [itselfArn(name)] }, who)[1];
  return [
    vendor,
    {
      grants: [grant(name, itself), ...(asItself ? [grant(name, `${action}${ON_ITSELF}`)] : [])],
      bars: [...other.map((how) => bar(name, itself, 'principal', how)), ...barsOf(itself)],
    },
  ];
}

const itselfArn = (name: string) => `arn:aws:iam::${HOME.account}:role/${name}`;
