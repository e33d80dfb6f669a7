/**
 * What constructs note of what they are meant to be, where the checks find it: on the construct itself, by a symbol that all
 * copies of this package share which know one form of it.
 */
import type { BucketIntent, Intent, InternalIntent } from './intent';
import type { BucketSettings, PrincipalSettings } from './meant-settings';

/** The form of a {@link RecordedIntent}. From the first release on another form has another number; settings are a part of the first. */
export const INTENT_FORMAT = 1;

const SYMBOL = 'cdk-bucket-integrations/intent@';

/** Under which a construct carries its intent. */
export const RECORDED_INTENT = Symbol.for(`${SYMBOL}${INTENT_FORMAT}`);

/** An intent, whose texts may hold CDK tokens, and its note in the template's metadata. */
export type RecordedIntent = {
  /** The key of the metadata under which it is noted. */
  readonly key: string;
  /** The text that is noted there. */
  readonly note: () => string;
} /** An existing bucket has no settings of ours. */ & (
  | { readonly of: 'bucket'; readonly intent: BucketIntent; readonly settings?: BucketSettings }
  /** `bucket` is the construct path of the client's bucket; a vendor that acts as itself has no settings of ours. */
  | {
      readonly of: 'integration';
      readonly intent: Intent;
      readonly bucket: string;
      readonly settings?: PrincipalSettings;
    }
  | { readonly of: 'internal'; readonly intent: InternalIntent; readonly bucket: string }
);

/** The intent that a construct carries, if it does. */
export function recordedIntent(construct: object): RecordedIntent | undefined {
  return (construct as { readonly [RECORDED_INTENT]?: RecordedIntent })[RECORDED_INTENT];
}

/** The forms in which a construct carries intents that this copy of the package does not know. */
export function otherFormats(construct: object): readonly string[] {
  const symbols = Object.getOwnPropertySymbols(construct);
  if (symbols.length === 0) return [];
  return symbols.flatMap((symbol) => {
    const { description = '' } = symbol;
    return symbol !== RECORDED_INTENT && description.startsWith(SYMBOL) ? [description.slice(SYMBOL.length)] : [];
  });
}
