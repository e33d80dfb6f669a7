/**
 * Everything that is not as it is meant in the templates of an app. A closed world: whatever reaches a client's bucket, its
 * key, or an integration's role, user, secret or profile is either exactly what the rules make of an intent, or a violation.
 */
import { accessPoints, bucketGuards, withoutBucket } from './bucket-settings';
import type { JudgedApp } from './judged-app';
import { otherDoors } from './other-doors';
import { kept, principalProperties } from './principal-properties';
import { accessKeys, instanceProfiles, profiles, trustAnchors } from './principal-settings';
import { shownSecrets } from './shown-secrets';
import { type Violation, violation } from './violation';

export function violationsOf(judged: JudgedApp): readonly Violation[] {
  // Where nothing is meant, nothing is guarded.
  if (judged.meant.buckets.length + judged.meant.integrations.length === 0) return [];
  return [...judged.judgement.findings, ...CHECKS.flatMap((check) => check(judged))];
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
    return [{ rule: 'unread-template', place: { scope: source.name, id: 'Transform', at: 'Transform' }, reason }];
  });
  const nested = app.resources
    .filter((resource) => app.isUnreadStack(resource))
    .map((resource) =>
      violation('unread-template', resource, 'TemplateURL', 'the template of this stack is not in the app'),
    );
  return [...rewritten, ...nested];
}
