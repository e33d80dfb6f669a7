import { bucketOf, type Client, type DirectTrust, type Integration } from '../definitions/model/model';
import type { Capability } from '../rules/confinement';
import { stackName } from '../rules/stacks';
import { all } from '../text/list';
import { bucketChanges } from './bucket-changes';
import { condition, instead, unless } from './change-text';
import { type ChangeText, type Effect, effectOf, ofSet } from './effect';
import { trustChanges } from './trust-changes';
import { dayWithin, rangeWithin } from './within';
import { deeds, duration, inOneSentence, isActive, originsOf, place, sessionOf, under } from './words';

/** One version of an integration. */
export interface Placed {
  readonly client: Client;
  readonly integration: Integration;
}

/** What changes in who can do what by an integration that is there before and after. */
export function integrationChanges(before: Placed, after: Placed): ChangeText[] {
  const [was, is] = [before.integration, after.integration];
  const said = [
    ...kindChanges(before, after),
    ...trustChanges(was, is),
    ...accessChanges(was, is),
    ...whereChanges(before, after),
    ...originChanges(was, is),
    ...condition(was.expires, is.expires, END, dayWithin),
    ...sessionChanges(was, is),
    ...roleNameChanges(was, is),
    ...accessPointChanges(was, is),
    ...stackChanges(was, is),
  ];
  // Nobody is let in before or after, or else the line on its status says it all.
  const open = isActive(was) && isActive(is);
  return [
    ...statusChanges(before, after),
    ...(open ? said : said.map((each): ChangeText => ({ ...each, effect: 'neutral' }))),
  ];
}

const END = { what: 'has access', held: (day: string) => `until ${day}`, none: 'without an end date' };

function statusChanges({ integration: was }: Placed, { client, integration: is }: Placed): ChangeText[] {
  return unless(was.status === is.status, () => {
    if (isActive(is)) {
      const sentence = inOneSentence(is, bucketOf(client, is));
      return { sign: '+', text: `is active, no longer ${was.status}: ${sentence}`, effect: 'widening' };
    }
    const text = `is ${is.status}: nobody can use it`;
    return isActive(was)
      ? { sign: '-', text, effect: 'narrowing' }
      : { sign: '~', text: `${text} (before: ${was.status})`, effect: 'neutral' };
  });
}

function kindChanges({ integration: was }: Placed, { client, integration: is }: Placed): ChangeText[] {
  return unless(was.kind === is.kind, () => ({
    sign: '~',
    text: `is of kind ${is.kind} instead of ${was.kind}: ${inOneSentence(is, bucketOf(client, is))}`,
    effect: 'both',
  }));
}

function accessChanges(was: Integration, is: Integration): ChangeText[] {
  const said = (sign: '+' | '-', capabilities: readonly Capability[], among: readonly Capability[]): ChangeText[] => {
    const { under: here, beyond } = deeds(capabilities, among);
    const may = sign === '+' ? 'may' : 'may no longer';
    const what = [...(here.length > 0 ? [`${all(here)} ${under(is.prefix)}`] : []), ...beyond];
    return what.map((each) => ({ sign, text: `${may} ${each}`, effect: sign === '+' ? 'widening' : 'narrowing' }));
  };
  const added = is.access.filter((capability) => !was.access.includes(capability));
  const removed = was.access.filter((capability) => !is.access.includes(capability));
  return [...said('+', added, is.access), ...said('-', removed, was.access)];
}

function whereChanges(before: Placed, after: Placed): ChangeText[] {
  const [was, is] = [before.integration, after.integration];
  const [from, to] = [bucketOf(before.client, was), bucketOf(after.client, is)];
  const moved = from.name !== to.name;
  const effect: Effect = moved
    ? 'both'
    : effectOf(!is.prefix.startsWith(was.prefix), !was.prefix.startsWith(is.prefix));
  const where = moved
    ? instead('acts in', place(from, was.prefix), place(to, is.prefix), effect)
    : instead('acts', under(was.prefix), under(is.prefix), effect);
  // The client's own bucket is told of once, not for each integration.
  const own = was.dedicatedBucket || is.dedicatedBucket;
  return [...where, ...(own && !moved ? bucketChanges(from, to, true) : [])];
}

function originChanges(was: Integration, is: Integration): ChangeText[] {
  const [before, after] = [originsOf(was).sort(), originsOf(is).sort()];
  const told = (origins: readonly string[]) => (origins.length === 0 ? 'from anywhere' : `only from ${all(origins)}`);
  const effect =
    before.length === 0 || after.length === 0
      ? effectOf(after.length === 0, before.length === 0)
      : ofSet(before, after, rangeWithin);
  return instead('may be used', told(before), told(after), effect);
}

function sessionChanges(was: Integration, is: Integration): ChangeText[] {
  const [before, after] = [sessionOf(was), sessionOf(is)];
  if (was.kind !== is.kind || before === undefined || after === undefined) return [];
  return instead('gets sessions of up to', duration(before), duration(after), effectOf(after > before, after < before));
}

function roleNameChanges(was: Integration, is: Integration): ChangeText[] {
  if (!('roleName' in was) || !('roleName' in is)) return [];
  return instead('has a role with the name', was.roleName, is.roleName, 'both');
}

/** Of who can do what nothing changes, unless the deployment fails half-way; so it is said, and what goes is at stake. */
function stackChanges(was: Integration, is: Integration): ChangeText[] {
  return unless(was.stackPart === is.stackPart, () => {
    const [from, to] = [was, is].map(({ client, stackPart }) => stackName(client, stackPart));
    const text = `moves from the stack ${from} to ${to}: its resources are removed there before they are created here, under the same names; ${stayHint(was.stackPart)}`;
    return { sign: '~', text, effect: 'neutral' };
  });
}

/** How an integration stays in its stack. */
function stayHint(part: number | undefined): string {
  return part === undefined
    ? 'to keep it there, remove stackPart again'
    : `to keep it there, write stackPart: ${part} again`;
}

/** What is let in stays the same, and has another address. */
function accessPointChanges(was: Integration, is: Integration): ChangeText[] {
  if (was.kind !== 'direct-trust' || is.kind !== 'direct-trust') return [];
  const told = ({ accessPoint }: DirectTrust) => (accessPoint ? 'an access point of its own' : "the bucket's own name");
  const how = 'send the hand-off again: the old address no longer works';
  return unless(was.accessPoint === is.accessPoint, () => ({
    sign: '~',
    text: `is reached by ${told(is)} instead of ${told(was)}; ${how}`,
    effect: 'both',
  }));
}
