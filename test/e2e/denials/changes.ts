/** What can be switched off in one statement. */
import { conditionChanges } from './condition-changes';
import { conditioned, type Document, listed, type Statement } from './documents';
import { bar, denyAll, foreignEncryption, grant, otherAccount, plainHttp, trustsNobody } from './reasons';
import { PEOPLE } from './subjects';

/** A statement that is changed. */
export interface Target {
  readonly document: Document;
  readonly statement: Statement;
  /** Undefined where it guards a whole bucket or key. */
  readonly integration?: string;
  /** Its Sid without the vendor's name. */
  readonly name: string;
  /** What the contract calls its actions. */
  readonly permissions: readonly string[];
}

/** One of an integration. */
export interface OwnTarget extends Target {
  readonly integration: string;
}

export interface Change {
  readonly what: string;
  /** The statement after it; undefined where nothing is left of it. */
  readonly to?: Statement;
  /** The grants and bars that are gone, as the contract calls them. */
  readonly off: readonly string[];
}

export function changes(target: Target): Change[] {
  const { statement, integration } = target;
  if (statement.Effect === 'Deny') return [noDeny(target)];
  // What is left is the account's administration of its own key.
  if (integration === undefined) return [];
  const own = { ...target, integration };
  return [...noAction(own), ...conditionChanges(own), ...openedResource(own), ...addedPrincipal(own)];
}

/** A trust that denies everybody trusts nobody without it either, so there it is turned round. */
function noDeny({ document: { kind, of }, statement, integration, name }: Target): Change {
  if (kind === 'trust')
    return { what: 'Allow for Deny', to: { ...statement, Effect: 'Allow' }, off: [trustsNobody(of)] };
  if (integration !== undefined && name === 'Encryption') {
    return { what: 'no Deny', off: [foreignEncryption(integration)] };
  }
  return { what: 'no Deny', off: [kind === 'access' ? denyAll(of) : plainHttp(of)] };
}

function noAction({ statement, integration, permissions }: OwnTarget): Change[] {
  const actions = listed(statement.Action);
  return actions.map((action, at) => {
    const Action = actions.filter((other) => other !== action);
    const off = [grant(integration, permissions[at] ?? '')];
    return { what: `no ${action}`, ...(Action.length > 0 && { to: { ...statement, Action } }), off };
  });
}

function openedResource({ document, statement, integration, permissions }: OwnTarget): Change[] {
  const { Resource } = statement;
  // Every bucket is named by `*` already, and the account has one KMS key only.
  if (typeof Resource !== 'string' || !Resource.includes(':s3:')) return [];
  const bucket = Resource.replace(/\/.*$/, '');
  const change = (what: string, to: string, ...hows: string[]): Change => ({
    what,
    to: { ...statement, Resource: to },
    off: permissions.flatMap((each) => hows.map((how) => bar(integration, each, 'resource', how))),
  });
  return [
    ...(Resource.endsWith('/*') ? [change('resource: no slash', Resource.replace('/*', '*'), 'beside')] : []),
    ...(Resource.split('/').length > 2 ? [change('resource: the bucket', `${bucket}/*`, 'beside', 'elsewhere')] : []),
    // A bucket's own policy takes no resource of another.
    ...(document.kind === 'access'
      ? [change('resource: every bucket', 'arn:aws:s3:::*', 'beside', 'elsewhere', 'other bucket')]
      : []),
  ];
}

function addedPrincipal({ statement, integration, permissions }: OwnTarget): Change[] {
  const { Principal, Condition } = statement;
  if (Principal === undefined) return [];
  const { stranger } = PEOPLE;
  const account = stranger.split(':')[4] ?? '';
  const arns = Condition?.StringEquals?.['aws:PrincipalArn'];
  const also = { StringEquals: { 'aws:PrincipalArn': [...listed(arns), stranger] } };
  const to = {
    ...(arns === undefined ? statement : conditioned(statement, 'aws:PrincipalArn', also)),
    Principal: { AWS: [...listed(Principal.AWS), `arn:aws:iam::${account}:root`] },
  };
  const off = permissions.map((each) => bar(integration, each, 'principal', otherAccount(account)));
  return [{ what: 'a stranger is a principal too', to, off }];
}
