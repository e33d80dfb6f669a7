import type { Conditions, Statement } from '../../../lib/rules/statement';
import type { NotJudged } from './not-judged';
import { listed } from './translation';

/** Conditions, where `undefined` stands for one value, whatever it is. */
type Expected = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

const HEADER = 's3:x-amz-server-side-encryption';
const CONDITIONS: readonly Expected[] = [
  { Null: { [HEADER]: 'false' }, StringNotEquals: { [HEADER]: 'AES256' } },
  { Null: { [HEADER]: 'false' }, StringNotEquals: { [`${HEADER}-aws-kms-key-id`]: undefined } },
  { Null: { [`${HEADER}-customer-algorithm`]: 'false' } },
];

/**
 * The only Denies that may be left out: those of an upload that asks to be encrypted, with exactly the conditions that
 * this project emits. Ceph takes every `Null` for `true` and a negated operator without its key for unmet, so that
 * it would deny all uploads or none. Nothing is judged wrongly without them, as the proxy in front of the gateway
 * (servers/gateway.ts) takes no request with such a header. The simulator judges them: simulation/encryption.test.ts, and
 * the matrix of denials.
 *
 * @see https://github.com/ceph/ceph/blob/v16.2.15/src/rgw/rgw_iam_policy.cc (`Condition::eval`)
 */
export function encryptionDenied({ Effect, Principal, Action, Condition = {} }: Statement): NotJudged | undefined {
  const { StringEquals, ...rest } = Condition;
  // Whom it denies, which a bucket's policy says.
  const named =
    Principal !== undefined && StringEquals !== undefined && sameKeys(StringEquals, { 'aws:PrincipalArn': '' });
  const exactly = CONDITIONS.some((each) => same(named ? rest : Condition, each));
  if (Effect !== 'Deny' || listed(Action).join() !== 's3:PutObject' || !exactly) return undefined;
  return { what: 'Deny of an encryption header', why: 'Ceph decides otherwise than AWS where the header is missing' };
}

/** Whether conditions are the expected ones and no more. */
function same(conditions: Conditions, expected: Expected): boolean {
  return (
    sameKeys(conditions, expected) &&
    Object.entries(expected).every(([operator, keys]) => {
      const asked = conditions[operator] ?? {};
      return (
        sameKeys(asked, keys) &&
        Object.entries(keys).every(([key, value]) =>
          value === undefined ? typeof asked[key] === 'string' : asked[key] === value,
        )
      );
    })
  );
}

function sameKeys(one: object, other: object): boolean {
  return Object.keys(one).sort().join() === Object.keys(other).sort().join();
}
