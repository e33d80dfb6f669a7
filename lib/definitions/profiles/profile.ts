/**
 * Vendor profiles: what is known of a vendor, as reviewed data, one file each under vendors/, or in the folder `vendors`
 * beside one's own definitions. The guide is docs/guides/profiles.md.
 */
import { z } from 'zod';
import { Capability } from '../../rules/confinement';
import { checkSessionDuration } from '../../rules/duration';
import type { Finding } from '../../rules/finding';
import { checkRegion } from '../../rules/names';
import { checkDate } from '../../rules/restrictions';
import { KINDS, type Kind } from '../../rules/vocabulary';
import { either } from '../../text/list';
import { quote } from '../../text/quote';
import { daysKey, flag, listKey, mapping, oneOf, textKey } from '../language/key-types';

const text = (description: string, check?: (value: string) => Finding[]) =>
  textKey({ description }, (value) => (value.trim() === '' ? [empty] : (check?.(value) ?? [])));

const empty: Finding = { code: 'empty-value', message: 'the text is empty', fix: 'say it, or remove the key' };

const pattern = () =>
  text('A regular expression that must match the whole.', (value) => {
    try {
      new RegExp(value);
      return [];
    } catch {
      return [wrong(`${quote(value)} is not a regular expression`, 'correct it')];
    }
  });

function wrong(message: string, fix: string): Finding {
  return { code: 'bad-profile', message, fix };
}

/** Something that a vendor has rules about. */
const form = (of: string) =>
  mapping(
    { description: `What the vendor takes as ${of}.` },
    {
      pattern: pattern(),
      form: text('The same in words, as a remedy: "lower-case letters and digits, no dots".'),
    },
  );

const words = (text: string) => text.split(' ');

const OF_ROLES = 'roleArn roleName accountId sessionName duration';

/** Setup information and what the definition says, for the vendor's fields, beside what every kind has. */
const PLACEHOLDERS_OF: Readonly<Record<Kind, readonly string[]>> = {
  'assumed-role': words(`${OF_ROLES} externalId principal`),
  'direct-trust': ['principal'],
  'roles-anywhere': words(`${OF_ROLES} profileArn trustAnchorArn certificate privateKey`),
  'web-identity': words(`${OF_ROLES} provider audience subject`),
  'access-key': words('accountId accessKeyId secretAccessKey'),
};

const OF_EVERY_KIND = words('bucket prefix path region kmsKeyArn client vendor integration');

const FIELD_PLACEHOLDERS = [...new Set([...OF_EVERY_KIND, ...Object.values(PLACEHOLDERS_OF).flat()])];

/** The placeholders that fields of a way of this kind can have. */
export function placeholdersOf(kind: Kind): readonly string[] {
  return [...OF_EVERY_KIND, ...PLACEHOLDERS_OF[kind]];
}

/** What is known of an integration before anything is read of it, for defaults. */
export const DEFAULT_PLACEHOLDERS = ['client', 'vendor', 'integration'] as const;

/** What is wrong with the placeholders of a text. */
export function checkPlaceholders(value: string, known: readonly string[]): Finding[] {
  const strange = [...value.matchAll(/\{(\w*)\}/g)].map(([, name]) => name ?? '').find((name) => !known.includes(name));
  if (strange === undefined) return [];
  return [wrong(`there is no placeholder {${strange}} here`, `use ${either(known.map((name) => `{${name}}`))}`)];
}

/** Whom something concerns, in the words of `explain`: the vendor, or who owns the bucket. */
const READERS = ['vendor', 'owner'] as const;
export type Reader = (typeof READERS)[number];

const FIELD_WHEN = ['kms-key', 'no-kms-key', 'prefix', 'whole-bucket'] as const;

const field = z.strictObject({
  label: text("The field's label on the vendor's own screen, to the letter."),
  value: text(
    `What goes there. In braces, setup information: ${FIELD_PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}. {path} is the prefix without its slash at the end.`,
    (value) => checkPlaceholders(value, FIELD_PLACEHOLDERS),
  ),
  note: text('What the vendor must know of it.').optional(),
  when: oneOf(
    { description: 'When the field must be filled in, if not always: by the encryption or the size of the place.' },
    FIELD_WHEN,
  ).optional(),
});

