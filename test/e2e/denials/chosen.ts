import { concerns } from './concern';
import { notBySimulator, notSwitchedOnGateway } from './judges';
import { MATRIX } from './matrix';
import { letThrough, type Request } from './request';
import { nameOf, SUBJECTS } from './subjects';
import type { Switch } from './switches';

/** A switch with the requests that tell whether it is on. */
export interface Chosen extends Switch {
  /** Those that look at its policy. Whatever nothing anywhere grants is asked once for each policy. */
  readonly asked: readonly Request[];
  /** Those of them that speak of it: by the contract they turn, and no other. */
  readonly turning: readonly Request[];
}

/**
 * One switch of each form, where requests speak of it that both judges answer, if there is such a place. A switch of
 * which no request speaks is among them too, to be noticed.
 */
export function chosen(all: readonly Switch[]): Chosen[] {
  const byForm = new Map<string, { one: Chosen; worth: number }>();
  for (const each of all) {
    const one = withRequests(each);
    const worth = worthOf(one);
    if (worth > (byForm.get(each.form)?.worth ?? -1)) byForm.set(each.form, { one, worth });
  }
  const seen = new Set<string>();
  return [...byForm.values()].map(({ one }) => {
    const { id, kind } = one.document;
    const again = seen.has(`${id} ${kind}`);
    seen.add(`${id} ${kind}`);
    return again ? { ...one, asked: one.asked.filter(({ ways }) => ways.length > 0) } : one;
  });
}

function withRequests(each: Switch): Chosen {
  const asked = MATRIX.filter((request) => concerns(each.document, request));
  return { ...each, asked, turning: asked.filter(({ ways, allowed }) => letThrough(ways, each.off) !== allowed) };
}

const BRIEF = new Set(SUBJECTS.filter(({ brief }) => brief).map(nameOf));

/** More judges first; then an integration that is asked everything, rather than one thing of its own. */
function worthOf({ document, turning }: Chosen): number {
  const judged = (not: (request: Request) => unknown) => turning.some((request) => not(request) === undefined);
  return (judged(notSwitchedOnGateway) ? 4 : 0) + (judged(notBySimulator) ? 2 : 0) + (BRIEF.has(document.of) ? 0 : 1);
}
