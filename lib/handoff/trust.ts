import type { Integration } from '../definitions/model/model';
import type { KnownSetup } from '../rules/setup-information';
import type { CertificateSubject } from '../rules/trust';
import type { Row } from './document';

/** Who is trusted, and how they must ask: the same members for every kind, so that programs need not know it. */
export interface Trust {
  readonly principals: readonly string[];
  /** One of them must be sent, if there is any. */
  readonly externalIds: readonly string[];
  readonly subjects: readonly string[];
  readonly audiences: readonly string[];
  /** The subject of the certificate. */
  readonly certificate: CertificateSubject | null;
  /** The session name that the trust asks for, with `*` for a part that varies; null where any will do. */
  readonly sessionName: string | null;
  /** The addresses from which S3 may be reached; from everywhere where there is none. */
  readonly sourceIps: readonly string[];
}

/** Whom an integration trusts. External IDs are those that are deployed, where that is known. */
export function trustOf(integration: Integration, setup: KnownSetup): Trust {
  const { sourceIps } = integration;
  const nobody: Trust = {
    ...{ principals: [], externalIds: [], subjects: [], audiences: [], certificate: null, sessionName: null },
    sourceIps,
  };
  switch (integration.kind) {
    case 'assumed-role': {
      const { principals, roleSessionName: sessionName = null } = integration;
      return { ...nobody, principals, externalIds: externalIdsOf(setup), sessionName };
    }
    case 'direct-trust':
      return { ...nobody, principals: integration.principals };
    case 'roles-anywhere':
      return { ...nobody, certificate: integration.subject ?? null };
    case 'web-identity': {
      const { subjects, audiences, roleSessionName: sessionName = null } = integration;
      return { ...nobody, subjects, audiences, sessionName };
    }
    case 'access-key':
      return nobody;
    default:
      return integration satisfies never;
  }
}

/** The external IDs in setup information, in which one stands alone. */
export function externalIdsOf({ externalId, externalIds }: KnownSetup): readonly string[] {
  return externalIds ?? (externalId === undefined ? [] : [externalId]);
}

/** The same for people, a row each. */
export function trustRows(integration: Integration, setup: KnownSetup, from: readonly string[]): Row[] {
  const trust = trustOf(integration, setup);
  const row = (label: string, values: readonly string[], note?: string): Row[] =>
    values.length === 0 ? [] : [{ label, values, note }];
  const sessionName = row(
    'Session name',
    trust.sessionName === null ? [] : [trust.sessionName],
    sessionNameNote(trust.sessionName),
  );
  const rows: Row[] = [];
  switch (integration.kind) {
    case 'assumed-role': {
      const pairs = ownIds(integration.trusts, trust.externalIds);
      rows.push(
        ...row('May assume the role', trust.principals, accountNote(trust.principals)),
        ...(pairs
          ? pairs.flatMap(({ principal, externalId }) => row(`External ID of ${principal}`, [externalId]))
          : row('External ID', trust.externalIds, externalIdNote(trust.externalIds))),
        ...sessionName,
      );
      break;
    }
    case 'direct-trust':
      rows.push(...row('May use the bucket', trust.principals, accountNote(trust.principals)));
      break;
    case 'roles-anywhere': {
      const { commonName, organization, organizationalUnit } = trust.certificate ?? {};
      const parts = Object.entries({ CN: commonName, O: organization, OU: organizationalUnit });
      const subject = parts.filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${value}`);
      const issuer = 'Issued by the authority of the trust anchor, for a client.';
      rows.push(...row('Certificate with the subject', subject.length === 0 ? [] : [subject.join(', ')], issuer));
      break;
    }
    case 'web-identity':
      rows.push(
        ...row('Tokens of the issuer (iss)', integration.provider === undefined ? [] : [integration.provider]),
        ...row('for the audience (aud)', trust.audiences, anyOf(trust.audiences)),
        ...row('with the subject (sub)', trust.subjects, anyOf(trust.subjects)),
        ...sessionName,
      );
      break;
    case 'access-key':
      rows.push({ label: 'Access key', values: [], elsewhere: 'anyone who has it: keep it like a password' });
      break;
    default:
      integration satisfies never;
  }
  return [
    ...rows,
    ...(rows.length === 0 ? [NOBODY] : []),
    ...row('Only from', from, 'Requests to S3 are accepted from there only.'),
  ];
}

const NOBODY: Row = { label: 'Nobody yet', values: [], elsewhere: 'we do not know yet who will use it' };

function sessionNameNote(name: string | null): string {
  return `The call must have it${name?.includes('*') ? '; * stands for a part that varies' : ''}.`;
}

const anyOf = (values: readonly string[]) => (values.length > 1 ? 'Any one of them.' : undefined);

function externalIdNote(externalIds: readonly string[]): string | undefined {
  return externalIds.length > 1 ? 'Send one of them with every call; any one is accepted.' : 'Sent with every call.';
}

function accountNote(principals: readonly string[]): string | undefined {
  const whole = principals.some((each) => /^\d{12}$|:root$/.test(each));
  return whole ? 'An account: whichever of its roles and users the account itself allows.' : undefined;
}

/** Where each principal has an external ID of its own, by what is deployed as long as that is the same. */
export function ownIds(
  trusts: readonly { readonly principal: string; readonly externalId?: string }[] | undefined,
  deployed: readonly string[],
): { readonly principal: string; readonly externalId: string }[] | undefined {
  if (!trusts || trusts.length < 2) return undefined;
  const defined = new Set(trusts.flatMap(({ externalId }) => externalId ?? []));
  if (deployed.length !== defined.size || !deployed.every((id) => defined.has(id))) return undefined;
  return trusts.flatMap(({ principal, externalId }) => (externalId === undefined ? [] : [{ principal, externalId }]));
}