const question = z.strictObject({
  key: text('The key of the integration file that it goes into.'),
  label: text('What the vendor calls it.'),
  where: text('Where the vendor shows it, or who to ask.'),
  from: oneOf(
    {
      description:
        'Who knows it. `vendor`: a hand-off asks the vendor. `owner`: it is ours to make, and the vendor is not asked.',
      default: '`vendor`',
    },
    READERS,
  ).optional(),
});

const error = z.strictObject({
  message: text('What the vendor shows.'),
  cause: text('What it means.'),
  remedy: text('What to do.'),
  who: oneOf(
    { description: 'Who does it. A hand-off tells the vendor only what the vendor can do.', default: '`vendor`' },
    READERS,
  ).optional(),
});

const errors = z.array(error).meta({ description: "The vendor's messages, and what they mean." });
const limits = z
  .array(text('One of them.'))
  .meta({ description: 'What will not work there, because it would need more than the prefix.' });
const advice = z.array(text('One of them.')).meta({
  description:
    'For who owns the bucket: what to set if more is needed, and what it costs. No hand-off has it but `--internal`.',
});
const capability = z.enum(Object.values(Capability) as [Capability, ...Capability[]]);

const test = listKey(
  {
    description: 'How to test the connection there: texts, or `{step, needs}` where a step fails without a capability.',
  },
  z.union([
    text('A step.'),
    z.strictObject({
      step: text('The step.'),
      needs: listKey({ description: 'The capabilities without which a hand-off leaves it out.' }, capability),
    }),
  ]),
);

const statements = z
  .array(
    z.strictObject({
      title: text('What it does.'),
      code: text('The whole of it, with placeholders as in fields.', (value) =>
        checkPlaceholders(value, FIELD_PLACEHOLDERS),
      ),
    }),
  )
  .meta({ description: 'What is pasted instead of entered, whole: a statement of SQL, a command.' });

const days = (of: string) =>
  mapping(
    { description: `What the vendor needs of ${of}.` },
    {
      least: daysKey({ description: 'Not fewer days; never is fine too.' }).optional(),
      most: daysKey({ description: 'Not more days; never is not enough.' }).optional(),
    },
  );

const rules = mapping(
  { description: 'What the vendor cannot do without; `check` says where a definition breaks it.' },
  {
    regions: listKey(
      { description: 'The only regions that work.' },
      textKey({ description: 'A region.' }, checkRegion),
    ).optional(),
    bucketName: form("the bucket's name").optional(),
    roleName: form("the role's name").optional(),
    roleSessionName: form('the session name that the trust asks for').optional(),
    prefix: form('the prefix (in canonical form, with its slash at the end)').optional(),
    maxSessionDuration: mapping(
      { description: 'The longest session that the vendor can use or needs, for example least 12h.' },
      {
        least: textKey({ description: 'At least.' }, checkSessionDuration).optional(),
        most: textKey({ description: 'At most.' }, checkSessionDuration).optional(),
      },
    ).optional(),
    bucket: oneOf({ description: '`dedicated`: wants a bucket of its own. `whole`: and knows no prefix.' }, [
      'dedicated',
      'whole',
    ]).optional(),
    access: listKey({ description: 'Capabilities without which it does not work.' }, capability).optional(),
    acceptRoleSessionName: flag({ description: 'What `acceptRoleSessionName` must be.' }).optional(),
    kmsKey: oneOf({ description: '`required`: the bucket must have a KMS key. `refused`: it must have none.' }, [
      'required',
      'refused',
    ]).optional(),
    versioned: flag({ description: 'Whether the bucket must keep, or must not keep, earlier versions.' }).optional(),
    lifecycle: mapping(
      { description: 'For how long the vendor needs objects, their earlier versions and uploads.' },
      {
        abortUploadsAfterDays: days('uploads that were never completed').optional(),
        expireObjectsAfterDays: days('the expiry of objects').optional(),
        expireOldVersionsAfterDays: days('the expiry of earlier versions').optional(),
      },
    ).optional(),
  },
);

