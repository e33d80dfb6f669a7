import type { Profile } from '../definitions/profiles/profile';
import { Profiles } from '../definitions/profiles/profiles';
import { nearest } from '../text/nearest';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { lookOf } from './terminal/looks';
import { sayNext } from './terminal/say';
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
    return profile
      ? [{ name, title: profile.title, kinds: profile.ways.map(({ kind }) => kind), checked: profile.checked }]
      : [];
  });
  for (const { file, what } of profiles.wrong.values()) host.err(`the vendor profile ${file} is wrong: ${what}\n`);
  if (options.json) {
    host.out(`${JSON.stringify(all, null, 2)}\n`);
  } else {
    const rows = all.map(({ name, title, kinds, checked }) => [name, kinds.join(', '), checked, title]);
    host.out(table(['NAME', 'KINDS, SAFEST FIRST', 'CHECKED', 'VENDOR'], rows, host.width, lookOf(host)));
    sayNext('npx bucket-integrations vendors show NAME says what it needs', host);
  }
  return Exit.DONE;
}

/** Shows one vendor profile. */
export function showVendor(name: string, options: Options, host: Host): Exit {
  const profiles = new Profiles(options.dir);
  const profile = profiles.get(name);
  const wrong = profiles.wrong.get(name);
  if (wrong) throw new Failure('bad-profile', `the vendor profile ${wrong.file} is wrong: ${wrong.what}`);
  if (!profile) {
    const near = nearest(name, profiles.names());
    throw new Failure(
      'unknown-vendor',
      `there is no profile of ${name}; ${near ? `did you mean ${near}?` : 'bucket-integrations vendors shows all'}`,
    );
  }
  host.out(options.json ? `${JSON.stringify({ name, ...profile }, null, 2)}\n` : shown(name, profile));
  if (!options.json) sayNext(`npx bucket-integrations new CLIENT ${name} writes a definition`, host);
  return Exit.DONE;
}

function shown(name: string, profile: Profile): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  - ${line}\n`).join('')}`;
  const ways = profile.ways.map(({ kind, note, defaults = {}, sends = [], externalId, fields }, at) =>
    [
      `\n${at + 1}. ${kind}\n`,
      note === undefined ? '' : `  ${note.trim()}\n`,
      ...Object.entries(defaults).map(
        ([key, value]) => `  ${key}: ${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}\n`,
      ),
      externalId === undefined
        ? ''
        : `  external ID: ${externalId.use}${externalId.madeBy ? `, made by the ${externalId.madeBy}` : ''}\n`,
      list(
        '  the vendor sends',
        sends.map(({ key, label, where }) => `${label} (${key}): ${where}`),
      ),
      list(
        '  the vendor enters',
        fields.map(({ label, value }) => `${label}: ${value}`),
      ),
    ].join(''),
  );
  const { regions, bucketName, roleName, prefix, maxSessionDuration, bucket } = profile.rules ?? {};
  const rules = [
    ...(regions ? [`regions: ${regions.join(', ')}`] : []),
    ...(bucketName ? [`bucket name: ${bucketName.form}`] : []),
    ...(roleName ? [`role name: ${roleName.form}`] : []),
    ...(prefix ? [`prefix: ${prefix.form}`] : []),
    ...(maxSessionDuration
      ? [`session: ${maxSessionDuration.least ?? '15m'} to ${maxSessionDuration.most ?? '12h'}`]
      : []),
    ...(bucket ? [bucket === 'whole' ? 'a bucket of its own, used whole' : 'a bucket of its own'] : []),
  ];
  return [
    `${profile.title} (vendor: ${name})\n${profile.summary}\n`,
    ...ways,
    list('Rules', rules),
    list('Test it there', profile.test),
    list(
      'Errors',
      (profile.errors ?? []).map(({ message, cause, remedy }) => `${message}: ${cause} ${remedy}`),
    ),
    list('What will not work', profile.limits ?? []),
    list(`Sources, read on ${profile.checked}`, profile.sources),
  ].join('');
}
