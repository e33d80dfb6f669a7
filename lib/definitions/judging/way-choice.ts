import type { z } from 'zod';
import { either } from '../../text/list';
import { nearest } from '../../text/nearest';
import { quote } from '../../text/quote';
import { integrationShape } from '../language/schema';
import type { Profile, Way } from '../profiles/profile';
import { type DefaultsFor, defaultsOf, sitesOf } from '../profiles/ways';
import { valueProblems } from '../yaml/keys';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { IntegrationKeys } from './integration-keys';

/** The way of the vendor's profile that a file chooses: by name, else the first of its kind, else the first. */
export function choose(yaml: YamlFile, { ways }: Profile): Way | undefined {
  const { way, kind } = yaml.data;
  if (Object.hasOwn(yaml.data, 'way')) return ways.find(({ name }) => name !== undefined && name === way);
  return Object.hasOwn(yaml.data, 'kind') ? ways.find((each) => each.kind === kind) : ways[0];
}

/** What is wrong with the words by which a file chooses among what its vendor's profile offers. */
export function choiceProblems(yaml: YamlFile, profile: Profile | undefined, way: Way | undefined): Problem[] {
  const { way: name, site, kind } = yaml.data;
  const problems: Problem[] = [];
  // Of a vendor whose profile is not there, its name is reported.
  if (!profile && Object.hasOwn(yaml.data, 'vendor')) return problems;
  if (typeof name === 'string') {
    const names = (profile?.ways ?? []).flatMap((each) => each.name ?? []);
    if (!way) problems.push(yaml.problem(unknown('vendor-way', 'way', name, names, profile), ['way']));
    else if (typeof kind === 'string' && kind !== way.kind) {
      const message = `the way ${name} is of kind ${way.kind}, not ${quote(kind)}`;
      problems.push(yaml.problem({ code: 'vendor-way', message, fix: 'remove kind: the way supplies it' }, ['kind']));
    }
  }
  if (typeof site === 'string' && (way || !profile)) {
    const sites = way ? sitesOf(way) : [];
    if (!sites.includes(site))
      problems.push(yaml.problem(unknown('vendor-site', 'site', site, sites, profile), ['site']));
  }
  return problems;
}

function unknown(
  code: 'vendor-way' | 'vendor-site',
  what: 'way' | 'site',
  given: string,
  names: readonly string[],
  profile: Profile | undefined,
) {
  if (!profile)
    return {
      code,
      message: `${what} chooses from a vendor's profile, and no vendor is named`,
      fix: `remove ${what}, or add vendor`,
    };
  if (names.length === 0)
    return { code, message: `the profile of ${profile.title} has no ${what} to choose`, fix: `remove ${what}` };
  // A site that looks like another is another all the same, and trusts another account.
  const near = what === 'way' ? nearest(given, names) : undefined;
  return {
    code,
    message: `${profile.title} has no ${what} ${quote(given)}`,
    fix: near ? `did you mean ${near}? It has ${either(names)}` : `use ${either(names)}`,
  };
}

/**
 * What the way supplies where the file says nothing; a second name of a key counts as that key. Placeholders are filled in, so
 * that what comes of them is judged once more.
 */
export function suppliedKeys(
  yaml: YamlFile,
  way: Way,
  place: DefaultsFor,
): { readonly keys: IntegrationKeys; readonly problems: readonly Problem[] } {
  const said = (key: string) => Object.hasOwn(yaml.data, key);
  const site = typeof yaml.data.site === 'string' ? yaml.data.site : undefined;
  const shape: Readonly<Record<string, z.ZodType>> = integrationShape(way.kind);
  const entries = Object.entries(defaultsOf(way, { ...place, site })).filter(
    ([key]) => !said(key) && !(INSTEAD[key] ?? []).some(said),
  );
  const problems = [
    ...entries.flatMap(([key, value]) => valueProblems(yaml, ['vendor'], shape[key] as z.ZodType, value)),
    ...missingSite(yaml, way, site),
  ];
  return { keys: Object.fromEntries(entries) as IntegrationKeys, problems };
}

/** Keys whose presence speaks for another key too. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  wholeBucket: ['prefix'],
  prefix: ['wholeBucket'],
  externalId: ['externalIds', 'trusts'],
  externalIds: ['externalId', 'trusts'],
  principals: ['trusts'],
  trusts: ['principals', 'externalId', 'externalIds'],
};

/** Whether a file names no site that its vendor has, and a key is missing for that. Where each site has what the others have not, none is the default. */
export function lacksSite(yaml: YamlFile, way: Way | undefined): boolean {
  const { site } = yaml.data;
  return (
    way !== undefined && !(typeof site === 'string' && sitesOf(way).includes(site)) && openKeys(yaml, way).length > 0
  );
}

/** Keys that only a site supplies. */
function openKeys(yaml: YamlFile, { bySite = {}, defaults = {} }: Way): string[] {
  const known = (key: string) => Object.hasOwn(yaml.data, key) || Object.hasOwn(defaults, key);
  return Object.values(bySite)
    .flatMap(Object.keys)
    .filter((key) => !known(key));
}

function missingSite(yaml: YamlFile, way: Way, site: string | undefined): Problem[] {
  if (site !== undefined || Object.hasOwn(yaml.data, 'site')) return [];
  if (yaml.data.status === 'pending' || yaml.data.status === 'suspended') return [];
  const open = openKeys(yaml, way);
  if (open.length === 0) return [];
  const sites = either(sitesOf(way));
  const message = `site is missing, and ${open[0]} depends on it`;
  return [yaml.problem({ code: 'missing-key', message, fix: `add site: ${sites}` }, ['vendor'])];
}
