/**
 * Resources by which somebody acts as a role of ours without being trusted by it: callers of an API, users of a file
 * transfer, holders of an access grant. A type that nobody has looked at may lend every role that it names.
 */
import {
  ANY,
  ANYTHING,
  arnParts,
  covers,
  type Holder,
  literalText,
  mayMeet,
  type Ours,
  plainJson,
  readPolicy,
  statementsOf,
  type Value,
  valueText,
  type Who,
} from '../access';
import type { AppTemplates, ReadResource } from './app-templates';
import type { ReadDoor } from './doors';
import type { ReadHolder } from './holders';
import { placeOf } from './holders';
import { allTexts, at, documentIn, documentsIn, isAbsent, membersNamed, textsIn } from './parts';
import { classOf } from './resource-types';

/** What a lender comes to as a statement; its text says it in words. */
const ANYBODY = plainJson({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] });

/** Where a type names the role that it lends, and who acts by it. */
interface Lending {
  readonly roles: (resource: ReadResource) => readonly Value[];
  readonly where: string;
  readonly who: string;
}

const under =
  (...path: readonly string[]) =>
  ({ properties }: ReadResource) =>
    textsIn(at(properties, ...path));

/** Whatever an API's definition has under `credentials`, at any depth. */
const inDefinition = ({ properties }: ReadResource) => [
  ...membersNamed(at(properties, 'Body'), 'credentials').flatMap(textsIn),
  ...textsIn(at(properties, 'CredentialsArn')),
];

const LENDERS: Readonly<Record<string, Lending>> = {
  'AWS::ApiGateway::Method': {
    roles: (resource) =>
      textsIn(at(resource.properties, 'AuthorizationType')).every((type) => literalText(type) === 'AWS_IAM') &&
      textsIn(at(resource.properties, 'AuthorizationType')).length > 0
        ? []
        : under('Integration', 'Credentials')(resource),
    where: 'Integration',
    who: 'a role that anyone who may call the API acts by',
  },
  'AWS::ApiGateway::RestApi': {
    roles: inDefinition,
    where: 'Body',
    who: 'a role that anyone who may call the API acts by',
  },
  'AWS::ApiGatewayV2::Api': {
    roles: inDefinition,
    where: 'Body',
    who: 'a role that anyone who may call the API acts by',
  },
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': {
    roles: under('Integration', 'CredentialsArn'),
    where: 'Integration',
    who: 'a role that anyone who may call the API acts by',
  },
  'AWS::ApiGatewayV2::Integration': {
    roles: under('CredentialsArn'),
    where: 'CredentialsArn',
    who: 'a role that anyone who may call the API acts by',
  },
  'AWS::AppStream::Fleet': {
    roles: under('IamRoleArn'),
    where: 'IamRoleArn',
    who: 'a role that users of the fleet act by',
  },
  'AWS::AppSync::DataSource': {
    roles: under('ServiceRoleArn'),
    where: 'ServiceRoleArn',
    who: 'a role that anyone who may call the API acts by',
  },
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': {
    roles: under('IamRoleArn'),
    where: 'IamRoleArn',
    who: 'a role that members of a channel act by',
  },
  'AWS::Chatbot::SlackChannelConfiguration': {
    roles: under('IamRoleArn'),
    where: 'IamRoleArn',
    who: 'a role that members of a channel act by',
  },
  'AWS::CleanRooms::ConfiguredTableAssociation': {
    roles: under('RoleArn'),
    where: 'RoleArn',
    who: 'a role that members of the collaboration act by',
  },
  'AWS::Transfer::Access': {
    roles: under('Role'),
    where: 'Role',
    who: 'a role that members of a directory group act by',
  },
  'AWS::Transfer::Agreement': {
    roles: under('AccessRole'),
    where: 'AccessRole',
    who: 'a role that a trading partner acts by',
  },
  'AWS::Transfer::User': {
    roles: under('Role'),
    where: 'Role',
    who: 'a role that anyone who has a key of this user acts by',
  },
};

