/**
 * Roles, users and groups of templates, with every policy that is theirs wherever it stands.
 */
import {
  ANYTHING,
  type Attached,
  type Holder,
  listed,
  literalText,
  mayMeet,
  type Place,
  type Policy,
  readPolicy,
  type Value,
  valueText,
} from '../access';
import type { AppTemplates, ReadResource } from './app-templates';
import { isHarmlessPolicy } from './aws-policies';
import { at, documentIn, isAbsent, textsIn } from './parts';

type Kind = Holder['kind'];

export const HOLDER_TYPES = {
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
} as const satisfies Readonly<Record<string, Kind>>;

/** Policies that name whom they are for, by the properties in which they do. */
const ATTACHING: readonly (readonly [string, Readonly<Partial<Record<Kind, string>>>])[] = [
  ['AWS::IAM::Policy', { role: 'Roles', user: 'Users', group: 'Groups' }],
  ['AWS::IAM::ManagedPolicy', { role: 'Roles', user: 'Users', group: 'Groups' }],
  ['AWS::IAM::RolePolicy', { role: 'RoleName' }],
  ['AWS::IAM::UserPolicy', { user: 'UserName' }],
  ['AWS::IAM::GroupPolicy', { group: 'GroupName' }],
];

/** A resource that says something of holders by their names. */
interface Named<T> {
  readonly kind: Kind;
  readonly account: Value;
  readonly name: Value;
  readonly of: T;
}

/** Who is called so, found by a name that is surely theirs or may be. */
class ByName<T> {
  private readonly sure = new Map<string, Named<T>[]>();
  private readonly unsure: Named<T>[] = [];
  private readonly unwritten: readonly Named<T>[];

  constructor(names: ReadonlySet<string>, all: readonly Named<T>[]) {
    for (const each of all) {
      const key = nameKey(each);
      if (!names.has(key)) this.unsure.push(each);
      else this.sure.set(key, [...(this.sure.get(key) ?? []), each]);
    }
    this.unwritten = this.unsure.filter((each) => literalText(each.name) === undefined);
  }

  /** What surely names the holder of a {@link nameKey}. */
  surely(key: string): readonly T[] {
    return (this.sure.get(key) ?? []).map(({ of }) => of);
  }

  /** What may name a holder and surely names no other. */
  perhaps({ kind, account, name }: Pick<Holder, 'kind' | 'account' | 'name'>): readonly T[] {
    // Two names that are written out and differ are two.
    const all = literalText(name) === undefined ? this.unsure : this.unwritten;
    return all
      .filter((each) => each.kind === kind && mayMeet(each.account, account) && mayMeet(each.name, name, 'no-case'))
      .map(({ of }) => of);
  }

  /** What names none of the holders surely. */
  get others(): readonly Named<T>[] {
    return this.unsure;
  }
}

function nameKey({ kind, account, name }: Pick<Holder, 'kind' | 'account' | 'name'>): string {
  return `${kind} ${valueText(account)} ${valueText(name).toLowerCase()}`;
}

export interface ReadHolder extends Holder {
  readonly resource: ReadResource;
}

/** Every role, user and group of an app; a user that a template gives an access key to, and does not make, too. */
export function holdersOf(app: AppTemplates): {
  readonly made: readonly ReadHolder[];
  readonly named: readonly Holder[];
} {
  const bare = app.ofType(...Object.keys(HOLDER_TYPES)).map((resource) => bareHolder(app, resource));
  const keyOf = new Map(bare.map((holder) => [holder, nameKey(holder)]));
  const nameKeys = new Set(keyOf.values());
  const policies = new ByName(
    nameKeys,
    ATTACHING.flatMap(([type, properties]) => attaching(app, type, properties)),
  );
  const keys = new ByName(nameKeys, naming(app, 'AWS::IAM::AccessKey', 'user', 'UserName', 'UserName'));
  const joins = new ByName(nameKeys, joining(app));
  const managed = managedPolicies(app);
  const made = bare.map((holder): ReadHolder => {
    const { kind, account, resource } = holder;
    const key = keyOf.get(holder) ?? '';
    const { properties } = resource;
    const place = (where: string) => placeOf(resource, where);
    const names = [...textsIn(at(properties, 'Groups')), ...joins.surely(key), ...joins.perhaps(holder)];
    const attached = [
      ...policies.surely(key).map((policy): Attached => ({ policy, isSure: true })),
      ...policies.perhaps(holder).map((policy): Attached => ({ policy, isSure: false })),
      ...textsIn(at(properties, 'ManagedPolicyArns')).map((arn): Attached => {
        const known = isHarmlessPolicy(valueText(arn)) ? [] : managed.get(valueText(arn));
        const policy = known ?? { unreadable: place(`ManagedPolicyArns ${valueText(arn)}`) };
        return { policy, isSure: true };
      }),
      ...names
        .filter((name) => !nameKeys.has(nameKey({ kind: 'group', account, name })))
        .map((name): Attached => ({ policy: { unreadable: place(`Groups ${valueText(name)}`) }, isSure: true })),
    ];
    return {
      ...holder,
      ...(kind === 'role' && {
        trust: readPolicy(documentIn(at(properties, 'AssumeRolePolicyDocument')), place('AssumeRolePolicyDocument')),
      }),
      held: listed(at(properties, 'Policies')).map((each) =>
        readPolicy(documentIn(at(each, 'PolicyDocument')), place('Policies')),
      ),
      attached,
      groups: names,
      handedOut: [
        ...(isAbsent(at(properties, 'LoginProfile')) ? [] : [place('LoginProfile')]),
        ...keys.surely(key),
        ...keys.perhaps(holder),
      ],
    };
  });
  return { made, named: unmadeUsers(policies.others, keys.others) };
}

