import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ACCESS, FIELDS } from '../../lib/requests/form';
import { KEYS } from '../../lib/requests/request';
import { Capability } from '../../lib/rules/confinement';

const TEXT = readFileSync(join(__dirname, '../../scaffold/.github/ISSUE_TEMPLATE/integration.yml'), 'utf8');

/** Strings that GitHub takes: not empty, not only blanks. */
const text = z.string().refine((value) => value.trim() !== '');
const id = z.string().regex(/^[A-Za-z0-9_-]+$/);
const required = z.strictObject({ required: z.boolean() }).optional();
const list = z.union([z.array(text).min(1), text]).optional();
const distinct = <T>(values: readonly T[]) => new Set(values).size === values.length;
// GitHub refuses labels that could lead somebody to post what is nobody's business.
const label = text.refine((value) => !/pass(?:word|phrase|wd)|secret|token|credential|private|\bkey\b/i.test(value));

const markdown = z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) });
const described = { description: text.optional() };
const input = z.strictObject({
  type: z.literal('input'),
  id,
  attributes: z.strictObject({ label, ...described, placeholder: text.optional(), value: text.optional() }),
  validations: required,
});
const textarea = z.strictObject({
  type: z.literal('textarea'),
  id,
  attributes: z.strictObject({
    label,
    ...described,
    placeholder: text.optional(),
    value: text.optional(),
    render: text.optional(),
  }),
  validations: required,
});
const dropdown = z.strictObject({
  type: z.literal('dropdown'),
  id,
  attributes: z.strictObject({
    label: text,
    ...described,
    multiple: z.boolean().optional(),
    default: z.number().int().min(0).optional(),
    options: z
      .array(text.refine((value) => value.toLowerCase() !== 'none'))
      .min(1)
      .refine(distinct),
  }),
  validations: required,
});
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  id,
  attributes: z.strictObject({
    label: text,
    ...described,
    options: z.array(z.strictObject({ label: text, required: z.boolean().optional() })).min(1),
  }),
});
const element = z.discriminatedUnion('type', [markdown, input, textarea, dropdown, checkboxes]);

/**
 * What GitHub takes as an issue form.
 * @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 * @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/common-validation-errors-when-creating-issue-forms
 */
const form = z.strictObject({
  name: text,
  description: text,
  title: text.optional(),
  labels: list,
  assignees: list,
  projects: list,
  type: text.optional(),
  body: z
    .array(element)
    .refine((body) => body.some(({ type }) => type !== 'markdown'), 'a field')
    .refine((body) => distinct(body.flatMap((each) => (each.type === 'markdown' ? [] : each.id))), 'ids')
    .refine((body) => distinct(labelsOf(body)), 'labels')
    .refine((body) => distinct(labelsOf(body).map(parameterized)), 'labels that are too similar'),
});

type Body = readonly z.infer<typeof element>[];

/** Of fields and of checkboxes: both have to differ from all others. */
function labelsOf(body: Body): string[] {
  return body.flatMap((each) => {
    if (each.type === 'markdown') return [];
    const options = each.type === 'checkboxes' ? each.attributes.options.map((option) => option.label) : [];
    return [each.attributes.label, ...options];
  });
}

/** As Rails makes a reference of a label. */
function parameterized(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

describe('the issue form', () => {
  test('is one that GitHub takes', () => {
    // YAML 1.1, in which Yes and No without quotation marks are truth values.
    for (const version of ['1.1', '1.2'] as const)
      expect(form.safeParse(parse(TEXT, { version }))).toMatchObject({ success: true });
  });

  test.each<[string, (text: string) => string]>([
    ['an unknown key', (whole) => whole.replace('title:', 'titel:')],
    ['a label twice', (whole) => whole.replace('label: Vendor', 'label: Client')],
    ['an id twice', (whole) => whole.replace('id: vendor', 'id: client')],
    ['an id with a blank', (whole) => whole.replace('id: vendor', 'id: the vendor')],
    ['a truth value as an option', (whole) => whole.replace('"Yes"', 'Yes')],
    ['the reserved option', (whole) => whole.replace("I don't know", 'None')],
    ['an option twice', (whole) => whole.replace('"No"', '"Yes"')],
    ['a label that asks for a secret', (whole) => whole.replace('label: External ID', 'label: Secret key')],
    ['a missing label', (whole) => whole.replace('      label: Prefix\n', '')],
    ['no description', (whole) => whole.replace(/^description: .*\n/m, '')],
  ])('and not with %s', (_, broken) => {
    expect(broken(TEXT)).not.toBe(TEXT);
    expect(form.safeParse(parse(broken(TEXT), { version: '1.1' })).success).toBe(false);
  });

  test('asks what the command understands, field for field and option for option', () => {
    const { body } = form.parse(parse(TEXT));
    const asked = body.flatMap((each) => {
      if (each.type === 'markdown') return [];
      const { type, attributes } = each;
      const options =
        'options' in attributes
          ? { options: attributes.options.map((option) => (typeof option === 'string' ? option : option.label)) }
          : {};
      const validations = 'validations' in each ? each.validations : undefined;
      return [{ id: each.id, label: attributes.label, type, ...options, required: validations?.required ?? false }];
    });
    expect(asked).toEqual(FIELDS.map(({ most, required = false, ...field }) => ({ ...field, required })));
  });

  test('knows every capability by its word, and every field has a place in a request', () => {
    expect(Object.keys(ACCESS)).toEqual(Object.values(Capability));
    for (const [capability, said] of Object.entries(ACCESS)) expect(said.startsWith(`${capability}: `)).toBe(true);
    expect(Object.keys(KEYS).sort()).toEqual(FIELDS.map((field) => field.id).sort());
    expect(new Set(Object.values(KEYS)).size).toBe(FIELDS.length);
  });
});
