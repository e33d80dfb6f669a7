import { checkSize, POLICY_LIMITS } from '../../rules/limits';
import type { Kind } from '../../rules/vocabulary';
import { policyMeasures } from '../model/measures';
import type { Problem } from '../yaml/problem';
import type { ClientFiles } from './client';

/** Policies that would be longer than AWS takes. */
export function policySizes(files: ClientFiles): Problem[] {
  const { client, yaml, problems } = files;
  // Sizes of policies that are wrong for another reason say nothing.
  if (problems.some(({ severity }) => severity === 'error')) return [];
  return policyMeasures(client).flatMap(({ limit, used, integration, bucket }) => {
    const findings = checkSize(limit, used);
    if (findings.length === 0) return [];
    // A dedicated bucket is its integration's matter, the client's bucket the client's.
    const owner = files.integrations.find((file) =>
      integration ? file.integration === integration : file.integration?.dedicatedBucket === bucket,
    );
    const path = integration
      ? limit === POLICY_LIMITS.trust || limit === POLICY_LIMITS.accessPoint
        ? [TRUSTED[integration.kind]]
        : []
      : owner
        ? ['dedicatedBucket']
        : [];
    const file = owner?.yaml ?? yaml;
    return file ? findings.map((finding) => file.problem(finding, path)) : [];
  });
}

/** The key that most of a trust policy comes from; of a kind that trusts nobody, the kind itself. */
const TRUSTED: Readonly<Record<Kind, string>> = {
  'assumed-role': 'principals',
  'direct-trust': 'principals',
  'roles-anywhere': 'subject',
  'web-identity': 'subjects',
  'access-key': 'kind',
};