function bareHolder(app: AppTemplates, resource: ReadResource): ReadHolder {
  const kind = HOLDER_TYPES[resource.type as keyof typeof HOLDER_TYPES];
  return {
    kind,
    account: app.reader(resource.source.name)?.environment.account ?? ANYTHING,
    arn: app.valueOf(resource, 'Arn'),
    name: app.valueOf(resource),
    held: [],
    place: placeOf(resource, ''),
    resource,
  };
}

/** Users that templates name without making them: nobody here sees who has their keys. */
function unmadeUsers(policies: readonly Named<Policy>[], keys: readonly Named<Place>[]): readonly Holder[] {
  const all = [
    ...policies.map(({ of, ...each }) => ({
      ...each,
      held: [of],
      place: 'unreadable' in of ? of.unreadable : of[0]?.place,
    })),
    ...keys.map(({ of, ...each }) => ({ ...each, held: [], place: of })),
  ];
  return all
    .filter(({ kind }) => kind === 'user')
    .flatMap(({ account, name, held, place }): Holder[] =>
      place
        ? [
            {
              kind: 'user',
              account,
              name,
              arn: ['arn:', { any: true }, ':iam::', ...account, ':user/', { any: true }],
              held,
              handedOut: [place],
              place,
            },
          ]
        : [],
    );
}

function attaching(
  app: AppTemplates,
  type: string,
  properties: Readonly<Partial<Record<Kind, string>>>,
): Named<Policy>[] {
  return app.ofType(type).flatMap((resource) => {
    const policy = readPolicy(
      documentIn(at(resource.properties, 'PolicyDocument')),
      placeOf(resource, 'PolicyDocument'),
    );
    return Object.entries(properties).flatMap(([kind, property]) =>
      namesIn(app, resource, kind as Kind, property).map((each) => ({ ...each, of: policy })),
    );
  });
}

function naming(app: AppTemplates, type: string, kind: Kind, property: string, where: string): Named<Place>[] {
  return app
    .ofType(type)
    .flatMap((resource) =>
      namesIn(app, resource, kind, property).map((each) => ({ ...each, of: placeOf(resource, where) })),
    );
}

/** Users, and the names of groups into which they are put from elsewhere. */
function joining(app: AppTemplates): Named<Value>[] {
  return app.ofType('AWS::IAM::UserToGroupAddition').flatMap((resource) => {
    const [group = ANYTHING] = textsIn(at(resource.properties, 'GroupName'));
    return namesIn(app, resource, 'user', 'Users').map((each) => ({ ...each, of: group }));
  });
}

function namesIn(app: AppTemplates, resource: ReadResource, kind: Kind, property: string): Omit<Named<never>, 'of'>[] {
  const account = app.reader(resource.source.name)?.environment.account ?? ANYTHING;
  return textsIn(at(resource.properties, property)).map((name) => ({ kind, account, name }));
}

function managedPolicies(app: AppTemplates): ReadonlyMap<string, Policy> {
  return new Map(
    app
      .ofType('AWS::IAM::ManagedPolicy')
      .map((resource) => [
        valueText(app.valueOf(resource)),
        readPolicy(documentIn(at(resource.properties, 'PolicyDocument')), placeOf(resource, 'PolicyDocument')),
      ]),
  );
}

export function placeOf({ source, logicalId }: Pick<ReadResource, 'source' | 'logicalId'>, where: string): Place {
  return { scope: source.name, id: logicalId, at: where };
}
