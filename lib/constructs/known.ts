import { Token } from 'aws-cdk-lib/core';

/**
 * What `valueFromLookup` gives until the CDK has looked: a construct that refused it would stop the look-up.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/get-context-var.html
 */
const NOT_LOOKED_UP = /dummy-value-for-/;

/** Whether a value is there at synth; of others nothing can be said. */
export function isKnown(value: string): boolean {
  return !Token.isUnresolved(value) && !NOT_LOOKED_UP.test(value);
}

/** The members that are known at synth. */
export function literal(values: readonly (string | undefined)[] | undefined): string[] {
  return (values ?? []).filter((value): value is string => value !== undefined && isKnown(value));
}

/** A value where it is known at synth. */
export function known(value: string | undefined): string | undefined {
  return value !== undefined && isKnown(value) ? value : undefined;
}

/** Whether anything among properties waits for a look-up: then nothing can be made of them yet that lasts. */
export function awaitsLookUp(value: unknown): boolean {
  if (typeof value === 'string') return !Token.isUnresolved(value) && NOT_LOOKED_UP.test(value);
  if (Array.isArray(value)) return value.some(awaitsLookUp);
  // Of objects only plain ones: constructs hold the whole app.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).some(awaitsLookUp);
}