/** Everything in an app that lends a role. */
export function lendersOf(app: AppTemplates, made: readonly ReadHolder[]): readonly ReadDoor[] {
  return [
    ...Object.entries(LENDERS).flatMap(([type, { roles, where, who }]) =>
      app.ofType(type).flatMap((resource) =>
        roles(resource)
          // `arn:aws:iam::*:user/*` means the caller.
          .filter((role) => !/^arn:aws[\w-]*:iam::\*:user\/\\?\*$/.test(valueText(role)))
          .map((role) => lender(app, resource, role, where, who)),
      ),
    ),
    ...signedMethods(app),
    ...lentElsewhere(app, made),
    ...accessGrants(app),
    ...unknownTypes(app, made),
  ];
}

function lender(app: AppTemplates, resource: ReadResource, lends: Value, where: string, who: string): ReadDoor {
  const place = placeOf(resource, where);
  const policy = statementsOf(readPolicy(ANYBODY, place)).map((each) => ({ ...each, text: who }));
  return { kind: 'lender', account: accountOf(app, resource), names: [], policy, lends, place, resource };
}

/**
 * Callers that sign are of our account, or whom the API's own policy lets call it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
function signedMethods(app: AppTemplates): readonly ReadDoor[] {
  const apis = new Map(app.ofType('AWS::ApiGateway::RestApi').map((api) => [valueText(app.valueOf(api)), api]));
  return app.ofType('AWS::ApiGateway::Method').flatMap((resource) => {
    const api = under('RestApiId')(resource)
      .map((id) => apis.get(valueText(id)))
      .find((each) => each !== undefined);
    const document = api ? at(api.properties, 'Policy') : undefined;
    if (!api || !document || isAbsent(document)) return [];
    const place = placeOf(api, 'Policy');
    const policy = readPolicy(documentIn(document), place);
    return under(
      'Integration',
      'Credentials',
    )(resource).map(
      (lends): ReadDoor => ({
        kind: 'lender',
        account: accountOf(app, resource),
        names: [],
        policy,
        lends,
        place,
        resource,
      }),
    );
  });
}

function accountOf(app: AppTemplates, { source }: ReadResource): Value {
  return app.reader(source.name)?.environment.account ?? ANYTHING;
}

/**
 * What says elsewhere which roles it lends: a server that gets them from a function or an API with who somebody is, and an API
 * whose definition lies in a bucket. Any role that trusts the service may be meant.
 */
function lentElsewhere(app: AppTemplates, made: readonly ReadHolder[]): readonly ReadDoor[] {
  const asking = app
    .ofType('AWS::Transfer::Server')
    .filter(({ properties }) =>
      textsIn(at(properties, 'IdentityProviderType')).some((type) => literalText(type) !== 'SERVICE_MANAGED'),
    );
  const defined = app
    .ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => !isAbsent(at(properties, 'BodyS3Location')));
  const lent = (all: readonly ReadResource[], service: string, where: string, who: string) => {
    const roles = all.length === 0 ? [] : trusting(made, service);
    return all.flatMap((resource) =>
      roles
        .filter(({ account }) => mayMeet(account, accountOf(app, resource)))
        .map(({ arn }) => lender(app, resource, arn, where, who)),
    );
  };
  return [
    ...lent(asking, 'transfer', 'IdentityProviderDetails', 'a role that anyone its identity provider knows acts by'),
    ...lent(defined, 'apigateway', 'BodyS3Location', 'a role that anyone who may call the API acts by'),
  ];
}

/** The roles that a service may assume. */
function trusting(made: readonly ReadHolder[], service: string): readonly ReadHolder[] {
  return made.filter(({ kind, trust }) =>
    statementsOf(kind === 'role' ? trust : undefined).some(
      ({ effect, who }) =>
        effect === 'Allow' &&
        who.some((each) => each.by === 'service' && mayMeet(each.name, [`${service}.amazonaws.com`])),
    ),
  );
}

