/** Names for clients and vendors, of what an account calls things. */
import { checkName, placeOfNamespace } from '../rules/names';

/** A valid name that is nearest to a text, or undefined where nothing of it can be in one. */
export function nameOf(text: string): string | undefined {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST + 1)
    .replace(/^-|-$/g, '')
    .slice(0, MOST)
    .replace(/-$/, '');
  const isTaken = name === 'client' || name === 'constructor';
  if (name === '') return undefined;
  return isTaken ? `${name}-1` : name;
}

const MOST = 32;

/** The client of a bucket whose name nothing else explains. */
export function clientNameOf(bucket: string, bucketPrefix: string): string {
  const namespace = placeOfNamespace(bucket);
  const bare = namespace ? bucket.replace(`-${namespace.account}-${namespace.region}-an`, '') : bucket;
  const rest = bare.startsWith(`${bucketPrefix}-`) ? bare.slice(bucketPrefix.length + 1) : bare;
  return nameOf(rest) ?? 'client-1';
}

/** Words that say what a role is, and not whose. */
const GENERIC = new Set(
  'role user access s3 iam aws bucket integration integrations vendor external cross account trust key prod production the for service svc ro rw readonly readwrite read write'.split(
    ' ',
  ),
);

/** A vendor's name, of what a role or user is called: without the client's name and what every role is called. */
export function vendorNameOf(principal: string, client: string): string | undefined {
  const prefix = `${client}_`;
  if (principal.startsWith(prefix) && checkName('vendor', principal.slice(prefix.length)).length === 0)
    return nameOf(principal.slice(prefix.length));
  const ofClient = new Set(client.split('-'));
  const words = principal
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !GENERIC.has(word) && !ofClient.has(word));
  return nameOf((telling.length > 0 ? telling : words).join('-'));
}

/** Gives names, each once. */
export class Names {
  private readonly taken = new Set<string>();

  /** @param wanted a valid name */
  take(wanted: string): string {
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : `-${number}`;
      const name = `${wanted.slice(0, MOST - suffix.length).replace(/-$/, '')}${suffix}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }
}
