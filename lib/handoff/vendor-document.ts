import type { Capability } from '../rules/confinement';
import { Status } from '../rules/vocabulary';
import { either } from '../text/list';
import { type Block, type Document, type Inline, type Line, type Row, section, text } from './document';
import { EMPTY } from './fields';
import { letterhead, us } from './letterhead';
import type { Field, Handoff, Needed } from './model';
import { allowed } from './words';

/** What the vendor reads: only what a vendor can do, and first of all that. */
export function vendorDocument(handoff: Handoff): Document {
  const { setup, fields, commands, test, statements, limits, sources, since, description } = handoff;
  const needed = askedOnce(handoff);
  const suspended = setup.status === Status.SUSPENDED;
  const place = `s3://${setup.accessPointAlias ?? setup.bucket}/${setup.prefix}`;
  const sections = [
    ...section(TITLES.todo, { type: 'steps', lines: todo(handoff) }),
    ...section(
      suspended ? 'What you have entered' : TITLES.values,
      { type: 'values', head: ['field', 'value'], rows: fields.map(fieldRow) },
      ...(suspended ? [] : statements.map(codeBlock)),
    ),
    ...section(
      TITLES.needed,
      { type: 'list', lines: needed.map(({ label, where }) => [{ strong: label }, `: ${where}`]) },
      needed.length > 0 && { type: 'code', title: 'Copy this, fill it in, and send it', code: answer(handoff) },
    ),
    ...section(TITLES.trust, { type: 'values', head: ['who', 'exactly'], rows: handoff.trusted }),
    ...section(
      setup.status === Status.ACTIVE ? 'What you may do' : 'What you may do once we tell you that it works',
      { type: 'list', lines: allowed(handoff.access as readonly Capability[], place) },
      text(...limitsOfAccess(handoff)),
    ),
    ...section(
      TITLES.test,
      { type: 'steps', lines: test.map((step) => [step]) },
      commands.length > 0 && text(...withCli(handoff)),
      ...commands.map(codeBlock),
    ),
    ...section(
      TITLES.policy,
      handoff.vendorPolicy &&
        text('Both sides must allow it. Add this to the policies of your own role or user, in your account.'),
      handoff.vendorPolicy && {
        type: 'code',
        title: 'Policy',
        code: JSON.stringify(handoff.vendorPolicy, null, 2),
      },
    ),
    ...section(TITLES.errors, {
      type: 'table',
      head: ['you see', 'because', 'do this'],
      rows: handoff.troubleshooting.map(({ message, cause, remedy }) => [message, cause, remedy]),
    }),
    ...section('What will not work', { type: 'list', lines: suspended ? [] : limits.map((limit) => [limit]) }),
    ...section('Sources', { type: 'list', lines: suspended ? [] : sources.map((source) => [source]) }),
  ];
  return {
    title: handoff.title,
    warnings: warnings(handoff),
    letterhead: letterhead(handoff),
    introduction: description,
    sections: [
      ...(since
        ? section(`What has changed since version ${since.commit}`, {
            type: 'list',
            lines: since.changes.length === 0 ? [['Nothing.']] : since.changes.map((change) => [change]),
          })
        : []),
      ...sections,
    ],
  };
}

const TITLES = {
  todo: 'Do this',
  values: 'What to enter',
  needed: 'What to send back',
  trust: 'Who we trust',
  test: 'Test it',
  policy: 'What your own account must allow',
  errors: 'When something goes wrong',
} as const;

function warnings({ setup, deployed, needed }: Handoff): string[] {
  return [
    ...(deployed
      ? []
      : [
          'DRAFT, DO NOT SEND. This was made before the deployment: nothing works yet, and values are missing or may change.',
        ]),
    ...(setup.status === Status.PENDING
      ? [
          needed.length > 0
            ? 'Not in use yet: first we need something from you. Until we have it, all access is denied.'
            : 'Not in use yet: all access is denied. We will tell you when it works.',
        ]
      : []),
    ...(setup.status === Status.SUSPENDED
      ? ['Suspended: all access is denied until we tell you that it works again.']
      : []),
  ];
}

