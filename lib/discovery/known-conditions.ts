/** The conditions that a definition reproduces exactly; with any other it may give more than is given today. */
import { parsePrincipal } from '../rules/principal';
import { limitsOf } from './limits';
import { type Condition, isPattern, type Said } from './said';

/** By the key of a condition, whether it is one that a definition has too. */
export type Known = Readonly<Record<string, (condition: Condition, said: Said) => boolean>>;

/** Whether a value is compared letter by letter. */
export function isExact({ operator, values }: Condition): boolean {
  return ['stringequals', 'stringlike', 'arnequals', 'arnlike'].includes(operator) && !values.some(isPattern);
}

/** One day from which on nothing is allowed. */
export function isEnd({ operator, values }: Condition): boolean {
  return (
    /^datelessthan(?:equals)?$/.test(operator) && values.length === 1 && !Number.isNaN(Date.parse(values[0] ?? ''))
  );
}

const LISTING = /^s3:(?:ListBucket|ListBucketVersions|ListBucketMultipartUploads|GetBucketLocation)$/i;

function isPlace({ operator, values }: Condition, { actions, notActions }: Said): boolean {
  // No other request carries the key: with it nothing is allowed.
  if (notActions.length > 0 || !actions.every((action) => LISTING.test(action))) return false;
  if (operator === 'stringequalsifexists') return values.every((value) => value === '');
  return operator === 'stringlike' || (operator === 'stringequals' && !values.some(isPattern));
}

/** Of statements on a bucket. */
export const OF_PLACES: Known = {
  'aws:securetransport': ({ operator, values }) => operator === 'bool' && values.join() === 'true',
  's3:prefix': isPlace,
  'aws:sourceip': ({ operator, values }) => operator === 'ipaddress' && !values.some(isPattern),
  'aws:sourcevpce': isExact,
  'aws:sourcevpc': isExact,
  'aws:currenttime': isEnd,
  's3:x-amz-acl': ({ operator, values }, { actions }) =>
    /^stringequals(?:ifexists)?$/.test(operator) &&
    values.join() === 'bucket-owner-full-control' &&
    actions.join() === 's3:PutObjectAcl',
};

/** Of statements that name principals. */
export const OF_PRINCIPALS: Known = {
  'aws:principalarn': (condition, { principals }) =>
    isExact(condition) && principals.every(({ value }) => value === '*' || parsePrincipal(value)?.type === 'account'),
  'aws:principalaccount': (condition, { principals, conditions }) =>
    isExact(condition) &&
    principals.every(({ value }) => value === '*') &&
    !conditions.some(({ key }) => key === 'aws:principalarn'),
};

/** Conditions that a definition does not have, or not so. */
export function unknownConditions(said: Said, known: Known): readonly Condition[] {
  const { conditions } = said;
  const both = limitsOf(said, (key) => Object.hasOwn(known, key) && !key.startsWith('aws:source')).others;
  return conditions.filter((each) => {
    // Two conditions on one key must both be met.
    const isOne = conditions.filter(({ key }) => key === each.key).length === 1 && each.values.length > 0;
    const rule = Object.hasOwn(known, each.key) ? known[each.key] : undefined;
    return !isOne || !rule?.(each, said) || (both.includes(each) && Object.hasOwn(OF_PLACES, each.key));
  });
}
