import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import type { Ask } from './cases';
import { document, HOME, type WorldFile } from './world-file';

const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Whether AWS would allow a request in the world of a case, as the simulator sees it. */
export async function simulated(
  file: WorldFile,
  { who, action, on, policy, holder, context = {} }: Ask,
): Promise<boolean> {
  const all = { ...file.roles, ...file.users };
  const given =
    policy === 'bucket' || policy === 'key' || policy === 'secret' ? file[policy] : all[policy ?? '']?.trust;
  const held = holder === undefined ? undefined : (all[holder]?.allows ?? []);
  const identity = held ? document(held, 'policy') : ANYTHING;
  const isArn = who.startsWith('arn:');
  const result = await runSimulation(
    {
      request: {
        principal: who === 'anonymous' ? anonymousPrincipal : who,
        action,
        resource: { resource: on, accountId: HOME },
        contextVariables: {
          ...(isArn && { 'aws:PrincipalArn': who, 'aws:PrincipalAccount': who.split(':')[4] ?? '' }),
          ...context,
        },
      },
      identityPolicies: who === 'anonymous' ? [] : [{ name: 'own', policy: identity }],
      resourcePolicy: given ? document(given, all[policy ?? ''] ? 'trust' : 'policy') : undefined,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  if (result.resultType !== 'single') throw new Error(`${action} was taken for a pattern`);
  return result.overallResult === 'Allowed';
}