/** A word of a definition: the name of a way or site. */
const word = (description: string) =>
  textKey({ description }, (value) =>
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)
      ? []
      : [wrong(`${quote(value)} cannot be such a name`, 'use lower-case letters, digits and single hyphens')],
  );

/** Keys of an integration file; what is wrong with them is judged with the kind. */
const defaults = (description: string) => z.record(z.string(), z.unknown()).meta({ description });

/** One way of letting the vendor in. */
export const wayShape = {
  kind: oneOf({ description: 'The kind of such an integration.' }, KINDS),
  name: word('The word of a definition that chooses it: `way: NAME`. Of two ways of one kind each has one.').optional(),
  purpose: word(
    'What it is for, where a vendor has several products: only ways for the same purpose are compared by safety.',
  ).optional(),
  note: text('When it is the one to use, and what it costs.').optional(),
  defaults: defaults(
    'Keys of an integration file that are so for this vendor, unless the file says otherwise. In braces: {client} {vendor} {integration}.',
  ).optional(),
  bySite: z
    .record(word('The name of a site.'), defaults('Keys that are so at this site, over the defaults.'))
    .meta({ description: 'By the site of the vendor that is used, which a definition chooses: `site: NAME`.' })
    .optional(),
  byRegion: z
    .record(
      textKey({ description: 'A region, or the beginning of some and a *: us-gov-*.' }, (value) =>
        /^[a-z]{2}(-[a-z0-9]*)*\*?$/.test(value)
          ? []
          : [wrong(`${quote(value)} is not a region`, 'write us-gov-* or cn-north-1')],
      ),
      defaults('Keys that are so in these regions, over the defaults.'),
    )
    .meta({ description: "By the region of the bucket; a region's own name goes before one with a *." })
    .optional(),
  sends: z
    .array(question)
    .meta({ description: 'What must be known before the integration can be active, and who knows it.' })
    .optional(),
  externalId: mapping(
    { description: 'Whether the vendor sends an external ID.' },
    {
      use: oneOf({ description: 'Whether the trust must have one.' }, ['required', 'optional', 'refused']),
      madeBy: oneOf({ description: 'Who makes it.' }, ['vendor', 'customer']).optional(),
      pattern: pattern().optional(),
      form: text('Its form in words.').optional(),
    },
  ).optional(),
  noSubject: flag({
    description: 'Its tokens have no stable subject, so that a session name is all there is to compare.',
  }).optional(),
  rules: rules.optional(),
  fields: listKey({ description: "The vendor's fields, in the vendor's order." }, field),
  statements: statements.optional(),
  test: test.optional(),
  errors: errors.optional(),
  limits: limits.optional(),
  advice: advice.optional(),
};

const way = z.strictObject(wayShape);

export const profileShape = {
  title: text("The vendor's name for the product."),
  summary: text('What it does with the bucket, in one sentence.'),
  note: text('For who keeps the profile: what of the sources could not be read again, for example.').optional(),
  sources: listKey({ description: 'Where all this is from.' }, text('An address or a document.')),
  checked: text('The day on which the sources were read.', checkDate),
  ways: listKey({ description: 'The ways in which the vendor can get access, best first.' }, way),
  rules: rules.optional(),
  test: test.optional(),
  errors: errors.optional(),
  limits: limits.optional(),
  advice: advice.optional(),
};

/** The schema of a file under vendors/. What several keys say together is judged when it is read. */
export const profileSchema = z.strictObject(profileShape);

export type Profile = z.infer<typeof profileSchema>;

/** One way of a profile: a kind with what goes with it. */
export type Way = Profile['ways'][number];
export type Rules = NonNullable<Profile['rules']>;
/** What is to be done at the vendor's to test an integration. */
export type TestSteps = z.infer<typeof test>;
export type Question = NonNullable<Way['sends']>[number];
