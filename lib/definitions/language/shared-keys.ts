/** Keys that several files, or several kinds of integration, have. */
import { z } from 'zod';
import { Capability } from '../../rules/confinement';
import type { Finding } from '../../rules/finding';
import { checkInternalPrefix, checkInternalPrincipal } from '../../rules/internal';
import { checkAccount, checkRegion } from '../../rules/names';
import { checkPrincipalOf, type PrincipalKind } from '../../rules/principal';
import { checkDate } from '../../rules/restrictions';
import { flag, listKey, textKey } from './key-types';

export const principals = (kind: PrincipalKind, description: string) =>
  listKey(
    { description, default: 'required, unless the integration is pending or suspended' },
    textKey({ description: 'A principal.', examples: ['arn:aws:iam::111122223333:role/exporter'] }, (value) =>
      checkPrincipalOf(kind, value),
    ),
  );

export const account = (byDefault: string) =>
  textKey({ description: 'The AWS account, twelve digits.', default: byDefault, pattern: '^\\d{12}$' }, checkAccount);
export const region = (byDefault: string) =>
  textKey({ description: 'The AWS region.', default: byDefault, examples: ['eu-west-1'] }, checkRegion);
export const FROM_ENVIRONMENT = "the CDK environment's, otherwise none";
export const FROM_SETTINGS = "the settings'";

export const capabilities = z.enum(Object.values(Capability) as [Capability, ...Capability[]]);

/** Keys of an integration that a company can ask of every one. */
export const REQUIRABLE = ['owner', 'request', 'description', 'reviewBy', 'expires', 'contact'] as const;

export type RequirableKey = (typeof REQUIRABLE)[number];

export const accept = listKey(
  {
    description: 'Warnings that are meant: a list of `{code, reason, until}`; `until`, a day, is optional.',
    default: 'none',
  },
  z.strictObject({
    code: textKey({ description: 'The code of the warning.', default: 'required' }),
    reason: textKey({ description: 'Why it is meant.', default: 'required' }, (value) => notBlank('reason', value)),
    until: textKey(
      { description: 'The day from which it is a warning again.', default: 'for good' },
      checkDate,
    ).optional(),
  }),
);

/** A text that must say something. */
export function notBlank(what: string, value: string): Finding[] {
  if (value.trim() !== '') return [];
  return [{ code: 'empty-value', message: `${what} is empty`, fix: 'say it' }];
}

/** One entry of `internal`. */
const internalEntry = z.strictObject({
  principals: listKey(
    { description: 'Roles, users and accounts of ours.', default: 'none; needed without `organization`' },
    textKey({ description: 'A principal of ours.' }, checkInternalPrincipal),
  ).optional(),
  organization: flag({
    description: 'Everybody of `organization`; with `principals`, both must hold.',
    default: '`false`',
  }).optional(),
  access: listKey({ description: 'What they may do.', default: '`[list, read]`' }, capabilities).optional(),
  prefix: textKey({ description: 'Only under it.', default: 'the whole bucket' }, checkInternalPrefix).optional(),
  grant: flag({
    description: "Write what they need into the bucket's policy; `false` only says that it is meant.",
    default: '`true`',
  }).optional(),
  reason: textKey({ description: 'Why, for people.', default: 'none' }).optional(),
});

export const internal = (description: string) =>
  listKey(
    {
      description: `${description} A list of \`{principals, organization, access, prefix, grant, reason}\`.`,
      default: 'none',
    },
    internalEntry,
  );