/** A grant lets somebody act as the role of its location; one for somebody of the company's directory is for our own people. */
function accessGrants(app: AppTemplates): readonly ReadDoor[] {
  const locations = app.ofType('AWS::S3::AccessGrantsLocation');
  return app.ofType('AWS::S3::AccessGrant').flatMap((resource) => {
    const { properties } = resource;
    const types = textsIn(at(properties, 'Grantee', 'GranteeType')).map(literalText);
    if (types.length > 0 && types.every((type) => type?.startsWith('DIRECTORY_'))) return [];
    const ids = textsIn(at(properties, 'AccessGrantsLocationId')).map(valueText);
    const Principal = { members: [['AWS', at(properties, 'Grantee', 'GranteeIdentifier')]] } as const;
    const document = {
      members: [
        [
          'Statement',
          {
            members: [
              ['Effect', { text: ['Allow'] }],
              ['Principal', Principal],
              ['Action', { text: ['sts:AssumeRole'] }],
            ],
          },
        ],
      ],
    } as const;
    return locations
      .filter((location) => ids.includes(valueText(app.valueOf(location))))
      .flatMap((location) => under('IamRoleArn')(location))
      .map((lends): ReadDoor => {
        const place = placeOf(resource, 'Grantee');
        return {
          kind: 'lender',
          account: accountOf(app, resource),
          names: [],
          policy: readPolicy(document, place),
          lends,
          place,
          resource,
        };
      });
  });
}

/** What a type does with the roles that it names is not known: it may act as them for anybody. */
function unknownTypes(app: AppTemplates, made: readonly ReadHolder[]): readonly ReadDoor[] {
  const unknown = app.resources.filter(({ type }) => classOf(type) === 'unknown');
  if (unknown.length === 0) return [];
  const roles = new Map(
    made
      .filter(({ kind }) => kind === 'role')
      .flatMap(({ arn, name }) => [arn, name].map((each) => [valueText(each), arn] as const)),
  );
  return unknown.flatMap((resource) => {
    const texts = new Set(allTexts(resource.properties).map(valueText));
    const lent = new Set([...texts].map((text) => roles.get(text)).filter((arn) => arn !== undefined));
    return [...lent].map((arn) =>
      lender(app, resource, arn, 'Properties', `a role that ${resource.type} acts by, for anyone it likes`),
    );
  });
}

/**
 * Policies that unknown types hold, as those of somebody whose credentials outsiders have: nobody knows whose they are.
 * What is said in them for our own accounts alone is left out.
 */
export function unknownHolders(app: AppTemplates, ours: Ours): readonly Holder[] {
  return app.resources
    .filter(({ type }) => classOf(type) === 'unknown' || type === 'Custom::AWS')
    .flatMap((resource) => {
      const place = placeOf(resource, 'Properties');
      const policies = documentsIn(resource.properties).map((document) => readPolicy(document, place));
      const held = policies.map((policy) => statementsOf(policy).filter(({ who }) => !areOurs(who, ours)));
      if (held.every((statements) => statements.length === 0)) return [];
      const account = accountOf(app, resource);
      const name: Value = [{ scope: resource.source.name, id: resource.logicalId, attribute: 'policy' }];
      const arn: Value = ['arn:', ANY, ':iam::', ...account, ':role/', ...name];
      return [{ kind: 'role', account, name, arn, held, handedOut: [place], place }];
    });
}

/** Whether a statement says who, and all of them are of our accounts. */
export function areOurs(who: readonly Who[], { accounts }: Ours): boolean {
  const accountOfOne = (each: Who) =>
    each.by === 'account' ? each.account : each.by === 'principal' ? arnParts(each.arn)?.account : undefined;
  return (
    who.length > 0 &&
    who.every((each) => {
      const account = accountOfOne(each);
      return account !== undefined && covers(accounts, account);
    })
  );
}
