import type { z } from 'zod';
import { KINDS } from '../../rules/vocabulary';
import type { KeyMeta } from './key-types';
import { bucketShape, clientShape, commonShape, kindShapes, settingsShape } from './schema';

/** The tables of keys as Markdown, one under each heading. */
export function keyTables(heading: string): string {
  const { bucket: _, ...clientKeys } = clientShape;
  const tables: [string, Readonly<Record<string, z.ZodType>>][] = [
    ['`settings.yaml`', settingsShape],
    ['`client.yaml`', clientKeys],
    ['`client.yaml`: `bucket`', bucketShape],
    ['An integration, of every kind', commonShape],
    ...KINDS.map((kind): [string, Readonly<Record<string, z.ZodType>>] => [`\`kind: ${kind}\``, kindShapes[kind]]),
  ];
  return tables.map(([title, shape]) => `${heading} ${title}\n\n${table(shape)}`).join('\n');
}

function table(shape: Readonly<Record<string, z.ZodType>>): string {
  const rows = Object.entries(shape).map(([key, schema]) => {
    const meta = schema.meta() as { description?: string; byDefault?: KeyMeta['default'] } | undefined;
    return `| \`${key}\` | ${meta?.byDefault ?? ''} | ${meta?.description ?? ''} |`;
  });
  return ['| key | default | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}
