import type { z } from 'zod';
import { readRegular } from '../../files/bounded';
import { parseSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { quote } from '../../text/quote';
import { integrationShape } from '../language/schema';
import { readKeys, unknownKey, valueProblems } from '../yaml/keys';
import type { Problem } from '../yaml/problem';
import { YamlFile } from '../yaml/yaml-file';
import {
  checkPlaceholders,
  DEFAULT_PLACEHOLDERS,
  type Profile,
  placeholdersOf,
  profileShape,
  type Way,
  wayShape,
} from './profile';
import { filled } from './ways';

/** More than any profile has. */
const MOST_BYTES = 64 * 1024;

/**
 * Reads a vendor profile.
 *
 * @param name what its problems call the file
 * @returns the profile, or what is wrong with its file, each at its place
 */
export function readProfile(path: string, name: string): Profile | readonly Problem[] {
  const text = textOf(path, name);
  return typeof text === 'string' ? profileIn(name, text) : text;
}

/** A warning for a profile that was checked on a day that has not come. */
export function notYetChecked(path: string, name: string, { checked }: Profile, today: string): Problem[] {
  const text = textOf(path, name);
  if (typeof text !== 'string' || checked <= today) return [];
  const message = `the sources were read on ${checked}, and today is ${today}`;
  const finding: Finding = { code: 'bad-profile', message, fix: 'write the day on which they were read' };
  return [new YamlFile(name, text).problem(finding, ['checked'], 'value', 'warning')];
}

function textOf(path: string, name: string): string | Problem[] {
  const at = (message: string, fix: string): Problem[] => [
    { file: name, line: 1, column: 1, severity: 'error', code: 'bad-profile', message, fix },
  ];
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegular(path, MOST_BYTES));
  } catch (error) {
    const why = (error as Error).message.replace(/\s+/g, ' ');
    return at(`the vendor profile cannot be read: ${why}`, 'save it as UTF-8 text of 64 KB at most');
  }
}

/** The profile in the text of a file, or what is wrong with it. */
export function profileIn(name: string, text: string): Profile | readonly Problem[] {
  const yaml = new YamlFile(name, text);
  if (yaml.problems.length > 0) return yaml.problems;
  const { keys, problems } = readKeys(yaml, profileShape);
  const missing = Object.entries(profileShape).filter(
    ([key, schema]) => !Object.hasOwn(yaml.data, key) && !schema.safeParse(undefined).success,
  );
  const found = [
    ...problems,
    ...missing.map(([key]) => yaml.problem(lacks(key), [])),
    ...rightWays(yaml.data.ways).flatMap(([way, at]) => wayProblems(yaml, way, ['ways', String(at)])),
    ...sessionRule(yaml, keys.rules, ['rules']),
    ...(keys.ways ? sameWays(yaml, keys.ways) : []),
    ...(keys.ways && keys.test === undefined ? untested(yaml, keys.ways) : []),
  ];
  return found.length > 0 ? found : (keys as Profile);
}

function lacks(key: string): Finding {
  return { code: 'missing-key', message: `${key} is missing`, fix: `add ${key}; docs/guides/profiles.md shows one` };
}

type Path = readonly string[];

/** What of each way is right, whatever is wrong elsewhere in it: one mistake hides no other. Without a kind there is nothing to judge. */
function rightWays(given: unknown): [PartialWay, number][] {
  return (Array.isArray(given) ? given : []).flatMap((way: unknown, at): [PartialWay, number][] => {
    const right = Object.entries(wayShape).flatMap(([key, schema]) => {
      const value: unknown = Object(way)[key];
      return value !== undefined && schema.safeParse(value).success ? [[key, value]] : [];
    });
    const keys: Partial<Way> = Object.fromEntries(right);
    return keys.kind === undefined ? [] : [[{ ...keys, kind: keys.kind }, at]];
  });
}

type PartialWay = Partial<Way> & Pick<Way, 'kind'>;

