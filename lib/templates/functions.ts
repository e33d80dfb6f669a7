/**
 * Functions. What a function does it does as its role, for those who may call it and those who may change its code: nobody
 * here reads the code.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
import { ANY, ANYTHING, type Json, mayMeet, readPolicy, type Value, valueText } from '../access';
import type { AppTemplates, ReadResource } from './app-templates';
import type { ReadDoor } from './doors';
import { placeOf } from './holders';
import { at, documentIn, isAbsent, textsIn } from './parts';

/** Every function as what runs as its role, and each permission or policy by which one is called as what lends that role. */
export function functionDoors(app: AppTemplates): readonly ReadDoor[] {
  const functions = app.ofType('AWS::Lambda::Function');
  if (functions.length === 0) return [];
  const byName = functionsByName(app, functions);
  const roleOf = ({ properties }: ReadResource) => textsIn(at(properties, 'Role'))[0] ?? ANYTHING;
  const lending = (resource: ReadResource, where: string, named: string): readonly ReadDoor[] => {
    const place = placeOf(resource, where);
    const policy = readPolicy(
      where === 'Principal' ? permitted(resource) : documentIn(at(resource.properties, where)),
      place,
    );
    const called = textsIn(at(resource.properties, named)).flatMap(
      (name) => byName.get(valueText(name)) ?? functions.filter((each) => mayBeCalled(name, each, app)),
    );
    const account = accountOf(app, resource);
    return [...new Set(called)].map((each) => ({
      kind: 'lender',
      account,
      names: [],
      policy,
      lends: roleOf(each),
      place,
      resource,
    }));
  };
  return [
    ...functions.map((resource): ReadDoor => {
      const arn = app.valueOf(resource, 'Arn');
      const names = [arn, [...arn, ':', ANY]];
      const place = placeOf(resource, 'Role');
      const rows = ['lambda', 'edgelambda'];
      return {
        kind: 'runner',
        account: accountOf(app, resource),
        names,
        lends: roleOf(resource),
        rows,
        place,
        resource,
      };
    }),
    ...app.ofType('AWS::Lambda::Permission').flatMap((resource) => lending(resource, 'Principal', 'FunctionName')),
    ...app
      .ofType('AWS::Lambda::ResourcePolicy')
      .flatMap((resource) => lending(resource, 'PolicyDocument', 'ResourceArn')),
  ];
}

function accountOf(app: AppTemplates, { source }: ReadResource): Value {
  return app.reader(source.name)?.environment.account ?? ANYTHING;
}

/** Functions by their names and ARNs, and by those of their aliases and versions. */
function functionsByName(
  app: AppTemplates,
  functions: readonly ReadResource[],
): ReadonlyMap<string, readonly ReadResource[]> {
  const byName = new Map<string, readonly ReadResource[]>();
  for (const resource of functions) {
    byName.set(valueText(app.valueOf(resource)), [resource]);
    byName.set(valueText(app.valueOf(resource, 'Arn')), [resource]);
  }
  for (const resource of app.ofType('AWS::Lambda::Alias', 'AWS::Lambda::Version')) {
    const of = textsIn(at(resource.properties, 'FunctionName')).map((name) => byName.get(valueText(name)));
    if (of.every((found) => found !== undefined)) byName.set(valueText(app.valueOf(resource)), of.flat());
  }
  return byName;
}

/** Whether a function may be meant by its name, or by its whole ARN or a part of it, with an alias or version or without. */
function mayBeCalled(name: Value, resource: ReadResource, app: AppTemplates): boolean {
  const own = app.valueOf(resource);
  return [own, [ANY, ':function:', ...own]].some((form) => mayMeet(name, form) || mayMeet(name, [...form, ':', ANY]));
}

/** The statement that a permission adds to the function's policy. */
function permitted({ properties }: ReadResource): Json {
  const given = (property: string) => at(properties, property);
  const condition = (operator: string, key: string, value: Json): [string, Json][] =>
    isAbsent(value) ? [] : [[operator, { members: [[key, value]] }]];
  const isService = textsIn(given('Principal')).every((value) => /\.amazonaws\.com(?:\.cn)?$/.test(valueText(value)));
  return {
    members: [
      [
        'Statement',
        {
          members: [
            ['Effect', { text: ['Allow'] }],
            ['Principal', { members: [[isService ? 'Service' : 'AWS', given('Principal')]] }],
            ['Action', given('Action')],
            [
              'Condition',
              {
                members: [
                  ...condition('StringEquals', 'aws:SourceAccount', given('SourceAccount')),
                  ...condition('ArnLike', 'aws:SourceArn', given('SourceArn')),
                  ...condition('StringEquals', 'aws:PrincipalOrgID', given('PrincipalOrgID')),
                ],
              },
            ],
          ],
        },
      ],
    ],
  };
}
