import { z } from 'zod';
import { KINDS } from '../../rules/vocabulary';
import { bucketShape } from './bucket-keys';
import type { KeyMeta } from './key-types';
import { clientShape, commonShape, kindShapes } from './schema';
import { settingsShape } from './settings-keys';

type Shape = Readonly<Record<string, z.ZodType>>;

/** The tables of keys as Markdown, one under each heading; what is inside a key has one behind that in which it is first. */
export function keyTables(heading: string): string {
  const seen = new Set<z.ZodType>();
  const all = shapes().flatMap(([title, shape]) => [[title, shape] as [string, Shape], ...insideOf(shape, seen)]);
  return all.map(([title, shape]) => `${heading} ${title}\n\n${table(shape)}`).join('\n');
}

function shapes(): [string, Shape][] {
  const { bucket: _, ...clientKeys } = clientShape;
  return [
    ['`settings.yaml`', settingsShape],
    ['`client.yaml`', clientKeys],
    ['`client.yaml`: `bucket`', bucketShape],
    ['An integration, of every kind', commonShape],
    ...KINDS.map((kind): [string, Shape] => [`\`kind: ${kind}\``, kindShapes[kind]]),
  ];
}

/** What mappings are inside the keys of a shape, but for the buckets', which have a table of their own. */
function insideOf(shape: Shape, seen: Set<z.ZodType>): [string, Shape][] {
  return Object.entries(shape).flatMap(([key, schema]): [string, Shape][] => {
    const inside = memberOf(schema);
    if (!(inside instanceof z.ZodObject) || key === 'dedicatedBucket' || seen.has(inside)) return [];
    seen.add(inside);
    return [[`inside \`${key}\``, inside.shape]];
  });
}

/** Of a list what it lists. */
function memberOf(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return memberOf(schema.unwrap());
  return schema instanceof z.ZodArray ? memberOf(schema.element) : schema;
}

function table(shape: Shape): string {
  const rows = Object.entries(shape).map(([key, schema]) => {
    // What may be left out has its meaning inside.
    const said = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
    const meta = said.meta() as { description?: string; byDefault?: KeyMeta['default'] } | undefined;
    return `| \`${key}\` | ${meta?.byDefault ?? ''} | ${meta?.description ?? ''} |`;
  });
  return ['| key | default | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}
