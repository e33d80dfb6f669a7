/**
 * Vendor profiles: what is known of a vendor, as reviewed data, one file each under vendors/.
 */
import { z } from 'zod';
import { KINDS } from '../../rules/vocabulary';

const text = (description: string) => z.string().min(1).meta({ description });

const pattern = () =>
  text('A regular expression that must match the whole.').refine(isPattern, { error: 'not a regular expression' });

function isPattern(value: string): boolean {
  try {
    return new RegExp(value) !== undefined;
  } catch {
    return false;
  }
}

/** Something that a vendor has rules about. */
const form = (of: string) =>
  z
    .strictObject({
      pattern: pattern(),
      form: text('The same in words, as a remedy: "lower-case letters and digits, no dots".'),
    })
    .meta({ description: `What the vendor takes as ${of}.` });

const PLACEHOLDERS =
  'bucket prefix path region roleArn roleName accountId externalId accessKeyId secretAccessKey profileArn trustAnchorArn sessionName duration certificate privateKey kmsKeyArn'.split(
    ' ',
  );

function knowsItsPlaceholders(value: string): boolean {
  return [...value.matchAll(/\{(\w*)\}/g)].every(([, name]) => PLACEHOLDERS.includes(name ?? ''));
}

const field = z.strictObject({
  label: text("The field's label on the vendor's own screen, to the letter."),
  value: text(
    'What goes there. In braces, setup information: {bucket} {prefix} {region} {roleArn} {roleName} {accountId} {externalId} {accessKeyId} {secretAccessKey} {profileArn} {trustAnchorArn} {sessionName} {duration} {certificate} {privateKey} {kmsKeyArn}. {path} is the prefix without its slash at the end.',
  ).refine(knowsItsPlaceholders, { error: `a placeholder is none of ${PLACEHOLDERS.join(' ')}` }),
  note: text('What the vendor must know of it.').optional(),
});

/** One way of letting the vendor in. */
const way = z.strictObject({
  kind: z.enum(KINDS),
  note: text('When it is the one to use, and what it costs.').optional(),
  defaults: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Defaults for keys of an integration file with this vendor.' })
    .optional(),
  sends: z
    .array(
      z.strictObject({
        key: text('The key of the integration file that it goes into.'),
        label: text('What the vendor calls it.'),
        where: text('Where the vendor shows it, or who to ask.'),
      }),
    )
    .meta({ description: 'What we need from the vendor before the integration can be active.' })
    .optional(),
  externalId: z
    .strictObject({
      use: z.enum(['required', 'optional', 'refused']),
      madeBy: z.enum(['vendor', 'customer']).optional(),
      pattern: pattern().optional(),
      form: text('Its form in words.').optional(),
    })
    .optional(),
  fields: z.array(field).min(1).meta({ description: "The vendor's fields, in the vendor's order." }),
});

export const profileSchema = z.strictObject({
  title: text("The vendor's name for the product."),
  summary: text('What it does with the bucket, in one sentence.'),
  sources: z.array(text('An address or a document.')).min(1),
  checked: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .meta({ description: 'The day on which the sources were read.' }),
  ways: z.array(way).min(1).meta({ description: 'The kinds that the vendor can use, best first.' }),
  rules: z
    .strictObject({
      regions: z.array(z.string()).min(1).meta({ description: 'The only regions that work.' }).optional(),
      bucketName: form("the bucket's name").optional(),
      roleName: form("the role's name").optional(),
      prefix: form('the prefix (in canonical form, with its slash at the end)').optional(),
      maxSessionDuration: z
        .strictObject({ least: z.string().optional(), most: z.string().optional() })
        .meta({ description: 'The sessions that the vendor can use, for example 15m and 1h.' })
        .optional(),
      bucket: z
        .enum(['dedicated', 'whole'])
        .meta({ description: 'dedicated: needs a bucket of its own. whole: and uses all of it.' })
        .optional(),
    })
    .optional(),
  test: z.array(text('A step.')).min(1).meta({ description: 'How to test the connection there.' }),
  errors: z
    .array(
      z.strictObject({
        message: text('What the vendor shows.'),
        cause: text('What it means.'),
        remedy: text('What to do.'),
      }),
    )
    .optional(),
  limits: z
    .array(text('One of them.'))
    .meta({ description: 'What will not work there, because it would need more than the prefix.' })
    .optional(),
});

export type Profile = z.infer<typeof profileSchema>;
