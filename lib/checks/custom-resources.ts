/**
 * Custom resources that the CDK brings: calls of AWS's APIs when a stack is deployed, and the function that empties buckets.
 */
import { type Json, literalText, valueText } from '../access';
import { allTexts, at, documentIn, hasUnknown, type ReadResource } from '../templates';
import { type DoorCheck, door, under, type Wrong } from './door-check';
import type { GuardedNames } from './guarded-names';

/** Calls that only read, or act on objects as our own functions do. */
const HARMLESS =
  /^(?:get(?!SecretValue)|list|describe|head|lookup|search|simulate|tag|untag)|^(?:put|copy|delete|restore)objects?$/i;

/** Services whose calls can change who reaches a bucket, a key or a secret. */
const SERVICES =
  /^(?:@aws-sdk\/client-)?(?:s3|s3control|s3-control|kms|iam|secretsmanager|secrets-manager|sts|ram|transfer|lakeformation|lambda)$/i;

/** What an `AwsCustomResource` calls when it is made, changed or removed. */
export const customCall: DoorCheck = (resource, _, guarded) =>
  ['Create', 'Update', 'Delete'].flatMap((when) => calls(resource, when, guarded)).slice(0, 1);

function calls({ properties }: ReadResource, when: string, guarded: GuardedNames): readonly Wrong[] {
  const written = at(properties, when);
  const call = documentIn(written);
  const [action, service] = ['action', 'service'].map((member) => {
    const [value] = under(call, [member]);
    return (value && literalText(value)) ?? writtenAs(member, written);
  }) as [string, string];
  const name = action.replace(/Command$/, '');
  if (name === '' ? allTexts(written).length === 0 : HARMLESS.test(name)) return [];
  if (service !== '' && !SERVICES.test(service)) return [];
  const parameters = 'unknown' in call ? written : at(call, 'parameters');
  // What it names may be anything where the template does not show it.
  if (!guarded.inPart(parameters) && !guarded.holdersIn(parameters) && !hasUnknown(parameters)) return [];
  return door(when, `it calls ${name === '' ? 'an API' : name} on a client's bucket or what guards it, or may`);
}

/** A member of a JSON text that cannot be read whole. */
function writtenAs(member: string, written: Json): string {
  const [text] = allTexts(written).map(valueText);
  return new RegExp(`"${member}":"([^"]+)"`).exec(text ?? '')?.[1] ?? '';
}

/** The function behind `autoDeleteObjects` empties the bucket that it is given. */
export const deletesObjects: DoorCheck = ({ properties }, _, guarded) =>
  under(properties, ['BucketName']).some((name) => guarded.mayLead(name))
    ? [{ rule: 'bucket-guard', at: 'BucketName', reason: "it empties a client's bucket when it is removed, or may" }]
    : [];
