import type { Profile, Reader, Rules, Way } from '../definitions/profiles/profile';
import { Profiles } from '../definitions/profiles/profiles';
import { kindsOf, stepsOf } from '../definitions/profiles/ways';
import { problemLine } from '../definitions/yaml/problem';
import { ownCommand } from '../text/commands';
import { meantOr } from '../text/nearest';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { lookOf } from './terminal/looks';
import { prose } from './terminal/prose';
import { badProfile, sayNext } from './terminal/say';
import { table } from './terminal/table';

interface Options {
  readonly dir: string;
  readonly json: boolean;
}

/** Lists the vendor profiles. */
export function vendors(options: Options, host: Host): Exit {
  const profiles = new Profiles(options.dir);
  const all = profiles.names().flatMap((name) => {
    const profile = profiles.get(name);
    return profile ? [{ name, title: profile.title, kinds: kindsOf(profile), checked: profile.checked }] : [];
  });
  for (const problem of [...profiles.wrong.values()].flat()) host.err(`${problemLine(problem, options.dir)}\n`);
  if (options.json) {
    host.out(`${JSON.stringify(all, null, 2)}\n`);
  } else {
    const rows = all.map(({ name, title, kinds, checked }) => [name, kinds.join(', '), checked, title]);
    host.out(table(['NAME', 'KINDS, SAFEST FIRST', 'CHECKED', 'VENDOR'], rows, host.width, lookOf(host)));
    sayNext(`${ownCommand('vendors show NAME', options.dir)} says what it needs`, host);
  }
  return profiles.wrong.size > 0 ? Exit.FOUND : Exit.DONE;
}

/** Shows one vendor profile. */
export function showVendor(name: string, options: Options, host: Host): Exit {
  const profiles = new Profiles(options.dir);
  const profile = profiles.get(name);
  const wrong = profiles.wrong.get(name);
  if (wrong) throw badProfile(name, wrong, options.dir, host);
  if (!profile) {
    throw new Failure(
      'unknown-vendor',
      `there is no profile of ${name}`,
      meantOr(name, profiles.names(), `${ownCommand('vendors', options.dir)} shows all`),
    );
  }
  host.out(
    options.json ? `${JSON.stringify({ name, ...profile }, null, 2)}\n` : prose(shown(name, profile), host.width),
  );
  if (!options.json) sayNext(`${ownCommand(`new CLIENT ${name}`, options.dir)} writes a definition`, host);
  return Exit.DONE;
}

function shown(name: string, profile: Profile): string {
  return [
    `${profile.title} (vendor: ${name})\n${profile.summary}\n`,
    profile.note === undefined ? '' : `${profile.note.trim()}\n`,
    ...profile.ways.map((way, at) => shownWay(way, at + 1)),
    list('Rules', rulesIn(profile.rules ?? {})),
    list('Test it there', stepsOf(profile.test)),
    list('Errors', (profile.errors ?? []).map(shownError)),
    list('What will not work', profile.limits ?? []),
    list('If more is needed', profile.advice ?? []),
    list(`Sources, read on ${profile.checked}`, profile.sources),
  ].join('');
}

function shownWay(way: Way, number: number): string {
  const { kind, name, note, defaults = {}, bySite = {}, byRegion = {}, sends = [], externalId, fields } = way;
  return [
    `\n${number}. ${kind}${name === undefined ? '' : ` (way: ${name})`}\n`,
    note === undefined ? '' : `  ${note.trim()}\n`,
    ...Object.entries(defaults).map(([key, value]) => `  ${key}: ${shownValue(value)}\n`),
    ...Object.entries(bySite).map(([site, keys]) => `  site: ${site}: ${shownKeys(keys)}\n`),
    ...Object.entries(byRegion).map(([region, keys]) => `  in ${region}: ${shownKeys(keys)}\n`),
    externalId === undefined
      ? ''
      : `  external ID: ${externalId.use}${externalId.madeBy ? `, made by the ${externalId.madeBy}` : ''}\n`,
    list('  the vendor sends', asked(sends, 'vendor')),
    list('  we fill in', asked(sends, 'owner')),
    list(
      '  the vendor enters',
      fields.map(({ label, value }) => `${label}: ${value}`),
    ),
    list('  rules', rulesIn(way.rules ?? {})),
    list('  test it there', stepsOf(way.test)),
    list('  errors', (way.errors ?? []).map(shownError)),
    list('  what will not work', way.limits ?? []),
    list('  if more is needed', way.advice ?? []),
  ].join('');
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}

function asked(sends: NonNullable<Way['sends']>, from: Reader): string[] {
  return sends
    .filter((question) => (question.from ?? 'vendor') === from)
    .map(({ key, label, where }) => `${label} (${key}): ${where}`);
}

function shownError({ message, cause, remedy, who }: NonNullable<Profile['errors']>[number]): string {
  return `${message}: ${cause} ${who === 'owner' ? 'Ours to do: ' : ''}${remedy}`;
}

function shownKeys(keys: Readonly<Record<string, unknown>>): string {
  return Object.entries(keys)
    .map(([key, value]) => `${key}: ${shownValue(value)}`)
    .join(', ');
}

function shownValue(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.join(', ')}]`
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

function rulesIn(rules: Rules): string[] {
  const { regions, bucketName, roleName, roleSessionName, prefix, maxSessionDuration, bucket, access } = rules;
  const { acceptRoleSessionName, kmsKey, versioned, lifecycle } = rules;
  return [
    ...(regions ? [`regions: ${regions.join(', ')}`] : []),
    ...(bucketName ? [`bucket name: ${bucketName.form}`] : []),
    ...(roleName ? [`role name: ${roleName.form}`] : []),
    ...(roleSessionName ? [`session name: ${roleSessionName.form}`] : []),
    ...(prefix ? [`prefix: ${prefix.form}`] : []),
    ...(maxSessionDuration
      ? [`session: ${maxSessionDuration.least ?? '15m'} to ${maxSessionDuration.most ?? '12h'}`]
      : []),
    ...(bucket ? [bucket === 'whole' ? 'a bucket of its own, used whole' : 'a bucket of its own'] : []),
    ...(access ? [`needs ${access.join(', ')}`] : []),
    ...(acceptRoleSessionName === undefined ? [] : [`acceptRoleSessionName: ${acceptRoleSessionName}`]),
    ...(kmsKey ? [`KMS key: ${kmsKey}`] : []),
    ...(versioned === undefined ? [] : [`versioned: ${versioned}`]),
    ...Object.entries(lifecycle ?? {}).map(([key, { least, most }]) => {
      const bounds = [...(least ? [`${least} at least`] : []), ...(most ? [`${most} at most`] : [])];
      return `${key}: ${bounds.join(', ')}`;
    }),
  ];
}
