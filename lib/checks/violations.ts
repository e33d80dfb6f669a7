/**
 * Everything that is not as it is meant in the templates of an app. A closed world: whatever reaches a client's bucket, its
 * key, or an integration's role, user, secret or profile is either exactly what the rules make of an intent, or a violation.
 */

import { literalText } from '../access';
import { entrancesOf, type Finding, judgement } from '../proof';
import { at, type ReadResource, textsIn } from '../templates';
import { accessPoints, bucketGuards, withoutBucket } from './bucket-settings';
import { internalPrincipals } from './internal-principals';
import type { JudgedApp } from './judged-app';
import { otherDoors } from './other-doors';
import { kept, principalProperties } from './principal-properties';
import { accessKeys, instanceProfiles, profiles, trustAnchors } from './principal-settings';
import { shownSecrets } from './shown-secrets';
import { type Violation, violation } from './violation';

/** @param isAcknowledged whether somebody has acknowledged a violation */
export function violationsOf(
  judged: JudgedApp,
  isAcknowledged: (violation: Violation) => boolean = () => false,
): readonly Violation[] {
  // Where nothing is meant, nothing is guarded.
  if (judged.meant.buckets.length + judged.meant.integrations.length === 0) return [];
  return [...reaching(judged, isAcknowledged), ...CHECKS.flatMap((check) => check(judged))];
}

/**
 * What the one judgement finds. Of several ways to the same place it gives the shortest; where that is acknowledged, the others
 * are looked for without it.
 */
function reaching(judged: JudgedApp, isAcknowledged: (violation: Violation) => boolean): readonly Violation[] {
  const all: Finding[] = [];
  const seen = new Set<string>();
  const known = new Set<string>();
  for (let size = -1, findings = judged.judgement.findings; size < known.size; ) {
    size = known.size;
    const added = findings.filter(({ rule, place, value }) => {
      const key = JSON.stringify([rule, place.scope, place.id, place.at, value]);
      return !seen.has(key) && seen.add(key);
    });
    all.push(...added);
    const paths = added.filter(isAcknowledged).flatMap(({ path }) => path ?? []);
    for (const entrance of entrancesOf(paths)) known.add(entrance);
    if (known.size > size) findings = judgement(judged.world, judged.meant, judged.index, known).findings;
  }
  return all;
}

const CHECKS: readonly ((judged: JudgedApp) => readonly Violation[])[] = [
  withoutBucket,
  bucketGuards,
  accessPoints,
  otherDoors,
  accessKeys,
  instanceProfiles,
  profiles,
  trustAnchors,
  principalProperties,
  internalPrincipals,
  kept,
  shownSecrets,
  unread,
];

/** Templates that are rewritten when they are deployed, or are elsewhere, so that nobody here sees what they make. */
function unread({ app }: JudgedApp): readonly Violation[] {
  const rewritten = app.sources.flatMap((source): Violation[] => {
    const rewriters = app.rewriters(source);
    if (rewriters.length === 0) return [];
    const reason = `the template does not show what ${rewriters.join(', ')} makes of it`;
    return [
      {
        rule: 'unread-template',
        place: { scope: source.name, id: 'Transform', at: 'Transform' },
        reason,
        value: rewriters.join(),
      },
    ];
  });
  const nested = app.resources
    .filter((resource) => app.isUnreadStack(resource) && !isRotationOfAws(resource))
    .map((resource) =>
      violation('unread-template', resource, 'TemplateURL', 'the template of this stack is not in the app'),
    );
  return [...rewritten, ...nested];
}

/**
 * The functions that AWS publishes for rotating passwords of databases, which the CDK deploys.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html
 */
function isRotationOfAws({ type, properties }: ReadResource): boolean {
  if (type !== 'AWS::Serverless::Application') return false;
  const ids = textsIn(at(properties, 'Location', 'ApplicationId')).map((id) => literalText(id) ?? '');
  return (
    ids.length > 0 &&
    ids.every((id) =>
      /^arn:aws[\w-]*:serverlessrepo:[\w-]+:(?:297356227824|193023089310|023102451235):applications\/SecretsManager\w+$/.test(
        id,
      ),
    )
  );
}
