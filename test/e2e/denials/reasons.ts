/** What is called what: the things by which the contract grants a request or bars it, each of which can be switched off. */

/** A permission on a list from the root is a grant apart from that under the prefix. */
export const atRoot = (action: string) => `${action} at the root`;
export const grant = (name: string, permission: string, to = '') => `${name} grants ${permission}${to}`;
/** What bars a request: a condition or resource by its key, and how the request misses it. */
export const bar = (name: string, permission: string, key: string, how: string) =>
  `${name} bars ${permission}: ${key} ${how}`;
export const plainHttp = (bucket: string) => `${bucket} bars plain HTTP`;
export const denyAll = (name: string) => `${name} denies everything`;
export const foreignEncryption = (name: string) => `${name} denies what the bucket's owner could not read`;
export const trustsNobody = (name: string) => `${name} trusts nobody`;

/** Of an account of which the integration names a user. */
export const OTHER_USER = 'other user';
export const otherAccount = (account: string) => `account ${account}`;
export const toPrincipal = (principal: string) => ` to ${principal}`;
export const withExternalId = (id: string) => ` with ${id}`;
export const TO_ITSELF = ' to itself';
export const ON_ITSELF = ' on itself';
