/** What is asked of STS and KMS. */
import type { Call } from './calls';
import { VIA_S3 } from './contract';
import { type Asked, actors, type Who } from './request';
import { nameOf, PEOPLE, type Person, SUBJECTS, type Subject } from './subjects';

/** Everybody with every external ID. */
export function assumptions(one: Subject): Asked[] {
  const role = nameOf(one);
  const [own, ...others] = one.externalIds ?? [];
  const foreign = SUBJECTS.find((other) => other.client !== one.client && other.externalIds)?.externalIds?.[0];
  const ids = [
    own,
    ...others,
    foreign,
    own?.toLowerCase() === own ? own?.toUpperCase() : own?.toLowerCase(),
    'wrong-id',
  ];
  const with_ = (externalId?: string): Call => ({
    does: 'AssumeRole',
    role,
    ...(externalId !== undefined && { externalId }),
  });
  const everybody = (Object.keys(PEOPLE) as Person[]).filter((person) => person !== 'owner' || one.selfAssume);
  const people = everybody.map((person): Who => ({ person }));
  const ours: Who[] = [{ sessionOf: 'kohler_full' }, { keyOf: 'kohler_adobe' }];
  const itself: Who[] = one.status === undefined && one.expires === undefined ? [{ sessionOf: role }] : [];
  const callers = [...people, ...ours, ...itself];
  return callers.flatMap((who): Asked[] => [
    [who, with_()],
    ...[...new Set(ids)].filter((id) => id !== undefined).map((id): Asked => [who, with_(id)]),
    ...(one.roleSessionName ? [[who, { ...with_(own), sessionName: 'daily-1' }] as Asked] : []),
    ...(one.expires ? [[who, with_(own), { at: '2019-12-31T23:59:59Z' }] as Asked] : []),
  ]);
}

/** With the bucket's key: through S3, through something else, and directly. */
export function keyUses(one: Subject): Asked[] {
  const everybody: Who[] = [...actors(one), { person: 'intern' }, { person: 'stranger' }];
  const inTime = one.expires ? [{}, { at: `${one.expires}T00:00:00Z` }] : [{}];
  return everybody.flatMap((who) =>
    (['Decrypt', 'GenerateDataKey'] as const).flatMap((does) =>
      [VIA_S3, `ec2.${VIA_S3.slice('s3.'.length)}`, undefined].flatMap((via) =>
        inTime.map((circumstances): Asked => [who, { does, client: one.client, ...(via && { via }) }, circumstances]),
      ),
    ),
  );
}
