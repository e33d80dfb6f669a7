import { isObject, NotJson, parseJson } from '../../../lib/account/json';
import type { Vocabulary } from './vocabulary';

/** Documents in documents: a policy in an answer, and hardly one in that. */
const BOUNDS = { length: 1 << 20, depth: 100, values: 100_000 };

/**
 * Replaces everything in AWS's answers that is not AWS's own word, and the same by the same wherever it stands: accounts,
 * names, keys, IDs, addresses and dates. What is not known is replaced, so that a secret cannot stay because nobody thought
 * of it.
 */
export class Anonymiser {
  /** What was replaced, by what: the words of it, in small letters. */
  private readonly replaced = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** @param own the account that answered, which becomes that of the examples */
  constructor(
    private readonly vocabulary: Vocabulary,
    own?: string,
  ) {
    if (own !== undefined) this.replaced.set(own, '111122223333');
  }

  /** An answer, a member of it, or a value. */
  of(value: unknown, levels = 0): unknown {
    if (typeof value === 'string') return this.ofText(value, levels);
    if (typeof value === 'number') return this.ofNumber(value);
    if (Array.isArray(value)) return value.map((each) => this.of(each, levels));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.ofWords(key), this.of(member, levels)]),
    );
  }

  /**
   * What of the originals a text still has: nothing, if this works. Found in another way than it was replaced.
   * @returns how many, never what
   */
  left(text: string): number {
    const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    const made = new Set(
      [...this.replaced.values()].flatMap((value) => value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []),
    );
    const known = new Set([...this.vocabulary.words].map((word) => word.toLowerCase()));
    const originals = [...this.replaced.keys()].flatMap((key) => key.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
    // Short ones come again by chance.
    return originals.filter((word) => word.length > 3 && words.has(word) && !made.has(word) && !known.has(word)).length;
  }

  private ofText(text: string, levels: number): string {
    if (levels < 3) {
      const plain = this.ofDocument(text, levels);
      if (plain !== undefined) return plain;
      const decoded = /%[0-9a-f]{2}/i.test(text) ? decodedText(text) : undefined;
      const inner = decoded === undefined ? undefined : this.ofDocument(decoded, levels);
      if (inner !== undefined) return encodeURIComponent(inner);
      if (decoded !== undefined) return this.ofWords(decoded);
    }
    return this.ofWords(text);
  }

  /** A document in a text, as a policy mostly is. */
  private ofDocument(text: string, levels: number): string | undefined {
    if (!/^\s*[{[]/.test(text)) return undefined;
    try {
      return JSON.stringify(this.of(parseJson(text, BOUNDS), levels + 1));
    } catch (error) {
      if (error instanceof NotJson) return undefined;
      throw error;
    }
  }

  /** Durations and sizes stay; an account, a moment or another long number does not. */
  private ofNumber(value: number): number {
    if (/^\d{12}$/.test(String(value))) return Number(this.account(String(value)));
    if (Math.abs(value) <= 1_000_000) return value;
    return value > 1e9 && value < 1e13 ? 1_767_225_600 : 1_000_000;
  }

  private ofWords(text: string): string {
    return text.replace(TOKEN, (token, ...groups) => {
      const { pem, iam, host, arn, moment, day, ipv4, ipv6, hex, uuid, unique, prefixed, account, region } =
        groups.at(-1);
      if (pem !== undefined) return '-----BEGIN CERTIFICATE-----';
      if (iam !== undefined) return this.vocabulary.isIam(iam) ? iam : this.eachWord(iam);
      if (host !== undefined) return this.isService(host) ? host : this.eachWord(host);
      if (arn !== undefined) return this.isArn(arn) ? arn : this.eachWord(arn);
      if (moment !== undefined) return shaped(moment, '2026-01-01T00:00:00');
      if (day !== undefined) return /^20(?:12|08)-10-17$/.test(day) ? day : '2026-01-01';
      if (ipv4 !== undefined) return this.by('ipv4', ipv4, (n) => `${n > 254 ? '198.51.100' : '192.0.2'}.${n % 255}`);
      if (ipv6 !== undefined) return this.by('ipv6', ipv6, (n) => `2001:db8::${n.toString(16)}`);
      if (hex !== undefined) return this.by('hex', hex, (n) => n.toString(16).padStart(hex.length, '0'));
      if (uuid !== undefined)
        return this.by('uuid', uuid, (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`);
      if (unique !== undefined)
        return this.by(
          'unique',
          unique,
          (n) => `${unique.slice(0, 4)}EXAMPLE${String(n).padStart(unique.length - 11, '0')}`,
        );
      if (prefixed !== undefined) {
        const [, prefix = '', id = ''] = /^([a-z]+-)(.*)$/.exec(prefixed) ?? [];
        return this.by('prefixed', prefixed, (n) => `${prefix}${n.toString(16).padStart(id.length, '0')}`);
      }
      if (account !== undefined) return this.account(account);
      if (region !== undefined) return region;
      return this.word(token);
    });
  }

  private eachWord(text: string): string {
    return text.replace(/\d{12}|[\p{L}\p{N}]+/gu, (word) =>
      /^\d{12}$/.test(word) ? this.account(word) : this.word(word),
    );
  }

  private word(word: string): string {
    if (this.vocabulary.words.has(word) || /^(?:[a-z]|\d{1,3})$/i.test(word)) return word;
    const name = this.by('word', word.toLowerCase(), (n) => `n${n}`);
    return word === word.toLowerCase() ? name : name.replace('n', 'N');
  }

  private account(account: string): string {
    return this.by('account', account, (n) => String(999_900_000_000 + n));
  }

  /** The principal of a service: its name, and perhaps a Region. */
  private isService(host: string): boolean {
    if (DELIVERIES.has(host)) return true;
    const [service = '', region, ...others] = host.replace(/\.amazonaws\.com(?:\.cn)?$/, '').split('.');
    return this.vocabulary.services.has(service) && others.length === 0 && (region === undefined || isRegion(region));
  }

  /** The beginning of an ARN. */
  private isArn(text: string): boolean {
    const [, partition = '', service = ''] = text.split(':');
    return (
      /^aws(?:-cn|-us-gov|-iso[a-z-]*|-eusc)?$/.test(partition) &&
      (service === '' || this.vocabulary.services.has(service))
    );
  }

  private by(kind: string, original: string, make: (count: number) => string): string {
    const known = this.replaced.get(original);
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const made = make(count);
    this.replaced.set(original, made);
    return made;
  }
}

const REGION =
  '(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us|us-gov|us-iso[a-z]?)-(?:de-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\\d';

/** Principals of services with two words. */
const DELIVERIES = new Set(
  ['logging.s3', 'delivery.logs', 'logdelivery.elasticloadbalancing'].map((name) => `${name}.amazonaws.com`),
);

function isRegion(text: string): boolean {
  return new RegExp(`^${REGION}$`).test(text);
}

/** What is looked at as one, the most special first; at last each word. */
const TOKEN = new RegExp(
  [
    '(?<pem>-----BEGIN [A-Z ]+-----[\\s\\S]*?(?:-----END [A-Z ]+-----|$))',
    '(?<arn>\\barn:[a-z-]+:[a-z0-9-]*(?=:))',
    '(?<moment>\\b\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:?\\d{2})?)',
    '(?<day>\\b\\d{4}-\\d{2}-\\d{2}\\b)',
    '(?<host>\\b(?:[a-z0-9-]+\\.)+amazonaws\\.com(?:\\.cn)?\\b)',
    '(?<iam>\\b[a-z0-9-]{2,40}:[A-Za-z*?][\\w*?-]*)',
    '(?<ipv4>\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b)',
    '(?<ipv6>(?<![\\w:.-])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}(?![\\w:]))',
    '(?<uuid>\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b)',
    '(?<hex>\\b[0-9a-f]{32,64}\\b)',
    '(?<unique>\\bA(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA|IPA|PKA|BIA|CCA|SCA)[A-Z0-9]{12,124}\\b)',
    '(?<prefixed>(?<![\\w-])(?:vpce|vpc|eni|sg|subnet|ou|o|r|s|mrk|ami|i)-(?=[a-z]*\\d)[0-9a-z]{4,40}(?![\\w]))',
    '(?<account>(?<!\\d)\\d{12}(?!\\d))',
    `(?<region>(?<![\\w-])${REGION}(?![\\w]))`,
    '[\\p{L}\\p{N}]+',
  ].join('|'),
  'gu',
);

/** A moment as it was written, with or without fractions and zone. */
function shaped(moment: string, text: string): string {
  const [, fraction = '', zone = ''] = /:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(moment) ?? [];
  return `${moment.includes('T') ? text : text.replace('T', ' ')}${fraction.replace(/\d/g, '0')}${zone}`;
}

function decodedText(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
