import { counted, withThousands } from '../text/plural';
import { printable, quote } from '../text/quote';
import type { Match } from './matches';
import type { Denied, IntegrationUsage, Stranger, Usage } from './usage';

/** What a terminal's table shows of each integration. */
export const HEADINGS = ['INTEGRATION', 'LAST SEEN', 'REQUESTS', 'IN', 'OUT', 'DENIED', 'UNUSED'] as const;

/** The row of an integration in that table. */
export function usageRow(usage: IntegrationUsage): string[] {
  const { integration, lastSeen, requests, bytesIn, bytesOut, denied, unused, byPrefix } = usage;
  const refused = denied.reduce((sum, { count }) => sum + count, 0);
  return [
    `${integration}${byPrefix ? ' (by prefix)' : ''}`,
    lastSeen ?? 'not seen',
    withThousands(requests),
    bytes(bytesIn),
    bytes(bytesOut),
    withThousands(refused),
    unused === null ? 'not known' : unused.length === 0 ? '-' : unused.join(', '),
  ];
}

/** What a terminal's table shows of who did what. */
export const MATCH_HEADINGS = [
  'LAST',
  'WHO',
  'INTEGRATION',
  'FROM',
  'OPERATION',
  'RESULT',
  'TIMES',
  'FIRST',
  'KEY',
] as const;

/** A row of that table. */
export function matchRow({
  requester,
  integration,
  address,
  operation,
  result,
  key,
  count,
  ...times
}: Match): string[] {
  const { first, last } = times;
  return [
    last,
    requester,
    integration ?? '-',
    address ?? '-',
    operation,
    result,
    withThousands(count),
    first,
    key ?? '-',
  ].map(printable);
}

/** What was denied, why and who fixes it, and who else was there: in lines. */
export function usageDetails({ integrations, strangers }: Usage): string {
  const denials = integrations.flatMap(({ integration, denied }) =>
    denied.map((each) => deniedLines(integration, each)),
  );
  const others = strangers.map(strangerLine);
  return [
    ...(denials.length === 0 ? [] : ['\nDenied:\n', ...denials]),
    ...(others.length === 0 ? [] : ['\nNot of any definition:\n', ...others]),
  ].join('');
}

/** What these logs can say, and what not. */
export function usageNotes({ from, to, lines, integrations }: Usage): string[] {
  if (from === null || to === null) return ['no record was read: name files of server access logs or of CloudTrail'];
  const notes = [`${counted(lines, 'record')} from ${from} to ${to}`];
  const unseen = integrations.filter(({ lastSeen, unused }) => lastSeen === null && unused !== null);
  if (unseen.length > 0)
    notes.push(`not seen means: not since these logs begin, on ${from}; server access logs are best effort`);
  const unknown = integrations.filter(({ unused }) => unused === null);
  if (unknown.length > 0)
    notes.push(
      `these logs show nothing of the buckets of ${counted(unknown.length, 'integration')}: read their server access logs, or CloudTrail with S3 data events`,
    );
  if (integrations.some(({ byPrefix }) => byPrefix))
    notes.push('by prefix: two direct trusts of one account, which only the prefix of a request distinguishes');
  return notes;
}

function deniedLines(integration: string, { operation, key, errorCode, count, last, cause, who, fix }: Denied): string {
  const on = key === null ? '' : ` ${quote(key)}`;
  const head = `${integration}: ${operation}${on}: ${errorCode || 'denied'}, ${counted(count, 'time')}, last ${last}`;
  return printableLine(head) + printableLine(`  cause: ${cause}`) + printableLine(`  to fix: ${who}: ${fix}`);
}

function strangerLine({ requester, bucket, requests, last }: Stranger): string {
  return printableLine(`${requester} in ${bucket}: ${counted(requests, 'request')}, last ${last}`);
}

function printableLine(text: string): string {
  return `${printable(text)}\n`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `1.5 GiB`. */
export function bytes(count: number): string {
  if (count === 0) return '-';
  const power = Math.min(Math.floor(Math.log2(count) / 10), UNITS.length - 1);
  const value = count / 1024 ** power;
  return `${power === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}
