import { Lazy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RECORDED_INTENT, type RecordedIntent } from '../rules/recorded-intent';

type Given = RecordedIntent extends infer Each ? (Each extends RecordedIntent ? Omit<Each, 'note'> : never) : never;

/**
 * Records what a construct is meant to be: on the construct, where the confinement checks find it and nothing can change it
 * afterwards, and for people and `diff` in the metadata of its template, as one JSON text. CloudFormation works out no
 * references in a template's metadata, and may not want to see any there.
 *
 * @param noted what the metadata says
 */
export function recordIntent(scope: Construct, given: Given, noted: unknown): void {
  const stack = Stack.of(scope);
  let written: string | undefined;
  const produce = () => {
    // Some references are settled only when the template is written.
    written = JSON.stringify(stack.resolve(noted));
    return written;
  };
  stack.addMetadata(given.key, Lazy.string({ produce }));
  const note = () => written ?? produce();
  Object.defineProperty(scope, RECORDED_INTENT, { value: frozen({ ...structuredClone(given), note }) });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
