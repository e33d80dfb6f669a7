import { HOME } from '../../support/resolve';
import { bucketOf, PEOPLE, SIMULATED_CLIENT, SUBJECTS, type Subject } from './subjects';

type Files = Readonly<Record<string, string>>;

/** The account and region that the requests of the matrix are written with. */
export const HOME_SETTINGS: Files = { 'settings.yaml': `account: "${HOME.account}"\nregion: ${HOME.region}\n` };

/** The definitions of all subjects. */
export function definitions(subjects: readonly Subject[] = SUBJECTS): Files {
  const clients = [...new Set(subjects.map(({ client }) => client))];
  return {
    ...Object.fromEntries(
      clients.map((client) => [
        `${client}/client.yaml`,
        client === SIMULATED_CLIENT ? 'bucket: {kmsKey: create}\n' : '',
      ]),
    ),
    ...Object.fromEntries(subjects.map((one) => [`${one.client}/${one.vendor}.yaml`, integration(one)])),
  };
}

/** The same before anything was suspended or had expired, when sessions were opened that are still there. */
export function definitionsBefore(): Files {
  return definitions(
    SUBJECTS.map(({ status, expires, ...rest }) => ({
      ...rest,
      ...(status === 'pending' && { status }),
      ...(expires !== undefined && { expires: '2098-12-31' }),
    })),
  );
}

/** JSON is YAML. */
function integration(one: Subject): string {
  const { client, vendor, brief, bucket, externalIds, prefix, ...rest } = one;
  const keys = {
    ...rest,
    ...(one.kind === 'access-key' && { reason: 'a test' }),
    ...(externalIds && { externalIds }),
    ...(one.principals?.some((principal) => /^\d{12}$/.test(principal)) && { allowWholeAccount: true }),
    ...(bucket && { dedicatedBucket: { name: bucketOf(one) } }),
    ...(prefix === '' ? { wholeBucket: true } : prefix && { prefix }),
  };
  return `${Object.entries(keys)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')}\n`;
}

/** Users outside that must be there before anybody acts. */
export const OUTSIDERS: readonly string[] = Object.values(PEOPLE);
