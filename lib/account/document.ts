import { isObject, type JsonObject, NotJson, parseJson } from './json';
import { Mismatch, orNull, type Shape } from './shape';

/**
 * A policy document. A text is one that nobody can read, so that nobody knows what it allows: it counts as everything.
 */
export type PolicyDocument = JsonObject | string;

/**
 * Far more than AWS takes of any policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const BOUNDS = { length: 1_000_000, depth: 100, values: 200_000 };

/** A policy document as object, as JSON text, or as URL-encoded JSON text, which is how IAM's API gives it. */
export const policyDocument: Shape<PolicyDocument> = {
  schema: { type: ['object', 'string'] },
  read: (value, place) => {
    if (isObject(value)) return value;
    if (typeof value === 'string') return decoded(value);
    throw new Mismatch(place, 'a policy document', value);
  },
};

/**
 * The policy of a thing, or null where it has none; with or without the wrapper of the API that gives it.
 * @param wrapper the member in which the document stands there
 */
export function policyOf(wrapper: string): Shape<PolicyDocument | null> {
  const plain = orNull(policyDocument);
  return {
    ...plain,
    read: (value, place) => {
      if (!isObject(value) || Object.hasOwn(value, 'Statement')) return plain.read(value === '' ? null : value, place);
      if (Object.hasOwn(value, wrapper)) return plain.read(value[wrapper] || null, { in: place, at: wrapper });
      return Object.keys(value).every((name) => BESIDE.includes(name)) ? null : value;
    },
  };
}

/** What stands in an API's answer beside a policy, and alone where there is none. */
const BESIDE = ['ARN', 'Name', 'PolicyName', 'ResponseMetadata'];

function decoded(text: string): PolicyDocument {
  const document = parsed(text) ?? parsed(unescaped(text)) ?? parsed(unescaped(text.replaceAll('+', ' ')));
  return document ?? text;
}

function parsed(text: string | undefined): JsonObject | undefined {
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  try {
    const value = parseJson(text, BOUNDS);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
