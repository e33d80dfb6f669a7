/** An Allow of a policy, as far as it matters whom it lets in and what it reaches. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether somebody outside the account, or everybody, is let in. */
  readonly outside: boolean;
  readonly text: string;
}

/** The Allows of a policy document; what they leave out with Not… counts as everything. */
export function grantsOf(document: unknown): Grant[] {
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  return [Statement ?? []].flat().flatMap((statement): Grant[] => {
    const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement as Record<
      string,
      unknown
    >;
    if (Effect !== 'Allow') return [];
    return [
      {
        actions: NotAction === undefined ? texts(Action) : ['*'],
        resources: NotResource === undefined ? texts(Resource) : ['*'],
        outside: NotPrincipal !== undefined || isOutside(Principal),
        text: JSON.stringify(statement).slice(0, 300),
      },
    ];
  });
}

/** Whether a grant on S3 or KMS can reach anything of these names. */
export function reaches({ actions, resources }: Grant, names: readonly string[]): boolean {
  const touches = actions.some((action) => action === '*' || /^(?:s3|kms|\*)/i.test(action));
  return touches && resources.some((resource) => names.some((name) => mayName(resource, name)));
}

/** Whether a resource pattern may match an ARN with this name in it. */
function mayName(resource: string, name: string): boolean {
  if (resource.includes(name)) return true;
  const beforeWildcard = resource.split(/[*?]/)[0] ?? '';
  if (beforeWildcard === resource) return false;
  const known = beforeWildcard.split(':').at(-1) ?? '';
  return name.startsWith(known) || known === '';
}

function isOutside(principal: unknown): boolean {
  if (principal === undefined) return false;
  if (typeof principal === 'string') return true;
  return Object.entries(principal as Record<string, unknown>).some(([type, values]) =>
    type === 'Service'
      ? false
      : texts(values).some((value) => !/^(?:<AWS::AccountId>|arn:[^:]+:iam::<AWS::AccountId>:)/.test(value)),
  );
}

function texts(value: unknown): string[] {
  return [value ?? []].flat().map(String);
}
