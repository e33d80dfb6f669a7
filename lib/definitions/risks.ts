/**
 * The risks of a deployment with the acceptances of its files: what `access`, `list`, `diff` and the report show of each.
 */
import { GRAVITIES, type Risk } from '../rules/risk';
import type { Loaded } from './load';
import { risksAmong } from './model/risks';
import { type Acceptance, acceptanceText } from './yaml/problem';

/** A risk, and by what it is accepted: null where nobody accepts it. */
export interface JudgedRisk extends Risk {
  readonly accepted: Acceptance | null;
}

/** The risks of each integration by its name, the gravest first. */
export function risksIn({
  deployment,
  problems,
}: Pick<Loaded, 'deployment' | 'problems'>): ReadonlyMap<string, readonly JudgedRisk[]> {
  const integrations = deployment.clients.flatMap((client) => client.integrations);
  const risks = risksAmong(integrations);
  const accepted = new Map(problems.map(({ file, code, acceptance }) => [`${file}:${code}`, acceptance]));
  return new Map(
    integrations.map(({ name, file }) => [
      name,
      (risks.get(name) ?? []).map((risk) => ({ ...risk, accepted: accepted.get(`${file}:${risk.code}`) ?? null })),
    ]),
  );
}

/**
 * How grave the gravest risk is that nobody accepts: `high`, `medium` or `low`, and then the gravest accepted one, if that is
 * graver; `accepted` where all are accepted, `-` without any.
 */
export function riskMark(risks: readonly Pick<JudgedRisk, 'gravity' | 'accepted'>[]): string {
  const open = GRAVITIES.find((gravity) => risks.some((risk) => risk.gravity === gravity && risk.accepted === null));
  if (open === undefined) return risks.length > 0 ? 'accepted' : '-';
  const accepted = GRAVITIES.find((gravity) =>
    risks.some((risk) => risk.gravity === gravity && risk.accepted !== null),
  );
  const isGraver = accepted !== undefined && GRAVITIES.indexOf(accepted) < GRAVITIES.indexOf(open);
  return isGraver ? `${open}, ${accepted} accepted` : open;
}

/** `medium risk: it can list the bucket's root: it sees the names of other integrations' files`, and by what it is accepted. */
export function riskText({ gravity, what, why, accepted }: JudgedRisk): string {
  return `${gravity} risk: ${what}: ${why}${accepted ? ` (${acceptanceText(accepted)})` : ''}`;
}
