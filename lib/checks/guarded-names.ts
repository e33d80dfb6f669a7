/** The names by which something leads to a client's bucket, to an integration's principal or to its secret. */
import {
  arnParts,
  isKnown,
  type Json,
  literalText,
  mayMeet,
  PART,
  type Pattern,
  STAR,
  type Value,
  valueText,
} from '../access';
import { accessPointNames } from '../rules/access-points';
import { namesOf } from '../rules/names';
import { allTexts } from '../templates';
import type { JudgedApp } from './judged-app';

/** How a bucket is named in front of its name. */
const BEFORE = /^(?:s3[an]?:\/\/|https?:\/\/|arn:[^:/]*:s3:[^:/]*:[^:/]*:)/;

export class GuardedNames {
  /** Names of clients' buckets, and aliases of access points that lead to one. */
  private readonly names: readonly Value[];
  private readonly literal: ReadonlySet<string>;
  /** Names of buckets that the app makes. */
  private readonly made: ReadonlySet<string>;
  /** ARNs of access points: those that integrations have, and those to which a bucket leaves it. */
  private readonly points: readonly Pattern[];
  private readonly texts: readonly string[];
  private readonly holders: readonly string[];

  constructor({ app, meant, world, index }: JudgedApp) {
    const points = world.doors.filter((door) => index.pointOf(door));
    const aliases = points.map(({ resource }) => app.valueOf(resource, 'Alias'));
    const buckets = meant.buckets.map(({ arn }) => bucketName(arn));
    this.names = distinct([...buckets, ...aliases]);
    this.literal = new Set(this.names.flatMap((name) => literalText(name) ?? []));
    this.made = new Set(app.ofType('AWS::S3::Bucket').map((bucket) => valueText(app.valueOf(bucket))));
    this.points = [
      ...points.flatMap(({ names }) => names.slice(0, 1)),
      ...delegatedNames(meant.integrations.map(({ intent }) => intent)).map(
        (name): Pattern => ['arn:', STAR, ':accesspoint/', ...name],
      ),
    ];
    this.texts = [...this.names, ...points.map(({ resource }) => app.valueOf(resource))].map(valueText);
    this.holders = [
      ...meant.integrations.flatMap(({ principal }) => (principal ? [valueText(principal.name)] : [])),
      ...meant.secrets.flatMap(({ arn }) => [valueText(arn), secretName(valueText(arn))]),
    ];
  }

  /** Whether a text may lead to a client's bucket: its name, ARN or address, or an access point of it. */
  mayLead(value: Pattern): boolean {
    if (this.names.length === 0) return false;
    const text = literalText(value);
    if (text !== undefined) return this.textMayLead(text);
    const [first, ...others] = withoutScheme(value);
    // A bucket that is made here is no other one.
    const made = others.length === 0 && typeof first === 'object' && this.made.has(valueText([first]));
    const names = made
      ? this.names.filter((name) => !isKnown(name) || valueText(name) === valueText([first]))
      : this.names;
    return [...names.flatMap(formsOf), ...this.points].some((form) => mayMeet(value, form));
  }

  private textMayLead(text: string): boolean {
    if (text.includes(':accesspoint/')) return this.points.some((point) => mayMeet([text], point));
    const [name = ''] = text.replace(BEFORE, '').split('/');
    const host = name.replace(/\.s3[.-].*$/, '');
    if ([name, host].some((each) => this.literal.has(each))) return true;
    return this.names.some((each) => literalText(each) === undefined && mayMeet([host], each));
  }

  /** Whether a part names a client's bucket, and not only as part of a longer name. */
  inPart(json: Json): boolean {
    return mentions(json, this.texts);
  }

  /** Whether a part names an integration's role, user or secret. */
  holdersIn(json: Json): boolean {
    return mentions(json, this.holders);
  }
}

/** The name of a bucket from its ARN. */
export function bucketName(arn: Value): Value {
  return (arnParts(arn)?.resource ?? arn) as Value;
}

/** Every way to write where a bucket is. */
function formsOf(name: Value): readonly Pattern[] {
  return ['', 's3://', 'https://']
    .flatMap((scheme): Pattern[] => [
      [scheme, ...name],
      [scheme, ...name, '/', STAR],
      [scheme, ...name, '.s3', STAR],
    ])
    .concat([
      ['arn:', PART, ':s3:::', ...name],
      ['arn:', PART, ':s3:::', ...name, '/', STAR],
    ]);
}

/** What a text is behind `arn:…:s3:::` or `s3://`. */
function withoutScheme(value: Pattern): Pattern {
  const { resource, service } = arnParts(value) ?? {};
  if (resource && service && literalText(service) === 's3') return resource;
  const [first, ...others] = value;
  return typeof first === 'string' && BEFORE.test(first)
    ? [first.replace(BEFORE, ''), ...others].filter((piece) => piece !== '')
    : value;
}

/** The names of access points to which clients' buckets leave it. */
export function delegatedNames(intents: JudgedApp['meant']['integrations'][number]['intent'][]): readonly Pattern[] {
  const all = intents.flatMap((intent) =>
    intent.trusts.by === 'access-point' ? [accessPointNames(namesOf(intent.integration).client)] : [],
  );
  return [...new Set(all)].map((names): Pattern => [names.replace(/\*$/, ''), STAR]);
}

function distinct(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [valueText(value), value])).values()];
}

/** The name of a secret from its ARN, without what AWS adds. */
export function secretName(arn: string): string {
  return (
    arn
      .split(':secret:')
      .at(-1)
      ?.replace(/-<[^>]*>$/, '') ?? arn
  );
}

/** Whether something names one of these, and not only as part of a longer name. */
export function mentions(json: Json, names: readonly string[]): boolean {
  return allTexts(json).some((value) => {
    const text = valueText(value);
    return names.some((name) => name !== '' && holdsName(text, name));
  });
}

function holdsName(text: string, name: string): boolean {
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
    const [before = '', after = ''] = [text[start - 1], text[start + name.length]];
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}
