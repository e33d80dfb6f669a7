import { BlockList, isIP } from 'node:net';
import { quote } from '../text/quote';
import type { Finding } from './finding';
import { allOf, type Conditions, oneOrMany } from './statement';

/** From when and from where an integration may be used at all. */
export interface Restrictions {
  /** ISO date; access ends at its first instant, UTC. */
  readonly expires?: string;
  /** IPv4 or IPv6 ranges in CIDR form. */
  readonly sourceIps?: readonly string[];
  /** Ids of VPC endpoints. */
  readonly vpcEndpoints?: readonly string[];
  /** Ids of VPCs from whose endpoints requests come. */
  readonly sourceVpcs?: readonly string[];
}

/** Access ends at the first instant of the date, UTC; a missing clock key is a denial. */
export function untilExpiry(restrictions: Restrictions): Conditions | undefined {
  return restrictions.expires === undefined
    ? undefined
    : { DateLessThan: { 'aws:CurrentTime': `${restrictions.expires}T00:00:00Z` } };
}

/**
 * The condition blocks of which one must hold. A request through a VPC endpoint carries no `aws:SourceIp`, and any other
 * no `aws:SourceVpce` and `aws:SourceVpc`, so they are alternatives and need a statement each.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function origins(restrictions: Restrictions): readonly (Conditions | undefined)[] {
  const { sourceIps = [], vpcEndpoints = [], sourceVpcs = [] } = restrictions;
  const blocks: Conditions[] = [];
  if (sourceIps.length > 0) blocks.push({ IpAddress: { 'aws:SourceIp': oneOrMany(sourceIps) } });
  if (vpcEndpoints.length > 0) blocks.push({ StringEquals: { 'aws:SourceVpce': oneOrMany(vpcEndpoints) } });
  if (sourceVpcs.length > 0) blocks.push({ StringEquals: { 'aws:SourceVpc': oneOrMany(sourceVpcs) } });
  return blocks.length === 0 ? [undefined] : blocks.map((block) => allOf(block));
}

/** A real calendar day as `YYYY-MM-DD`. */
export function checkDate(value: string): Finding[] {
  const shaped = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const time = shaped ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return [];
  return [
    {
      code: 'bad-date',
      message: shaped ? `${quote(value)} is not a day of the calendar` : `${quote(value)} is not an ISO date`,
      fix: 'write a day as YYYY-MM-DD, for example 2027-01-31',
    },
  ];
}

// Nobody has a wider range; two halves of the internet are all of it.
const WIDEST_V4 = 8;
const WIDEST_V6 = 16;

/** A range that narrows something: CIDR form, real octets, not half of the internet. */
export function checkSourceIp(value: string): Finding[] {
  const [address = '', bits, ...rest] = value.split('/');
  // isIP takes zones (fe80::1%eth0), which mean nothing to anybody else.
  const version = address.includes('%') ? 0 : isIP(address);
  const most = version === 6 ? 128 : 32;
  if (
    version === 0 ||
    rest.length > 0 ||
    (bits !== undefined && (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > most))
  ) {
    return [
      {
        code: 'bad-source-ip',
        message: `${quote(value)} is not an IP address or CIDR range`,
        fix: 'write a public address or range, for example 203.0.113.7 or 203.0.113.0/24',
      },
    ];
  }
  if (bits !== undefined && Number(bits) < (version === 6 ? WIDEST_V6 : WIDEST_V4) && !isPrivateRange(value)) {
    return [
      {
        code: 'bad-source-ip',
        message: `${quote(value)} is so wide that it restricts nobody`,
        fix: 'name the ranges that the vendor publishes, or remove sourceIps',
      },
    ];
  }
  return [];
}

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');

/** Whether `aws:SourceIp` can never be in this range: S3 sees public addresses or a VPC endpoint. */
export function isPrivateRange(value: string): boolean {
  const [address = ''] = value.split('/');
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address is in one of some ranges; false for what is no address. */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const versionOf = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4');
  if (isIP(address) === 0) return false;
  const list = new BlockList();
  for (const [net = '', bits] of ranges.map((range) => range.split('/'))) {
    if (bits === undefined) list.addAddress(net, versionOf(net));
    else list.addSubnet(net, Number(bits), versionOf(net));
  }
  return list.check(address, versionOf(address));
}

export function checkVpcEndpoint(value: string): Finding[] {
  if (/^vpce-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(value)) return [];
  return [
    {
      code: 'bad-vpc-endpoint',
      message: `${quote(value)} is not the id of a VPC endpoint`,
      fix: 'write its id, for example vpce-0a1b2c3d4e5f67890',
    },
  ];
}

export function checkSourceVpc(value: string): Finding[] {
  if (/^vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(value)) return [];
  return [
    {
      code: 'bad-source-vpc',
      message: `${quote(value)} is not the id of a VPC`,
      fix: 'write its id, for example vpc-0a1b2c3d4e5f67890',
    },
  ];
}
