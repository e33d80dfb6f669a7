import { InvalidArgumentError, Option } from 'commander';
import { Capability } from '../../rules/confinement';
import { checkSessionDuration, parseSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { checkName, checkRegion } from '../../rules/names';
import { checkPrincipalOf } from '../../rules/principal';
import { checkDate } from '../../rules/restrictions';
import { checkStackPart } from '../../rules/stacks';
import { checkExternalId, type ExternalTrust } from '../../rules/trust';
import { quote } from '../../text/quote';
import type { Host } from '../host/host';
import type { AcceptedCode } from '../new/options';

/** What options are given, as values; each function throws where a user gives something else. */

/** The option that sets the day. */
export function today(host: Host): Option {
  return new Option('--today <date>', 'the day to compare dates with').argParser(date).default(host.today);
}

/** The option that limits a command to some clients. */
export function onlyClients(): Option {
  return new Option('--client <client>', 'this client only, whose files alone are read; may be repeated').argParser(
    (value: string, before: readonly string[] = []): string[] => {
      refuse(checkName('client', value));
      return [...before, value];
    },
  );
}

/** A number of things. */
export function count(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('write a number from 1 to 999');
  return Number(value);
}

/** A number of clients. */
export function removals(value: string): number {
  if (!/^(?:0|[1-9]\d{0,4})$/.test(value)) throw new InvalidArgumentError('write how many clients are removed');
  return Number(value);
}

/** A day. */
export function date(value: string): string {
  refuse(checkDate(value));
  return value;
}

/** A day after today. */
export function dateAfter(today: string): (value: string) => string {
  return (value) => {
    if (date(value) <= today) throw new InvalidArgumentError(`${quote(value)} is not in the future; name a later day`);
    return value;
  };
}

/** A time, in seconds. */
export function duration(value: string): number {
  refuse(checkSessionDuration(value));
  return parseSessionDuration(value) ?? 0;
}

/** A time, as definitions write it. */
export function sessionDuration(value: string): string {
  refuse(checkSessionDuration(value));
  return value;
}

/** A number of days. */
export function days(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('write a number of days, 1 to 99999');
  return Number(value);
}

/** The number of a stack. */
export function stackPart(value: string): number {
  refuse(checkStackPart(value));
  return Number(value);
}

/** Regions, one after the other. */
export function regions(value: string, before: readonly string[] = []): string[] {
  refuse(checkRegion(value));
  return [...before, value];
}

/** Files or names, one after the other. */
export function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Capabilities, with commas between. */
export function capabilities(value: string): Capability[] {
  const known: readonly string[] = Object.values(Capability);
  const given = value.split(',');
  const strange = given.find((one) => !known.includes(one));
  if (strange !== undefined)
    throw new InvalidArgumentError(`${quote(strange)} is not a capability; give some of ${known.join(',')}`);
  return given as Capability[];
}

/** Principals that trust by themselves, `ARN` or `ARN EXTERNAL-ID` each. */
export function trusts(value: string, before: readonly ExternalTrust[] = []): ExternalTrust[] {
  const [principal = '', externalId, ...more] = value.trim().split(/\s+/);
  if (principal === '' || more.length > 0)
    throw new InvalidArgumentError('write "ARN EXTERNAL-ID", or the ARN alone if it sends none');
  refuse([
    ...checkPrincipalOf('assumed-role', principal),
    ...(externalId === undefined ? [] : checkExternalId(externalId)),
  ]);
  return [...before, externalId === undefined ? { principal } : { principal, externalId }];
}

/** Warnings that are meant, `CODE=REASON` or `CODE@DATE=REASON` each. */
export function accepted(value: string, before: readonly AcceptedCode[] = []): AcceptedCode[] {
  const [, code, until, reason] = /^([a-z]+(?:-[a-z]+)*)(?:@([\d-]+))?=\s*(\S.*)$/s.exec(value) ?? [];
  if (code === undefined || reason === undefined)
    throw new InvalidArgumentError('write CODE="the reason", with the code as check names it');
  if (until !== undefined) refuse(checkDate(until));
  return [...before, until === undefined ? { code, reason } : { code, reason, until }];
}

function refuse([finding]: readonly Finding[]): void {
  if (finding) throw new InvalidArgumentError(`${finding.message}; ${finding.fix}`);
}
