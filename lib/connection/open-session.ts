import type { Cause, CauseCode } from '../causes/cause';
import { causeOf } from '../causes/cause-of';
import type { Kind } from '../rules/vocabulary';
import type { ReceivedHandoff } from './received-handoff';
import { Refused } from './refused';
import { askedBy } from './step';
import { type Trial, Wrong } from './trial';
import type { RoleRequest, Session, Vendor } from './vendor';

/** How a session is opened. */
export interface Opening {
  /** A token of an identity provider, where the role is assumed with one. */
  readonly token?: string;
  /** How long sessions are asked for, in seconds. */
  readonly seconds: number;
  readonly random: string;
  readonly today: string;
}

/** Gets to the bucket as the vendor does, and tries the ways on which nobody must; undefined where there is no way. */
export async function openSession(vendor: Vendor, trial: Trial, opening: Opening): Promise<Session | undefined> {
  const { handed } = trial;
  const { token } = opening;
  if (token === undefined) await identify(vendor, trial, opening);
  const assumes = token !== undefined || ASSUMES[handed.kind];
  if (!assumes) return trial.goesOn ? vendor.own() : undefined;
  const { roleArn = '', externalIds, roleSessionName = handed.integration } = handed;
  const open = (request: Partial<RoleRequest> = {}): Promise<Session> => {
    const whole = { roleArn, sessionName: roleSessionName, seconds: opening.seconds, ...request };
    return token === undefined ? vendor.assume(whole) : vendor.assumeWithToken(whole, token);
  };
  let session: Session | undefined;
  for (const [at, externalId] of (externalIds.length === 0 ? [undefined] : externalIds).entries()) {
    await trial.works('assume', async () => {
      session = await open({ externalId });
      const id = externalIds.length > 1 ? `, external ID ${at + 1} of ${externalIds.length}` : '';
      return `${roleArn} as ${roleSessionName}${externalId === undefined ? '' : id || ', with the external ID'}`;
    });
  }
  if (!session) return undefined;
  const [externalId] = externalIds;
  const role = { where: 'role', what: roleArn } as const;
  if (externalId !== undefined) {
    await trial.denied('assume-without-external-id', [{ ...role, run: () => open() }]);
    // Near the right one, so that a pattern that is too wide is found.
    const near = externalId.length < 1224 ? `${externalId}.` : externalId.slice(0, -1);
    await trial.denied('assume-with-wrong-external-id', [{ ...role, run: () => open({ externalId: near }) }]);
  }
  if (handed.roleSessionName !== undefined) {
    const sessionName = `=${opening.random}=`;
    await trial.denied('assume-with-other-session-name', [{ ...role, run: () => open({ externalId, sessionName }) }]);
  }
  return session;
}

/** Whether the vendor assumes the role with credentials of its own; where not, its credentials are the session already. */
const ASSUMES: Readonly<Record<Kind, boolean>> = {
  'assumed-role': true,
  'direct-trust': false,
  'roles-anywhere': false,
  'web-identity': false,
  'access-key': false,
};

/**
 * Says whose the credentials are. AWS tells it to everybody; where STS is out of reach, or is another server's, S3 may be
 * there all the same.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
async function identify(vendor: Vendor, trial: Trial, { today }: Opening): Promise<void> {
  const { handed } = trial;
  try {
    const arn = await vendor.identity();
    await trial.works('credentials', async () => {
      const wrong = mismatch(arn, handed);
      if (wrong === undefined) return arn;
      throw new Wrong({ ...wrong, who: 'vendor', fatal: true }, arn);
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { refusal } = error;
    const { code } = causeOf(refusal, {
      asked: askedBy('credentials', handed),
      grantee: handed,
      today,
      reached: false,
    });
    if (CALLER_CODES.has(code)) await trial.works('credentials', () => Promise.reject(error));
    else trial.skip('credentials', 'works', `their owner is not known (${refusal.code})`);
  }
}

/** Causes that would spoil every later step too. */
const CALLER_CODES: ReadonlySet<CauseCode> = new Set([
  'no-credentials',
  'clock-off',
  'expired-session',
  'unknown-key',
  'wrong-secret',
  'bad-session-token',
]);

/** Why credentials are not those that this kind of hand-off is used with; undefined where they may be. */
function mismatch(
  arn: string,
  { kind, integration, roleArn }: ReceivedHandoff,
): Pick<Cause, 'code' | 'cause' | 'fix'> | undefined {
  const [, , , , account, role] = roleArn?.split(':') ?? [];
  const inRole = arn.includes(`:${account}:assumed-role/${role?.split('/').at(-1)}/`);
  const elsewhere = {
    code: 'other-caller',
    cause: `these credentials are not a session of ${roleArn}`,
  } as const;
  switch (kind) {
    case 'assumed-role':
      if (!inRole) return undefined;
      return {
        code: 'already-assumed',
        cause: 'these credentials are a session of the role already',
        fix: 'give those with which the vendor assumes it: the source_profile of the profile that has the role_arn',
      };
    case 'roles-anywhere':
      if (roleArn === undefined || inRole) return undefined;
      return {
        ...elsewhere,
        fix: 'give the profile whose credential_process is aws_signing_helper with this role ARN',
      };
    case 'web-identity':
      if (roleArn === undefined || inRole) return undefined;
      return {
        ...elsewhere,
        fix: 'give the token (--token-file FILE), or a profile with this role_arn and web_identity_token_file',
      };
    case 'access-key':
      if (arn.endsWith(`:user/${integration}`)) return undefined;
      return {
        code: 'other-caller',
        cause: `these credentials are not the access key of the user ${integration}`,
        fix: 'give the key from the secret that the hand-off names',
      };
    case 'direct-trust':
      return undefined;
    default:
      return kind satisfies never;
  }
}
