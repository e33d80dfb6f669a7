/** Whether roles, users and access points of integrations are exactly what they are meant to be. */
import { allowsOf, type Door, type Holder, type Statement, statementsOf, valueText, type World } from '../access';
import type { Finding } from './finding';
import type { MeantIntegration } from './meant';
import type { MeantIndex } from './meant-index';
import { difference } from './words';

export function exactness(world: World, index: MeantIndex): readonly Finding[] {
  return [
    ...world.holders.flatMap((holder) => {
      const integration = index.integrationOf(holder);
      return integration ? ofPrincipal(holder, integration) : [];
    }),
    ...world.doors.flatMap((door) => {
      const integration = index.pointOf(door);
      return integration ? ofAccessPoint(door, integration, index) : [];
    }),
  ];
}

function ofPrincipal(holder: Holder, { intent, trust, access = [] }: MeantIntegration): readonly Finding[] {
  const { integration } = intent;
  const find = (rule: Finding['rule'], at: string, reason: string, value: string, extra?: Statement): Finding => ({
    rule,
    place: { ...holder.place, at },
    integration,
    reason,
    value,
    ...(extra && { extra }),
  });
  const otherTrust = trust && difference(statementsOf(holder.trust), trust);
  const otherAccess = difference(holder.held.flatMap(statementsOf), access);
  return [
    ...(otherTrust === undefined
      ? []
      : [
          find(
            'changed-trust',
            'AssumeRolePolicyDocument',
            `it is not the trust that ${integration} is meant to have: ${otherTrust.words}`,
            otherTrust.value,
            otherTrust.extra,
          ),
        ]),
    ...(otherAccess === undefined
      ? []
      : [
          find(
            'changed-access',
            'Policies',
            `it is not the access that ${integration} is meant to have: ${otherAccess.words}`,
            otherAccess.value,
            otherAccess.extra,
          ),
        ]),
    ...attached(holder, integration),
    ...((holder.groups ?? []).length > 0
      ? [
          find(
            'more-access',
            'Groups',
            `the user of ${integration} has the policies of a group`,
            (holder.groups ?? []).map(valueText).sort().join(),
          ),
        ]
      : []),
    ...(holder.handedOut ?? [])
      .filter(({ at }) => at === 'LoginProfile')
      .map(() =>
        find('more-access', 'LoginProfile', `the user of ${integration} can sign in to the console`, 'LoginProfile'),
      ),
  ];
}

/** Policies that surely add to an integration's own. */
function attached({ attached: all = [] }: Holder, integration: string): readonly Finding[] {
  return all
    .filter(({ isSure }) => isSure)
    .flatMap(({ policy }) => allowsOf(policy).slice(0, 1))
    .map(({ place, text }) => ({
      rule: 'more-access',
      place,
      integration,
      value: text,
      reason: place.at.startsWith('ManagedPolicyArns')
        ? `managed policies add to what ${integration} is meant to have`
        : `it adds to what ${integration} is meant to have`,
    }));
}

function ofAccessPoint(door: Door, integration: MeantIntegration, index: MeantIndex): readonly Finding[] {
  const { intent, accessPoint, bucket } = integration;
  const changed = (at: string, reason: string, value: string): Finding => ({
    rule: 'changed-access',
    place: { ...door.place, at },
    integration: intent.integration,
    reason,
    value,
  });
  const other = accessPoint && difference(statementsOf(door.policy), accessPoint.statements);
  const leads = door.lends !== undefined && index.bucketArn(bucket) === valueText(door.lends);
  return [
    ...(other === undefined
      ? []
      : [
          changed(
            'Policy',
            `it is not the access that ${intent.integration} is meant to have: ${other.words}`,
            other.value,
          ),
        ]),
    ...(leads
      ? []
      : [
          changed(
            'Bucket',
            `it is not the access point of ${intent.integration}'s bucket`,
            valueText(door.lends ?? []),
          ),
        ]),
  ];
}
