import { createContext, Script } from 'node:vm';
import type { Finding } from '../../rules/finding';
import { quote } from '../../text/quote';

/** Many times what any pattern takes that is fit for a profile. */
const MOST_MS = 500;

const TRIED = new Script('new RegExp(pattern).test(value)');
const sandbox: { pattern?: string; value?: string } = createContext(Object.create(null));
const hopeless = new Set<string>();

/**
 * Whether a profile's pattern matches the whole of a value. A pattern may take longer than anybody waits, `(a+)+` for example:
 * then nobody can tell, and the finding says so.
 */
export function matchesWhole(pattern: string, value: string): boolean | Finding {
  if (hopeless.has(pattern)) return cannotTell(pattern);
  Object.assign(sandbox, { pattern: `^(?:${pattern})$`, value });
  try {
    return TRIED.runInContext(sandbox, { timeout: MOST_MS }) === true;
  } catch {
    // It took too long, or V8 has no room for it. Once is enough, however many definitions use it.
    hopeless.add(pattern);
    return cannotTell(pattern);
  }
}

function cannotTell(pattern: string): Finding {
  return {
    code: 'bad-profile',
    message: `the vendor profile has the pattern ${quote(pattern)}, which takes too long or is too large to try`,
    fix: 'write it there shorter, and without repetitions that can match the same text in several ways',
  };
}
