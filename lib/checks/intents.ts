/**
 * What the constructs of an app are meant to be, as they carry it, and whether the metadata of the templates says the same.
 */
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Json } from '../access';
import { type Meant, meantBucket, meantIntegration, meantInternal, type Site } from '../proof';
import { BUCKET_INTENT_KEY, INTENT_KEY, INTERNAL_INTENT_KEY, type Intent } from '../rules/intent';
import { INTENT_FORMAT, otherFormats, type RecordedIntent, recordedIntent } from '../rules/recorded-intent';
import { type AppTemplates, section, type TemplateSource } from '../templates';
import type { TokenReader } from './token-reader';
import type { Violation } from './violation';

const NOTES = [INTENT_KEY, BUCKET_INTENT_KEY, INTERNAL_INTENT_KEY];

/** An intent, the construct that carries it, and its stack. */
export interface IntentInApp {
  readonly recorded: RecordedIntent;
  readonly path: string;
  readonly stack: Stack;
}

/** The intents that the constructs of some stacks carry, and those in a form that this version of the package cannot read. */
export function intentsIn(
  constructs: readonly IConstruct[],
  sources: readonly TemplateSource[],
): { readonly intents: readonly IntentInApp[]; readonly unreadable: readonly Violation[] } {
  const names = new Set(sources.map(({ name }) => name));
  const intents: IntentInApp[] = [];
  const unreadable: Violation[] = [];
  for (const construct of constructs) {
    const recorded = recordedIntent(construct);
    const others = otherFormats(construct);
    if (!recorded && others.length === 0) continue;
    const stack = Stack.of(construct);
    if (!names.has(stack.node.path)) continue;
    const { path, id } = construct.node;
    if (recorded) intents.push({ recorded, path, stack });
    for (const format of others) {
      const reason = `its intent has the format ${format}, of another version of this package: these checks read format ${INTENT_FORMAT}`;
      unreadable.push({
        rule: 'forged-intent',
        place: { scope: stack.node.path, id, at: 'Metadata' },
        reason,
        value: format,
      });
    }
  }
  return { intents, unreadable };
}

/** What is meant, in the model's words. */
export function meantBy(
  intents: readonly IntentInApp[],
  app: AppTemplates,
  tokens: TokenReader,
): Omit<Meant, 'secrets'> {
  const meant: { [K in 'buckets' | 'integrations' | 'internal']: Meant[K][number][] } = {
    buckets: [],
    integrations: [],
    internal: [],
  };
  for (const { recorded, path, stack } of intents) {
    const environment = app.reader(stack.node.path)?.environment;
    if (!environment) continue;
    const site: Site = { scope: stack.node.path, ...environment, read: (value) => tokens.read(value, stack) };
    switch (recorded.of) {
      case 'bucket':
        meant.buckets.push(meantBucket(path, recorded.intent, site));
        break;
      case 'integration':
        meant.integrations.push(meantIntegration(recorded.bucket, recorded.intent, site));
        break;
      case 'internal':
        meant.internal.push(meantInternal(recorded.bucket, recorded.intent, site));
        break;
      default:
        recorded satisfies never;
    }
  }
  return meant;
}

/** What is meant beside policies: of a bucket by its construct's path, of an integration by its intent. */
export function settingsBy(intents: readonly IntentInApp[], tokens: TokenReader): ReadonlyMap<string | Intent, Json> {
  const all = new Map<string | Intent, Json>();
  for (const { recorded, path, stack } of intents) {
    if (recorded.of === 'internal' || !recorded.settings) continue;
    all.set(recorded.of === 'bucket' ? path : recorded.intent, tokens.read(recorded.settings, stack));
  }
  return all;
}

/** Notes in metadata that are not those of the constructs. */
export function forgedNotes(intents: readonly IntentInApp[], sources: readonly TemplateSource[]): readonly Violation[] {
  const meant = new Map<string, Map<string, RecordedIntent>>();
  for (const { recorded, stack } of intents) {
    const { path } = stack.node;
    meant.set(path, (meant.get(path) ?? new Map()).set(recorded.key, recorded));
  }
  return sources.flatMap((source) => {
    const own = meant.get(source.name) ?? new Map<string, RecordedIntent>();
    const noted = section(source, 'Metadata');
    const forged = (key: string, reason: string): Violation => ({
      rule: 'forged-intent',
      place: { scope: source.name, id: key, at: 'Metadata' },
      reason,
      value: JSON.stringify(noted[key] ?? null),
    });
    const strange = Object.keys(noted).filter((key) => NOTES.some((start) => key.startsWith(start)) && !own.has(key));
    return [
      ...[...own]
        .filter(([key, recorded]) => noted[key] !== recorded.note())
        .map(([key]) => forged(key, 'the metadata differs from what its construct is meant to be')),
      ...strange.map((key) => forged(key, 'the metadata names an intent that no construct has')),
    ];
  });
}
