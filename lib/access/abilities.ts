/**
 * What the actions of a statement are good for, whatever they are on.
 */
import { ACTIONS, type Touch } from './action-table';
import { mayMeet } from './meet';
import { type Pattern, STAR, wildcardPattern } from './pattern';
import { ASSUME_ACTIONS, BECOMES, REWRITES, RUN_NOTHING, RUNS } from './power-table';
import { TAKES_OVER } from './takeover-table';
import { ANYTHING, literalText, valueText } from './value';

export interface Abilities {
  readonly touches: ReadonlySet<Touch>;
  /** The rows of {@link BECOMES}. */
  readonly becomes: ReadonlySet<string>;
  /** The rows of {@link REWRITES}. */
  readonly rewrites: ReadonlySet<string>;
  /** The rows of {@link TAKES_OVER}. */
  readonly takesOver: ReadonlySet<string>;
  /** Whether sessions of a role are opened. */
  readonly opens: boolean;
}

const remembered = new Map<string, Abilities>();

/** What actions are good for; the same lists come again and again. */
export function abilitiesOf(actions: readonly Pattern[]): Abilities {
  const key = actions.map(valueText).join('\n');
  const known = remembered.get(key);
  if (known) return known;
  const made: Abilities = {
    touches: new Set(TOUCHES.filter((touch) => actions.some((action) => touchesBy(action, touch)))),
    becomes: rowsMet(BECOMES, actions),
    rewrites: rowsMet(REWRITES, actions),
    takesOver: rowsMet(TAKES_OVER, actions),
    opens: meetsAny(actions, ASSUME_ACTIONS),
  };
  remembered.set(key, made);
  return made;
}

const TOUCHES: readonly Touch[] = ['bucket', 'point', 'key', 'secret'];

/** An action that nobody listed touches it; a pattern, where it meets one that does. */
function touchesBy(action: Pattern, touch: Touch): boolean {
  const { services, inert, touching } = ACTIONS[touch];
  const text = literalText(action)?.toLowerCase();
  if (text === undefined) return meetsAny([action], touching);
  return services.includes(serviceOf([text])) && !inert.some((each) => each.toLowerCase() === text);
}

function rowsMet(rows: ReadonlyMap<string, readonly string[]>, actions: readonly Pattern[]): ReadonlySet<string> {
  return new Set([...rows].filter(([, wanted]) => meetsAny(actions, wanted)).map(([name]) => name));
}

const patterns = new Map<string, Pattern>();

function asPattern(action: string): Pattern {
  const pattern = patterns.get(action) ?? wildcardPattern([action]);
  patterns.set(action, pattern);
  return pattern;
}

function meetsAny(actions: readonly Pattern[], wanted: readonly string[]): boolean {
  return actions.some((action) => wanted.some((each) => mayMeet(action, asPattern(each), 'no-case')));
}

/**
 * Whether somebody with these actions can make a service run something as a role that may be passed to it; of a service
 * that nobody listed, by any action of its own that does not only read.
 *
 * @param service its principal; any service where it is left out
 */
export function canRun(actions: readonly Pattern[], service: Pattern = ANYTHING): boolean {
  const rows = [...RUNS].filter(([name]) => isService(service, name));
  if (rows.some(([, wanted]) => meetsAny(actions, wanted))) return true;
  const own = literalText(service)?.toLowerCase().split('.')[0];
  if (own !== undefined) return rows.length === 0 && actions.some((action) => mayRun(action, own));
  return actions.some((action) => {
    const named = serviceOf(action);
    return !LISTED.has(named) && !RUN_NOTHING.has(named) && mayRun(action, named);
  });
}

/** The services of which it is known what runs something. */
const LISTED: ReadonlySet<string> = new Set([...RUNS.values()].flat().map((action) => serviceOf([action])));

/** The service of an action; none where it is not written out. */
function serviceOf([first]: Pattern): string {
  const [, service = ''] = (typeof first === 'string' && /^([^:]+):/.exec(first)) || [];
  return service.toLowerCase();
}

function mayRun(action: Pattern, service: string): boolean {
  const [first] = action;
  const onlyReads = typeof first === 'string' && /:(?:get|list|describe|batchget|lookup|search)/i.test(first);
  return !onlyReads && mayMeet(action, [service, ':', STAR], 'no-case');
}

/** Whether a service's principal may be the one of this name; in some partitions and Regions it has more to it. */
export function isService(service: Pattern, name: string): boolean {
  return mayMeet(service, [name, '.', STAR, 'amazonaws.com', STAR], 'no-case');
}
