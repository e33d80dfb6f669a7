/** An Allow of a policy, as far as it matters whom it lets in and what it reaches. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whom it lets in; none in a policy of a role or user. */
  readonly principals: readonly Principal[];
  readonly text: string;
}

/** One value of a Principal element, and of which type it is. */
export interface Principal {
  readonly type: string;
  readonly value: string;
}

/** The names of what is guarded, by the services whose actions reach it. */
export interface Guarded {
  readonly services: RegExp;
  readonly names: readonly string[];
  /** Whether the name of one of them is known only once it is deployed, so that any pattern may match it. */
  readonly unnamed?: boolean;
  /** What stands between a name and what is under it; `/` where it is left out. */
  readonly separator?: string;
}

/** The Allows of a policy document; what they leave out with Not… counts as everything. */
export function grantsOf(document: unknown): Grant[] {
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return [Statement ?? []].flat().flatMap((statement): Grant[] => {
    const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement as Record<
      string,
      unknown
    >;
    if (Effect === 'Deny') return [];
    return [
      {
        actions: NotAction === undefined ? texts(Action) : ['*'],
        resources: NotResource === undefined ? texts(Resource) : ['*'],
        principals: NotPrincipal === undefined ? principalsOf(Principal) : [{ type: 'AWS', value: '*' }],
        text: JSON.stringify(statement).slice(0, 300),
      },
    ];
  });
}

/** Whether a grant can reach anything of what is guarded. */
export function reaches({ actions, resources }: Grant, guarded: readonly Guarded[]): boolean {
  return guarded.some(
    (each) =>
      actions.some((action) => each.services.test(action.split(':')[0] ?? '') || /^[^:]*[*?<{]/.test(action)) &&
      resources.some((resource) => mayName(resource, each)),
  );
}

/** Whether a resource pattern may match something guarded or anything under it. What is not known, may. */
function mayName(resource: string, { names, unnamed, separator = '/' }: Guarded): boolean {
  if (names.length === 0) return false;
  if (/<Fn::|\{\{resolve:/.test(resource)) return true;
  const last = lastPart(resource);
  const [known = ''] = last.split(/[*?]/);
  const wild = /[*?]/.test(resource);
  if (wild && (known === '' || known === last)) return true;
  if (wild && unnamed && !resource.startsWith('<')) return true;
  return names.map(lastPart).some((name) => {
    const inside = `${name}${separator}`;
    return known.startsWith(inside) || (wild ? inside.startsWith(known) : known === name);
  });
}

/** What follows service, region and account in an ARN; the whole of what is none. */
function lastPart(arn: string): string {
  const parts = arn.replace(/<[^>]*>/g, (reference) => reference.replaceAll(':', ' ')).split(':');
  return parts[0] === 'arn' ? parts.slice(5).join(':') : parts.join(':');
}

function principalsOf(principal: unknown): Principal[] {
  if (principal === undefined) return [];
  if (typeof principal !== 'object' || principal === null) return [{ type: 'AWS', value: String(principal) }];
  return Object.entries(principal).flatMap(([type, values]) => texts(values).map((value) => ({ type, value })));
}

function texts(value: unknown): string[] {
  return [value ?? []].flat().map(String);
}
