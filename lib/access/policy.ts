/**
 * Reads policy documents. What they leave out with `Not…` counts as everything, a choice as all of its branches, and a
 * statement that cannot be read as one that allows everything to everybody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import { canonicalText, forms, type Json, listed, member } from './json';
import { narrowings } from './narrowing';
import { type Pattern, wildcardPattern } from './pattern';
import type { Place } from './place';
import type { Policy, Statement } from './statement';
import { ANYTHING, literalText, type Value } from './value';
import { ANYONE, type Who, whoIs } from './who';

type Members = readonly (readonly [string, Json])[];

/** Reads a policy document; of one by a condition, every statement of every branch. */
export function readPolicy(document: Json, place: Place): Policy {
  const branches = forms(document).map((branch) => ('members' in branch ? branch.members : []));
  if (!branches.every(hasStatements)) return { unreadable: place };
  const statements = branches
    .flatMap((members) => member(members, 'Statement').flatMap(listed))
    .map((json) => readStatement(json, place));
  if (!hasChoice(document)) return statements;
  const sure = sureStatements(document);
  return statements.map((statement) => (sure.has(statement.text) ? statement : { ...statement, isPerhaps: true }));
}

/** The statements of a document that has no choices, each as its {@link Statement.text}. */
export function statementTexts(document: Json): readonly string[] {
  return 'members' in document ? member(document.members, 'Statement').flatMap(listed).map(canonicalText) : [];
}

/** Whether there is a choice around or among statements; what is inside of one is in its text. */
function hasChoice(json: Json): boolean {
  if ('choice' in json) return true;
  if ('list' in json) return json.list.some((each) => 'choice' in each);
  return 'members' in json && member(json.members, 'Statement').some(hasChoice);
}

/** The texts of the statements of a document that are there whatever is chosen. */
function sureStatements(document: Json): ReadonlySet<string> {
  return inEveryBranch(document, (branch) =>
    'members' in branch
      ? union(member(branch.members, 'Statement').map((statements) => inEveryBranch(statements, eachOf)))
      : new Set(),
  );
}

function eachOf(json: Json): ReadonlySet<string> {
  if ('list' in json) return union(json.list.map((each) => inEveryBranch(each, eachOf)));
  return new Set([canonicalText(json)]);
}

function inEveryBranch(json: Json, of: (branch: Json) => ReadonlySet<string>): ReadonlySet<string> {
  if ('absent' in json) return new Set();
  if (!('choice' in json)) return of(json);
  const [first = new Set<string>(), ...others] = json.choice.map((branch) => inEveryBranch(branch, of));
  return new Set([...first].filter((text) => others.every((other) => other.has(text))));
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function hasStatements(members: Members): boolean {
  return members.some(([name]) => name.toLowerCase() === 'statement');
}

/** The statements of a policy, with one that allows everything to everybody for one that nobody can read. */
export function statementsOf(policy: Policy | undefined): readonly Statement[] {
  if (policy === undefined) return [];
  return 'unreadable' in policy ? [everything(policy.unreadable)] : policy;
}

/** The statements that allow something. */
export function allowsOf(policy: Policy | undefined): readonly Statement[] {
  return statementsOf(policy).filter(({ effect }) => effect === 'Allow');
}

const everythings = new WeakMap<Place, Statement>();

/** What is unreadable may allow everything to everybody. */
export function everything(place: Place): Statement {
  let made = everythings.get(place);
  if (!made) {
    made = unreadable(place, 'unreadable');
    everythings.set(place, made);
  }
  return made;
}

function unreadable(place: Place, text: string): Statement {
  return { ...EVERYTHING, place, text };
}

/** Reads one statement of a document: its text at once, the rest when it is asked for, since many are compared as texts alone. */
export function readStatement(json: Json, place: Place): Statement {
  const text = canonicalText(json);
  if (!('members' in json)) return unreadable(place, text);
  const { members } = json;
  let read: Readable | undefined;
  const parts = () => {
    read ??= readParts(partsOf(members));
    return read;
  };
  return {
    place,
    text,
    get effect() {
      return parts().effect;
    },
    get who() {
      return parts().who;
    },
    get only() {
      return parts().only;
    },
    get actions() {
      return parts().actions;
    },
    get resources() {
      return parts().resources;
    },
  };
}

type Readable = Pick<Statement, 'effect' | 'who' | 'only' | 'actions' | 'resources'>;

const EVERYTHING: Readable = { effect: 'Allow', who: [ANYONE], only: [], actions: [ANYTHING], resources: [ANYTHING] };

function readParts(parts: Parts): Readable {
  const effect = effectOf(parts.effect);
  const actions = patterns(parts.action, parts.notaction);
  // The trust of a role has no resource, and a policy of a key or secret means its own.
  const resources = isThere(parts.resource) ? patterns(parts.resource, parts.notresource) : [ANYTHING];
  if (!effect || !actions || actions.length === 0 || !resources) return EVERYTHING;
  return { effect, who: whoOf(parts), only: (parts.condition ?? []).flatMap(narrowings), actions, resources };
}

/** The parts of a statement by their names in lower case; IAM is not said to tell cases apart. */
type Parts = Readonly<Partial<Record<string, readonly Json[]>>>;

function partsOf(members: Members): Parts {
  const parts: Partial<Record<string, Json[]>> = Object.create(null);
  for (const [name, json] of members) {
    const key = name.toLowerCase();
    const known = parts[key];
    if (known) known.push(json);
    else parts[key] = [json];
  }
  return parts;
}

function isThere(given: readonly Json[] = []): boolean {
  return given.some((json) => forms(json).length > 0);
}

function effectOf(given: readonly Json[] = []): Statement['effect'] | undefined {
  const effects = given.flatMap(forms).map((effect) => ('text' in effect ? literalText(effect.text) : 'unknown'));
  if (effects.length === 0 || effects.some((effect) => effect !== 'Deny' && effect !== 'Allow')) return undefined;
  return effects.includes('Allow') ? 'Allow' : 'Deny';
}

/** What is under a name; everything where it is under its `Not…`. */
function patterns(given: readonly Json[] = [], not: readonly Json[] = []): readonly Pattern[] | undefined {
  if (isThere(not)) return [ANYTHING];
  const all: Pattern[] = [];
  for (const json of given.flatMap(listed)) {
    const value = patternText(json);
    if (!value) return undefined;
    all.push(wildcardPattern(value));
  }
  return all;
}

function patternText(json: Json): Value | undefined {
  if ('text' in json) return json.text;
  return 'unknown' in json ? ANYTHING : undefined;
}

function whoOf({ principal = [], notprincipal = [] }: Parts): readonly Who[] {
  if (isThere(notprincipal)) return [ANYONE];
  return principal.flatMap(forms).flatMap((each): readonly Who[] => {
    if ('text' in each) return whoIs('AWS', each.text);
    if (!('members' in each)) return [ANYONE];
    return each.members.flatMap(([type, values]) =>
      listed(values).flatMap((value) => ('text' in value ? whoIs(type, value.text) : [ANYONE])),
    );
  });
}
