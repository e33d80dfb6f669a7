import { Lazy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * Notes what is meant in the metadata of a construct's template, as one JSON text: CloudFormation works out no
 * references in a template's metadata, and may not want to see any there.
 */
export function recordIntent(scope: Construct, key: string, intent: unknown): void {
  const stack = Stack.of(scope);
  stack.addMetadata(key, Lazy.string({ produce: () => JSON.stringify(stack.resolve(intent)) }));
}
