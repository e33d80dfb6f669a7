import { all } from '../text/list';
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
    ...setChanges('We trust', trusted(before), trusted(after)),
    ...setChanges('You may', before.access, after.access),
    ...setChanges('Access is allowed from', before.from, after.from),
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

function setChanges(what: string, before: readonly string[], after: readonly string[]): string[] {
  const [added, removed] = [
    after.filter((each) => !before.includes(each)),
    before.filter((each) => !after.includes(each)),
  ];
  return [
    ...(added.length > 0 ? [`${what} newly: ${added.join('; ')}.`] : []),
    ...(removed.length > 0 ? [`${what} no longer: ${removed.join('; ')}.`] : []),
  ];
}

function endChange({ expires }: Handoff): string {
  return expires === undefined ? 'Access does not end by itself any more.' : `Access ends on ${expires} at 00:00 UTC.`;
}
