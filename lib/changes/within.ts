/** Whether everything that one value of a condition matches, another matches too. In doubt it does not. */
import { BlockList, isIP } from 'node:net';
import { parsePrincipal } from '../rules/principal';

/** Of patterns in which `*` is any text and `?` any character. */
export function patternWithin(pattern: string, other: string): boolean {
  if (pattern === other || other === '*') return true;
  if (!/[*?]/.test(pattern)) return matches(pattern, other);
  const start = other.slice(0, -1);
  // What begins with the same pattern is followed by anything.
  return other.endsWith('*') && pattern.startsWith(start);
}

/** Whether a text is one that a pattern stands for; in time that does not explode, whatever the pattern. */
function matches(text: string, pattern: string): boolean {
  let [at, to] = [0, 0];
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[to] === '*') {
      star = to++;
      resume = at;
    } else if (pattern[to] === '?' || pattern[to] === text[at]) {
      at++;
      to++;
    } else if (star >= 0) {
      to = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(to));
}

/** Of IP addresses and CIDR ranges. */
export function rangeWithin(range: string, other: string): boolean {
  const [mine, theirs] = [parsed(range), parsed(other)];
  if (!mine || !theirs || mine.family !== theirs.family || mine.bits < theirs.bits) return range === other;
  const list = new BlockList();
  list.addSubnet(theirs.address, theirs.bits, theirs.family);
  return list.check(mine.address, mine.family);
}

function parsed(range: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', length] = range.split('/');
  const version = isIP(address);
  if (version === 0) return undefined;
  return { address, bits: Number(length ?? (version === 6 ? 128 : 32)), family: version === 6 ? 'ipv6' : 'ipv4' };
}

/** Of principals as definitions write them: a whole account has its roles and users in it. */
export function principalWithin(principal: string, other: string): boolean {
  const [mine, theirs] = [parsePrincipal(principal), parsePrincipal(other)];
  if (!mine || !theirs || theirs.type !== 'account') return principal === other;
  if (!('account' in mine) || mine.account !== theirs.account) return false;
  // Twelve digits are of the deployment's own partition, and an account is in one partition only.
  const [own, its] = [mine.partition, theirs.partition];
  return own === undefined || its === undefined || own === its;
}

/** Of days, of which each ends access at its first instant. */
export function dayWithin(day: string, other: string): boolean {
  return day <= other;
}
