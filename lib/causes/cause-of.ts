import type { Cause } from './cause';
import type { FailedRequest } from './cause-rule';
import { CALLER } from './causes-caller';
import { denial } from './causes-denial';
import { NETWORK } from './causes-network';
import { PLACE } from './causes-place';
import { isDenial, type Refusal } from './refusal';

/**
 * The likely cause of a refusal, and who must fix it. What S3 and STS mean by a code is from their references.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export function causeOf(refusal: Refusal, request: FailedRequest): Cause {
  const row = [...NETWORK, ...CALLER, ...PLACE].find(
    ({ codes, when }) => (codes?.includes(refusal.code) ?? true) && (when?.(refusal, request) ?? true),
  );
  if (row) return row.say(refusal, request);
  if (isDenial(refusal)) return denial(refusal, request);
  const { code, status } = refusal;
  return {
    code: 'unknown',
    cause: `an answer that is not expected here: ${code}${status === undefined ? '' : ` (HTTP ${status})`}`,
    who: 'vendor or owner',
    fix: 'look the code up in the error reference of S3 or STS',
  };
}
