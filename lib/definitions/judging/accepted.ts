import { DEFINITION_CODES } from '../../rules/codes';
import type { Finding } from '../../rules/finding';
import { nearest } from '../../text/nearest';
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

type Accepted = Acceptances[number];

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
  const accepting = acceptors.filter(({ accept }) => accept.length > 0);
  const by = new Map<Problem, { readonly file: string; readonly one: Accepted }>();
  for (const problem of problems) {
    if (problem.severity !== 'warning') continue;
    for (const { yaml, accept, covers } of accepting) {
      const one = covers(problem.file)
        ? accept.find(({ code, until }) => code === problem.code && !hasCome(until, today))
        : undefined;
      if (!one) continue;
      by.set(problem, { file: yaml.file, one });
      break;
    }
  }
  const judged = problems.map((problem): Problem => {
    const one = by.get(problem)?.one;
    if (!one) return problem;
    const message = `${problem.message} (${acceptanceText(one)})`;
    return { ...problem, severity: 'accepted', message, acceptance: { reason: one.reason, until: one.until } };
  });
  const used = new Set([...by.values()].map(({ one }) => one));
  const about = accepting.flatMap((acceptor) =>
    acceptor.accept.flatMap((one, at) => {
      const finding = uselessness(one, acceptor, { problems, by, used, today });
      return finding ? [acceptor.yaml.problem(finding, ['accept', String(at)], 'value', 'warning')] : [];
    }),
  );
  return [...judged, ...about];
}

function hasCome(until: string | undefined, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && until <= today;
}

/** What is known when all warnings have met all acceptances. */
interface Outcome {
  readonly problems: readonly Problem[];
  readonly by: ReadonlyMap<Problem, { readonly file: string; readonly one: Accepted }>;
  readonly used: ReadonlySet<Accepted>;
  readonly today: string | undefined;
}

/** Why an acceptance accepts nothing; undefined where it does, or where that is not known. */
function uselessness(one: Accepted, acceptor: Acceptor, { problems, by, used, today }: Outcome): Finding | undefined {
  const { code, until } = one;
  const { yaml, accept, covers, whole } = acceptor;
  const unused = (message: string, fix: string): Finding => ({ code: 'acceptance-unused', message, fix });
  if (!Object.hasOwn(DEFINITION_CODES, code)) {
    const near = nearest(code, Object.keys(DEFINITION_CODES));
    return unused(
      `there is no warning called ${quote(code)}`,
      near === undefined
        ? 'write the code that check prints in brackets, or remove the acceptance'
        : `did you mean ${near}?`,
    );
  }
  if (hasCome(until, today)) {
    return {
      code: 'acceptance-ended',
      message: `the acceptance of ${quote(code)} ended on ${until}`,
      fix: 'fix what the warning names, or set a later day with a reason of today',
    };
  }
  if (used.has(one) || !whole) return undefined;
  const same = problems.filter((problem) => problem.code === code);
  const here = same.filter(({ file }) => covers(file));
  if (here.some(({ severity }) => severity === 'error')) {
    return unused(`${quote(code)} is an error here, and only warnings can be accepted`, 'fix what it names');
  }
  if (accept.find((other) => other.code === code) !== one) {
    return unused(`${quote(code)} is accepted twice in this file`, 'remove one of the two');
  }
  const [first] = here.flatMap((problem) => by.get(problem) ?? []);
  if (first !== undefined) {
    return unused(`${quote(code)} is accepted in ${first.file} already`, 'remove one of the two');
  }
  const elsewhere = same.find(({ file, severity }) => severity === 'warning' && !covers(file));
  if (elsewhere) {
    const message = `there is no warning ${quote(code)} in what ${yaml.file} says; there is one in ${elsewhere.file}`;
    return unused(message, `accept it there if it is meant, and remove this acceptance`);
  }
  return unused(`there is no warning ${quote(code)} here`, 'remove the acceptance');
}
