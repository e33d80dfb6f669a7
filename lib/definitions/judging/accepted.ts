import type { Finding } from '../../rules/finding';
import { quote } from '../../text/quote';
import type { clientShape } from '../language/schema';
import type { ValidKeys } from '../yaml/keys';
import { acceptanceText, type Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';

/** Warnings that are meant, as a file lists them. */
export type Acceptances = NonNullable<ValidKeys<typeof clientShape>['accept']>;

/** A file that accepts warnings, and whose warnings they are. */
export interface Acceptor {
  readonly yaml: YamlFile;
  readonly accept: Acceptances;
  /** Whether a problem's file is within it. */
  readonly covers: (file: string) => boolean;
  /** Whether all of its files were read, so that it is known which warnings there are. */
  readonly whole: boolean;
}

/**
 * The problems, with accepted warnings as such. An acceptance of which the day has come accepts nothing any more; one that
 * accepts nothing is a warning itself.
 *
 * @param acceptors the innermost first
 * @param today as `YYYY-MM-DD`; no acceptance ends without it
 */
export function withAcceptances(
  problems: readonly Problem[],
  acceptors: readonly Acceptor[],
  today: string | undefined,
): Problem[] {
  const used = new Set<Acceptances[number]>();
  const accepting = acceptors.filter(({ accept }) => accept.length > 0);
  const judged = problems.map((problem): Problem => {
    if (problem.severity !== 'warning') return problem;
    for (const { accept, covers } of accepting) {
      if (!covers(problem.file)) continue;
      const found = accept.find(({ code, until }) => code === problem.code && !hasCome(until, today));
      if (!found) continue;
      used.add(found);
      const message = `${problem.message} (${acceptanceText(found)})`;
      return { ...problem, severity: 'accepted', message, acceptance: { reason: found.reason, until: found.until } };
    }
    return problem;
  });
  const about = accepting.flatMap(({ yaml, accept, whole }) =>
    accept.flatMap((one, at) => {
      const finding = hasCome(one.until, today) ? ended(one) : whole && !used.has(one) ? unused(one) : undefined;
      return finding ? [yaml.problem(finding, ['accept', String(at)], 'value', 'warning')] : [];
    }),
  );
  return [...judged, ...about];
}

function hasCome(until: string | undefined, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && until <= today;
}

function ended({ code, until }: Acceptances[number]): Finding {
  return {
    code: 'acceptance-ended',
    message: `the acceptance of ${quote(code)} ended on ${until}`,
    fix: 'fix what the warning names, or set a later day with a reason of today',
  };
}

function unused({ code }: Acceptances[number]): Finding {
  return {
    code: 'acceptance-unused',
    message: `there is no warning ${quote(code)} here`,
    fix: 'remove the acceptance',
  };
}
