const SSE = 's3:x-amz-server-side-encryption';

/** What a client program asks for with an upload. */
export const HEADERS = [
  'no header',
  'AES256',
  'aws:kms without a key',
  "aws:kms with the bucket's key",
  'aws:kms with another key',
  "aws:kms with the key's id alone",
  'aws:kms:dsse without a key',
  "a key of the caller's own",
] as const;

export type Header = (typeof HEADERS)[number];

/** The condition keys that S3 makes of a header: of a key id, where `key` is the ARN that is meant and `foreign` another's. */
export function contextOf(header: Header, key: string, foreign: string): Readonly<Record<string, string>> {
  const kms = (id: string) => ({ [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: id });
  switch (header) {
    case 'no header':
      return {};
    case 'AES256':
      return { [SSE]: 'AES256' };
    case 'aws:kms without a key':
      return { [SSE]: 'aws:kms' };
    case "aws:kms with the bucket's key":
      return kms(key);
    case 'aws:kms with another key':
      return kms(foreign);
    case "aws:kms with the key's id alone":
      return kms(key.split('/')[1] ?? '');
    case 'aws:kms:dsse without a key':
      return { [SSE]: 'aws:kms:dsse' };
    case "a key of the caller's own":
      return { [`${SSE}-customer-algorithm`]: 'AES256' };
  }
}

/** The contract restated: what a bucket takes, with a key and without one. */
export function takes(hasKey: boolean): readonly Header[] {
  return ['no header', hasKey ? "aws:kms with the bucket's key" : 'AES256'];
}
