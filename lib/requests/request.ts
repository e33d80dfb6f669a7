import type { Problem } from '../definitions/problem';
import { type Capability, canonicalPrefix, checkPrefix } from '../rules/confinement';
import { type Finding, quote } from '../rules/finding';
import { checkBucketName, checkName } from '../rules/names';
import { checkPrincipal } from '../rules/principal';
import { checkDate } from '../rules/restrictions';
import { checkExternalId } from '../rules/trust';
import { Answers } from './answers';
import { type FieldId, labelOf, NO, YES } from './form';
import type { Issue } from './issue';

/** What an issue asks for, as far as it is said and right. */
export interface AccessRequest {
  readonly client?: string;
  readonly vendor?: string;
  readonly description?: string;
  readonly inAws?: boolean;
  readonly assumesRoles?: boolean;
  readonly certificate?: boolean;
  readonly token?: boolean;
  readonly principal?: readonly string[];
  readonly externalId?: string;
  readonly reason?: string;
  readonly access?: readonly Capability[];
  readonly prefix?: string;
  readonly bucket?: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** The key of a request that each field answers. */
export const KEYS: Readonly<Record<FieldId, keyof AccessRequest>> = {
  client: 'client',
  vendor: 'vendor',
  purpose: 'description',
  'in-aws': 'inAws',
  'assumes-roles': 'assumesRoles',
  principals: 'principal',
  'external-id': 'externalId',
  certificate: 'certificate',
  token: 'token',
  reason: 'reason',
  access: 'access',
  prefix: 'prefix',
  bucket: 'bucket',
  owner: 'owner',
  until: 'expires',
};

/**
 * What an issue asks for, and everything that is wrong with it.
 *
 * @param file how the issue is called in problems
 * @param today as `YYYY-MM-DD`
 * @param told what is known from elsewhere, and so need not be asked
 * @returns also the fields whose answers are wrong: of them, no more is to be said
 */
export function requestOf(
  issue: Issue,
  file: string,
  today: string,
  told: ReadonlySet<keyof AccessRequest>,
): { request: AccessRequest; problems: Problem[]; wrong: ReadonlySet<FieldId> } {
  if (issue.answers.size === 0) return { request: {}, problems: [...issue.problems], wrong: new Set() };
  const answers = new Answers(issue, file, (id) => !told.has(KEYS[id]));
  const vendor = answers.text('vendor', (value) => (value === 'client' ? [RESERVED] : checkName('vendor', value)));
  const request: AccessRequest = {
    client: answers.text('client', (value) => checkName('client', value)),
    vendor,
    description: answers.text('purpose'),
    inAws: answers.choice('in-aws'),
    assumesRoles: answers.choice('assumes-roles'),
    certificate: answers.choice('certificate'),
    token: answers.choice('token'),
    principal: answers.words('principals', checkPrincipal),
    externalId: answers.text('external-id', checkExternalId),
    reason: answers.text('reason'),
    access: answers.checked('access'),
    prefix: answers.text('prefix', (value) => checkPrefix(canonicalPrefix(value))),
    bucket: answers.text('bucket', checkBucketName),
    owner: answers.text('owner'),
    expires: answers.text('until', (value) => [...checkDate(value), ...past(value, today)]),
  };
  if (request.inAws === false && request.assumesRoles) answers.report('assumes-roles', CONTRADICTION);
  return { request, problems: [...issue.problems, ...answers.problems], wrong: answers.wrong };
}

const RESERVED: Finding = {
  code: 'bad-name',
  message: 'client.yaml is the client itself',
  fix: 'choose another vendor name',
};

const CONTRADICTION: Finding = {
  code: 'contradiction',
  message: 'a vendor that does not work in AWS has nothing there that could assume a role',
  fix: `answer ${YES} to ${quote(labelOf('in-aws'))}, or ${NO} here`,
};

/** The day itself has passed when it begins. */
function past(value: string, today: string): Finding[] {
  if (checkDate(value).length > 0 || value > today) return [];
  return [{ code: 'past-date', message: `access would have ended on ${value}`, fix: 'name a day that is to come' }];
}
