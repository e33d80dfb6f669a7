import type { Construct, IConstruct } from 'constructs';
import { internalIsVendor, keyOfPrincipal, meets, principalKey, principalOfIntegration } from '../rules/own-principals';
import { accountOf } from '../rules/principal';
import { throwFindings, warnOf } from './findings';
import { isKnown, literal } from './known';

/** What one app makes, and whom it names: constructs come in any order. */
class AppPrincipals {
  /** By its key, the integration that makes a role or user. */
  readonly makers = new Map<string, string>();
  /** By their keys, the roles and users that something names. */
  readonly named = new Map<string, string>();
  /** By their accounts. */
  readonly internal = new Map<string, string[]>();
  readonly vendors = new Map<string, { readonly text: string; readonly integration: string }[]>();
}

const APPS = new WeakMap<IConstruct, AppPrincipals>();

function appOf({ node: { root } }: Construct): AppPrincipals {
  const app = APPS.get(root) ?? new AppPrincipals();
  APPS.set(root, app);
  return app;
}

/**
 * Notes that an integration makes a role or user.
 * @throws where something of the app names it as principal
 */
export function noteMade(
  scope: Construct,
  integration: string,
  { account, type, name }: { readonly account: string; readonly type: 'role' | 'user'; readonly name: string },
): void {
  // Only where the account is known is such a name surely an integration's.
  if (!isKnown(account) || !isKnown(name)) return;
  const { makers, named } = appOf(scope);
  const key = principalKey(account, type, name);
  makers.set(key, integration);
  const text = named.get(key);
  if (text !== undefined) throwFindings(scope, [principalOfIntegration(text, integration)]);
}

/**
 * Notes whom an integration has as vendor, and warns of one of ours.
 * @throws where an integration of the app makes one of them
 */
export function noteVendors(scope: Construct, integration: string, principals: readonly string[]): void {
  const { internal, vendors } = appOf(scope);
  for (const text of note(scope, principals)) {
    const account = accountOf(text) ?? '';
    for (const ours of internal.get(account) ?? []) warnOfBoth(scope, ours, text, integration);
    append(vendors, account, { text, integration });
  }
}

/**
 * Notes who of ours is allowed, and warns of an integration's vendor.
 * @throws where an integration of the app makes one of them
 */
export function noteInternal(scope: Construct, principals: readonly string[]): void {
  const { internal, vendors } = appOf(scope);
  for (const text of note(scope, principals)) {
    const account = accountOf(text) ?? '';
    for (const vendor of vendors.get(account) ?? []) warnOfBoth(scope, text, vendor.text, vendor.integration);
    append(internal, account, text);
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** The principals that are known at synth, and are no integration's own. */
function note(scope: Construct, principals: readonly string[]): string[] {
  const { makers, named } = appOf(scope);
  const there = literal(principals);
  for (const text of there) {
    const key = keyOfPrincipal(text);
    if (key === undefined) continue;
    const maker = makers.get(key);
    if (maker !== undefined) throwFindings(scope, [principalOfIntegration(text, maker)]);
    named.set(key, text);
  }
  return there;
}

function warnOfBoth(scope: Construct, ours: string, vendor: string, integration: string): void {
  const how = meets(ours, vendor);
  if (how !== undefined) warnOf(scope, [internalIsVendor(ours, how, [integration])]);
}
