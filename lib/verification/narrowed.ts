/** Statements of policies without some of those whom they name. */
import { type Place, plainJson, readPolicy, statementsOf, type Who } from '../access';
import { isObject } from '../account/json';

/**
 * A statement without those who must not be in it.
 * @returns undefined where nobody else is named
 */
export function withoutComers(statement: object, comers: readonly Who[] | undefined, place: Place): object | undefined {
  const Principal: unknown = 'Principal' in statement ? statement.Principal : undefined;
  if (!comers || !isObject(Principal)) return undefined;
  const unwanted = new Set(comers.map((who) => JSON.stringify(who)));
  const isLeft = (type: string, value: unknown) => {
    const alone = plainJson({ Statement: { ...statement, Principal: { [type]: value } } });
    return statementsOf(readPolicy(alone, place)).every(({ who }) =>
      who.every((each) => !unwanted.has(JSON.stringify(each))),
    );
  };
  const left = Object.entries(Principal).flatMap(([type, values]) => {
    const some = [values].flat().filter((value) => isLeft(type, value));
    return some.length === 0 ? [] : [[type, some.length === 1 ? some[0] : some] as const];
  });
  return left.length === 0 ? undefined : { ...statement, Principal: Object.fromEntries(left) };
}