/** What to do, in order. */
function todo(handoff: Handoff): Line[] {
  const { setup, needed, fields, statements, vendorPolicy, test, commands, product, hasProfile } = handoff;
  const where = hasProfile ? ` in ${product}` : ' in your product';
  const there = fields.filter(({ value, values }) => value !== undefined || values !== undefined);
  const missing = fields.some((field) => !there.includes(field) && !field.elsewhere?.startsWith(EMPTY));
  const enter: Line[] =
    there.length === 0
      ? []
      : [
          [
            'Enter the values of ',
            { strong: TITLES.values },
            `${where}${missing ? ', those that come separately or later as soon as you have them' : ''}${statements.length > 0 ? ', or paste the statements there' : ''}.`,
          ],
        ];
  if (setup.status === Status.SUSPENDED)
    return [
      ['Keep what you have entered, and do not delete it.'],
      [`Wait until we tell you that it works again. Questions go to ${us(handoff)}.`],
    ];
  const separately = fields.some(({ elsewhere }) => elsewhere?.includes('separately'));
  const key: Line[] = separately
    ? [[`Wait for the access key: you receive it separately from ${us(handoff)}, never by mail in plain text.`]]
    : [];
  if (setup.status === Status.PENDING) {
    if (needed.length === 0)
      return [...key, ...enter, ['Wait until we tell you that it works: until then, every test fails.']];
    return [
      ...enter,
      ['Send us what ', { strong: TITLES.needed }, ` asks for. It goes to ${us(handoff)}.`],
      ['Wait for the next version of this hand-off: until then, every test fails.'],
    ];
  }
  const parts: Inline[] =
    test.length > 0 || commands.length > 0 ? ['Test it: ', { strong: TITLES.test }, ' says how.'] : [];
  return [
    ...key,
    ...enter,
    ...(vendorPolicy ? [['Allow it on your side: ', { strong: TITLES.policy }, ' has the policy.']] : []),
    ...(parts.length > 0 ? [parts] : []),
    [
      'Answer ',
      { strong: `${setup.integration} works` },
      ` to ${us(handoff)}. If it does not, send the time (UTC), the request ID and the error message, whole.`,
    ],
  ];
}

/** What is asked, each by its name once: one answer may go into several keys. */
function askedOnce({ needed }: Handoff): Needed[] {
  return [...new Map([...needed].reverse().map((each) => [each.label, each])).values()].reverse();
}

/** An answer with blanks. */
function answer(handoff: Handoff): string {
  const blanks = askedOnce(handoff).map(({ label }) => `${label}: ____`);
  return [`For ${handoff.setup.integration}`, ...blanks].join('\n');
}

function limitsOfAccess({ from, sessions, expires }: Handoff): Line {
  return [
    'Nothing else is allowed.',
    ...(from.length === 0
      ? []
      : [' Only from ', ...from.flatMap((each, at) => [at === 0 ? '' : ' or ', { code: each }]), '.']),
    ...(sessions === undefined ? [] : [` ${sessions}`]),
    ...(expires === undefined ? [] : [' Access ends on ', { strong: expires }, ' at 00:00 UTC.']),
  ];
}

function withCli({ test, from, setup }: Handoff): Line {
  const itself = setup.kind === 'direct-trust' ? ', with the credentials of the role or user that we trust' : '';
  const where = from.length === 0 ? '' : `, where requests come from ${either(from)}`;
  return [
    `${test.length > 0 ? 'Or, if you have the credentials at hand, with' : 'With'} the AWS CLI, on Windows, macOS and Linux alike${itself}${where}:`,
  ];
}

function codeBlock({ title, code }: { readonly title: string; readonly code: string }): Block {
  return { type: 'code', title, code };
}

function fieldRow({ label, value, values, elsewhere, note }: Field): Row {
  return { label, values: values ?? (value === undefined ? [] : [value]), elsewhere, note };
}