/** What the keys of one way say together, and the keys of definitions that it names. */
function wayProblems(yaml: YamlFile, way: PartialWay, path: Path): Problem[] {
  const shape: Readonly<Record<string, z.ZodType>> = integrationShape(way.kind);
  const keysAt = (keys: Readonly<Record<string, unknown>>, at: Path) =>
    keyProblems(yaml, keys, shape, [...path, ...at]);
  const named = (each: 'bySite' | 'byRegion') =>
    Object.entries(way[each] ?? {}).flatMap(([name, keys]) => keysAt(keys, [each, name]));
  const sends = (way.sends ?? []).flatMap(({ key }, at) => {
    const where = [...path, 'sends', String(at), 'key'];
    if (!Object.hasOwn(shape, key)) return [unknownSent(yaml, where, way, key)];
    return key === 'site' && !way.bySite ? [yaml.problem(NO_SITES, where)] : [];
  });
  const known = placeholdersOf(way.kind);
  const foreign = (text: string, where: Path) =>
    checkPlaceholders(text, known).map((finding) => yaml.problem(finding, [...path, ...where]));
  return [
    ...keysAt(way.defaults ?? {}, ['defaults']),
    ...named('bySite'),
    ...named('byRegion'),
    ...sends,
    ...(way.fields ?? []).flatMap(({ value }, at) => foreign(value, ['fields', String(at), 'value'])),
    ...(way.statements ?? []).flatMap(({ code }, at) => foreign(code, ['statements', String(at), 'code'])),
    ...sessionRule(yaml, way.rules, [...path, 'rules']),
  ];
}

const NO_SITES: Finding = {
  code: 'bad-profile',
  message: 'it asks for a site, and there are none to choose from',
  fix: 'add bySite, with what differs at each site, or remove the question',
};

function unknownSent(yaml: YamlFile, path: Path, { kind }: Pick<Way, 'kind'>, key: string): Problem {
  const message = `an integration of kind ${kind} has no key ${quote(key)} for what is sent`;
  return yaml.problem({ code: 'unknown-key', message, fix: 'name the key of the definition that it goes into' }, path);
}

/** Keys of a definition, judged as a definition's are, each placeholder with an example in its place. */
function keyProblems(
  yaml: YamlFile,
  keys: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, z.ZodType>>,
  path: Path,
): Problem[] {
  return Object.entries(keys).flatMap(([key, value]) => {
    const at = [...path, key];
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!schema) return [unknownKey(yaml, at, Object.keys(shape))];
    if (OF_DEFINITIONS.includes(key)) {
      const message = `${key} is an integration's own matter`;
      return [yaml.problem({ code: 'bad-profile', message, fix: 'leave it to the definitions' }, at, 'key')];
    }
    const strange = texts(value).flatMap((text) => checkPlaceholders(text, DEFAULT_PLACEHOLDERS));
    if (strange[0]) return [yaml.problem(strange[0], at)];
    return valueProblems(yaml, at, schema, filled(value, EXAMPLE));
  });
}

/** What a profile says can change, and what is deployed must stay in its stack; what chooses the defaults is none of them. */
const OF_DEFINITIONS = ['kind', 'vendor', 'way', 'site', 'stackPart', 'accept'];

const EXAMPLE = { client: 'acme', vendor: 'vendor', integration: 'acme_vendor' };

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Bounds between which no session is. */
function sessionRule(yaml: YamlFile, rules: Profile['rules'], path: Path): Problem[] {
  const { least, most } = rules?.maxSessionDuration ?? {};
  const [shortest, longest] = [least, most].map((each) => parseSessionDuration(each ?? ''));
  if (shortest === undefined || longest === undefined || shortest <= longest) return [];
  const message = `no session is both ${least} at least and ${most} at most`;
  const finding: Finding = { code: 'bad-profile', message, fix: 'write the shorter one as least' };
  return [yaml.problem(finding, [...path, 'maxSessionDuration', 'least'])];
}

/** A way that no definition could choose is none. */
function sameWays(yaml: YamlFile, ways: readonly Way[]): Problem[] {
  return ways.flatMap(({ kind, name }, at) => {
    const others = ways.filter((_, other) => other !== at);
    const path = ['ways', String(at), ...(name === undefined ? ['kind'] : ['name'])];
    if (name === undefined && others.some((other) => other.kind === kind)) {
      const message = `there are several ways of kind ${kind}, and this one has no name`;
      return [yaml.problem({ code: 'bad-profile', message, fix: 'add name, by which a definition chooses it' }, path)];
    }
    if (name !== undefined && ways.findIndex((other) => other.name === name) < at)
      return [yaml.problem({ code: 'bad-profile', message: `two ways are named ${name}`, fix: 'rename one' }, path)];
    return [];
  });
}

function untested(yaml: YamlFile, ways: readonly Way[]): Problem[] {
  return ways.every(({ test }) => test !== undefined) ? [] : [yaml.problem(UNTESTED, [])];
}

const UNTESTED: Finding = {
  code: 'missing-key',
  message: 'test is missing, and some way has none of its own',
  fix: 'add test: how the connection is tested there',
};
