import type { Output } from './ask';
import { ofPages, orNone, type Reading } from './reading';

type Details = Output<'iam', 'GetAccountAuthorizationDetails'>;
type User = NonNullable<Details['UserDetailList']>[number];

const GONE = ['NoSuchEntity'];

/**
 * IAM of the account: who there is, what they may do, and with which keys and passwords.
 * @param region any of the account's partition: IAM is the same in all of them
 */
export async function readIam(reading: Reading, region: string) {
  const [holders, maxSessionDurations, providers] = await Promise.all([
    readHolders(reading, region),
    reading.orNote('maxSessionDurations', null, () => readDurations(reading, region)),
    readProviders(reading, region),
  ]);
  return { ...holders, maxSessionDurations, ...providers };
}

async function readHolders(reading: Reading, region: string) {
  const iam = await reading.orNote('iam', null, () => readDetails(reading, region));
  if (iam === undefined) {
    for (const list of ['accessKeys', 'loginProfiles']) reading.note(list, null, 'the users were not read');
    return {};
  }
  const [accessKeys, loginProfiles] = await Promise.all([
    Promise.all(iam.UserDetailList.map((user) => readKeys(reading, region, user))),
    Promise.all(iam.UserDetailList.map((user) => readPassword(reading, region, user))),
  ]);
  return { iam, accessKeys: accessKeys.flat(), loginProfiles: loginProfiles.flat() };
}

async function readDetails({ ask, partition }: Reading, region: string) {
  const pages = await ofPages(
    (Marker) => ask('iam', region, 'GetAccountAuthorizationDetails', { Marker }),
    (page) => [page],
    ({ IsTruncated, Marker }) => (IsTruncated ? Marker : undefined),
  );
  const all = <T>(of: (page: Details) => readonly T[] | undefined) => pages.flatMap((page) => of(page) ?? []);
  const [RoleDetailList, UserDetailList, GroupDetailList] = [
    all((page) => page.RoleDetailList),
    all((page) => page.UserDetailList),
    all((page) => page.GroupDetailList),
  ];
  const holders = [...RoleDetailList, ...UserDetailList, ...GroupDetailList];
  const used = new Set([
    ...holders.flatMap(({ AttachedManagedPolicies = [] }) => AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn)),
    ...[...RoleDetailList, ...UserDetailList].map((each) => each.PermissionsBoundary?.PermissionsBoundaryArn),
  ]);
  // AWS has more than a thousand of its own, the same in every account.
  const Policies = all((page) => page.Policies).filter(
    ({ Arn }) => used.has(Arn) || !Arn?.startsWith(`arn:${partition}:iam::aws:policy/`),
  );
  return { RoleDetailList, UserDetailList, GroupDetailList, Policies };
}

/** The details of roles leave it out. */
async function readDurations({ ask }: Reading, region: string) {
  const roles = await ofPages(
    (Marker) => ask('iam', region, 'ListRoles', { Marker, MaxItems: 1000 }),
    ({ Roles }) => Roles,
    ({ IsTruncated, Marker }) => (IsTruncated ? Marker : undefined),
  );
  return Object.fromEntries(
    roles.flatMap(({ RoleName, MaxSessionDuration }) =>
      RoleName === undefined || MaxSessionDuration === undefined ? [] : [[RoleName, MaxSessionDuration]],
    ),
  );
}

async function readKeys(reading: Reading, region: string, { UserName = '', Arn }: User) {
  const { ask } = reading;
  const arn = Arn ?? null;
  const keys = await reading.orNote('accessKeys', arn, () =>
    orNone(GONE, () =>
      ofPages(
        (Marker) => ask('iam', region, 'ListAccessKeys', { UserName, Marker }),
        ({ AccessKeyMetadata }) => AccessKeyMetadata,
        ({ IsTruncated, Marker }) => (IsTruncated ? Marker : undefined),
      ),
    ),
  );
  return Promise.all(
    (keys ?? []).map(async (key) => {
      const { AccessKeyId = '' } = key;
      const answer = await reading.orNote('accessKeys.LastUsedDate', arn, () =>
        orNone(GONE, () => ask('iam', region, 'GetAccessKeyLastUsed', { AccessKeyId })),
      );
      return { UserName, ...key, LastUsedDate: answer?.AccessKeyLastUsed?.LastUsedDate };
    }),
  );
}

/** The user's name, where it has a password for the console. */
async function readPassword(reading: Reading, region: string, { UserName = '', Arn }: User): Promise<string[]> {
  const answer = await reading.orNote('loginProfiles', Arn ?? null, () =>
    orNone(GONE, () => reading.ask('iam', region, 'GetLoginProfile', { UserName })),
  );
  return answer ? [UserName] : [];
}

async function readProviders(reading: Reading, region: string) {
  const { ask } = reading;
  const [listed, saml] = await Promise.all([
    reading.orNote('oidcProviders', null, () => ask('iam', region, 'ListOpenIDConnectProviders', {})),
    reading.orNote('samlProviders', null, () => ask('iam', region, 'ListSAMLProviders', {})),
  ]);
  const oidc = listed?.OpenIDConnectProviderList?.map(async ({ Arn = '' }) => {
    const provider = await reading.orNote('oidcProviders', Arn, () =>
      orNone(GONE, () => ask('iam', region, 'GetOpenIDConnectProvider', { OpenIDConnectProviderArn: Arn })),
    );
    return provider ? [{ Arn, ...provider }] : [];
  });
  return {
    oidcProviders: listed && (await Promise.all(oidc ?? [])).flat(),
    samlProviders: saml && (saml.SAMLProviderList ?? []),
  };
}
