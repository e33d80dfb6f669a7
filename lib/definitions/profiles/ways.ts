import type { Capability } from '../../rules/confinement';
import { integrationName } from '../../rules/names';
import type { Kind } from '../../rules/vocabulary';
import type { Profile, Rules, TestSteps, Way } from './profile';

/** By what an integration says which of a profile's ways it goes. */
export interface WayChoice {
  readonly kind: Kind;
  /** The name of a way; the first of the kind without it. */
  readonly way?: string;
}

/** The way of the profile that such an integration goes, if there is one. */
export function wayOf(profile: Profile, { kind, way }: WayChoice): Way | undefined {
  return profile.ways.find((each) => each.kind === kind && (way === undefined || each.name === way));
}

/** Kinds by which the profile's ways for the same purpose are safer than this one, safest first. */
export function saferKinds(profile: Profile, way: Way): Kind[] {
  const before = profile.ways.slice(0, profile.ways.indexOf(way));
  const rivals = before.filter(({ kind, purpose }) => purpose === way.purpose && kind !== way.kind);
  return [...new Set(rivals.map(({ kind }) => kind))];
}

/** The kinds of a profile's ways, each once. */
export function kindsOf(profile: Profile): Kind[] {
  return [...new Set(profile.ways.map(({ kind }) => kind))];
}

/** The rules of a way: its own before the profile's. */
export function rulesOf(profile: Profile, way: Way): Rules {
  return { ...profile.rules, ...way.rules };
}

/** The steps of a test that can pass with these capabilities, as texts; all of them where none are named. */
export function stepsOf(test: TestSteps | undefined, access?: readonly Capability[]): string[] {
  return (test ?? []).flatMap((each) => {
    if (typeof each === 'string') return [each];
    return access && !each.needs.every((capability) => access.includes(capability)) ? [] : [each.step];
  });
}

/** The sites by which a way differs. */
export function sitesOf(way: Way): string[] {
  return Object.keys(way.bySite ?? {});
}

/** Whose defaults are asked for. */
export interface DefaultsFor {
  readonly client: string;
  readonly vendor: string;
  readonly site?: string;
  readonly region?: string;
}

/** The keys that a way supplies, its placeholders filled in: those of the site before those of the region before all others. */
export function defaultsOf(way: Way, { client, vendor, site, region }: DefaultsFor): Record<string, unknown> {
  const names = { client, vendor, integration: integrationName(client, vendor) };
  const { bySite = {} } = way;
  const keys = {
    ...way.defaults,
    ...ofRegion(way, region),
    ...(site !== undefined && Object.hasOwn(bySite, site) ? bySite[site] : {}),
  };
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, filled(value, names)]));
}

function ofRegion({ byRegion = {} }: Way, region: string | undefined): Readonly<Record<string, unknown>> {
  if (region === undefined) return {};
  const fitting = Object.keys(byRegion).filter((name) =>
    name.endsWith('*') ? region.startsWith(name.slice(0, -1)) : region === name,
  );
  // The longest says the most.
  const [best] = fitting.sort((a, b) => b.length - a.length);
  return best === undefined ? {} : (byRegion[best] ?? {});
}

/** A value with the placeholders in its texts filled in. */
export function filled(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(names, name) ? (names[name] ?? '') : whole,
    );
  if (Array.isArray(value)) return value.map((member) => filled(member, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, names)]));
}
