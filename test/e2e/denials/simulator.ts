/** The first judge: the simulator, with the synthesized policies as they are. */
import { type Caller, Judge } from '../../support/judge';
import { HOME, resolved } from '../../support/resolve';
import type { Template } from '../../support/synth';
import { KMS_KEY, type Need, needs } from './calls';
import { nameOfOurs } from './contract';
import { LOOPBACK } from './misses';
import { MORE, type Request, type Who } from './request';
import { PEOPLE, subject } from './subjects';

/** All clients' templates as one account, with logical ids that tell them apart. */
export function account(templates: Readonly<Record<string, Template>>): Template {
  const Resources = Object.entries(templates).flatMap(([client, template]) =>
    Object.entries(resolved(template).Resources).map(([id, resource]) => [`${client}/${id}`, resource]),
  );
  return { Resources: Object.fromEntries(Resources), Outputs: {} };
}

export class Simulator {
  private readonly judge: Judge;
  private readonly generous: Judge;

  constructor(account: Template) {
    this.judge = new Judge(account);
    this.generous = new Judge(withMore(account));
  }

  /** Whether AWS would let a request through. */
  async allows({ who, call, circumstances }: Pick<Request, 'who' | 'call' | 'circumstances'>): Promise<boolean> {
    const { plainHttp, address, endpoint, at, givenMore } = circumstances;
    const judge = givenMore ? this.generous : this.judge;
    const now: Record<string, string> = at === undefined ? {} : { 'aws:CurrentTime': at };
    const s3 = {
      ...now,
      'aws:SecureTransport': plainHttp ? 'false' : 'true',
      // Through an endpoint a request has no public address.
      ...(endpoint === undefined ? { 'aws:SourceIp': address ?? LOOPBACK } : { 'aws:SourceVpce': endpoint }),
    };
    for (const need of needs(call)) {
      const { action, context, role, kmsKeyOf } = need;
      const asked = { action, resource: resource(need), context: { ...(kmsKeyOf ? now : s3), ...context } };
      const from = caller(who);
      const allowed =
        role !== undefined
          ? from !== undefined && (await judge.mayAssume(role, arn(from), { ...now, ...context }))
          : await (from === undefined ? judge.mayUnsigned(asked) : judge.may(from, asked));
      if (!allowed) return false;
    }
    return true;
  }
}

function withMore(account: Template): Template {
  const generous = structuredClone(account);
  for (const { Type, Properties } of Object.values(generous.Resources)) {
    if (Type !== 'AWS::IAM::Role' && Type !== 'AWS::IAM::User') continue;
    Properties.Policies.push({ PolicyName: 'more', PolicyDocument: { Version: '2012-10-17', Statement: [MORE] } });
  }
  return generous;
}

function resource({ bucket, key, kmsKeyOf }: Need): string {
  if (kmsKeyOf !== undefined) return KMS_KEY;
  if (bucket === undefined) return '*';
  return `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
}

/** Nobody where the request is not signed. */
function caller(who: Who): Caller | undefined {
  if ('person' in who) return { outside: PEOPLE[who.person] };
  const name = nameOfOurs(who);
  if (name === undefined) return undefined;
  return subject(name).kind === 'access-key' ? { user: name } : { role: name };
}

function arn(from: Caller): string {
  if ('outside' in from) return from.outside;
  const [type, name] = 'user' in from ? ['user', from.user] : ['role', from.role];
  return `arn:aws:iam::${HOME.account}:${type}/${name}`;
}
