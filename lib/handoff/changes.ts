import { all, either } from '../text/list';
import type { Handoff } from './model';

/**
 * What differs between two hand-offs of one integration, for the vendor: a sentence each.
 *
 * @param before undefined where there was none
 */
export function handoffChanges(before: Handoff | undefined, after: Handoff): string[] {
  if (!before) return ['This integration is new.'];
  return [
    ...statusChange(before, after),
    ...fieldChanges(before, after),
    ...setChanges('We now trust', 'We no longer trust', trusted(before), trusted(after)),
    ...setChanges('You may now', 'You may no longer', before.access, after.access),
    ...(all(before.from) === all(after.from) ? [] : [fromChange(after)]),
    ...(before.expires === after.expires ? [] : [endChange(after)]),
    ...(before.sessions === after.sessions || after.sessions === undefined ? [] : [after.sessions]),
  ];
}

function statusChange(before: Handoff, after: Handoff): string[] {
  const [old, now] = [before.setup.status, after.setup.status];
  return old === now ? [] : [`It was ${old}, and is ${now}.`];
}

function fieldChanges(before: Handoff, after: Handoff): string[] {
  const values = ({ fields }: Handoff) =>
    new Map(
      fields.map(({ label, value, values: several, elsewhere }) => [
        label,
        several ? all(several) : (value ?? elsewhere),
      ]),
    );
  const [old, now] = [values(before), values(after)];
  const changed = [...now].flatMap(([label, value]) => {
    if (!old.has(label)) return [`New field ${label}: ${value}.`];
    return old.get(label) === value ? [] : [`${label}: ${value}, was ${old.get(label)}.`];
  });
  const gone = [...old.keys()].filter((label) => !now.has(label)).map((label) => `${label} is no longer needed.`);
  return [...changed, ...gone];
}

/** Who is trusted, but for what the fields and the addresses say already. */
function trusted({ trusted: rows, fields, from }: Handoff): string[] {
  const said = new Set([...fields.flatMap(({ value, values }) => values ?? value ?? []), ...from]);
  return rows.flatMap(({ label, values }) =>
    values.filter((value) => !said.has(value)).map((value) => `${label}: ${value}`),
  );
}

function setChanges(more: string, less: string, before: readonly string[], after: readonly string[]): string[] {
  const [added, removed] = [
    after.filter((each) => !before.includes(each)),
    before.filter((each) => !after.includes(each)),
  ];
  return [
    ...(added.length > 0 ? [`${more}: ${added.join('; ')}.`] : []),
    ...(removed.length > 0 ? [`${less}: ${removed.join('; ')}.`] : []),
  ];
}

/** Whole, since what was added may have been all or one more. */
function fromChange({ from }: Handoff): string {
  return from.length === 0
    ? 'Requests are now accepted from everywhere.'
    : `Requests are now accepted only from ${either(from)}.`;
}

function endChange({ expires }: Handoff): string {
  return expires === undefined ? 'Access does not end by itself any more.' : `Access ends on ${expires} at 00:00 UTC.`;
}
