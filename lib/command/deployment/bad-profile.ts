import type { Problem } from '../../definitions/yaml/problem';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';
import { sayProblems } from '../terminal/say';

/** Says what is wrong with a vendor's profile, each on a line, and returns what to throw. */
export function badProfile(name: string, problems: readonly Problem[], dir: string, host: Host): Failure {
  sayProblems(problems, dir, host);
  return new Failure('bad-profile', `the vendor profile of ${name} is wrong`, 'correct it, then try again', {
    problems,
  });
}
