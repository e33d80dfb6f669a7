import type { Output } from './ask';
import { ofPages, orNone, type Reading } from './reading';

type Server = NonNullable<Output<'transfer', 'ListServers'>['Servers']>[number];

const GONE = ['ResourceNotFound'];

/** AWS Transfer Family: who logs in to which folder, with which role. Keys for SSH stay where they are. */
export async function readTransfer(reading: Reading, regions: readonly string[]) {
  const servers = new Map<string, Promise<Server[]>>();
  // Asked once for both lists, and noted for both where it is refused.
  const serversOf = (region: string) => {
    const asked =
      servers.get(region) ??
      ofPages(
        (NextToken) => reading.ask('transfer', region, 'ListServers', { NextToken }),
        (page) => page.Servers,
        (page) => page.NextToken,
      );
    servers.set(region, asked);
    return asked;
  };
  const [transferUsers, transferAccesses] = await Promise.all([
    reading.ofRegions('transferUsers', regions, ['transfer', 'user/*'], async (region) => {
      const read = (await serversOf(region)).map((server) => readUsers(reading, region, server));
      return (await Promise.all(read)).flat();
    }),
    reading.ofRegions('transferAccesses', regions, ['transfer', 'server/*'], async (region) => {
      const read = (await serversOf(region)).map((server) => readAccesses(reading, region, server));
      return (await Promise.all(read)).flat();
    }),
  ]);
  return { transferUsers, transferAccesses };
}

async function readUsers(reading: Reading, region: string, server: Server): Promise<object[]> {
  const { ask } = reading;
  const { ServerId = '', Arn = null, IdentityProviderType } = server;
  if (IdentityProviderType === 'AWS_DIRECTORY_SERVICE') return [];
  if (IdentityProviderType === 'API_GATEWAY' || IdentityProviderType === 'AWS_LAMBDA') {
    reading.note('transferUsers', Arn, `its users are in ${IdentityProviderType}, which does not list them`);
    return [];
  }
  const listed = await reading.orNote('transferUsers', Arn, () =>
    orNone(GONE, () =>
      ofPages(
        (NextToken) => ask('transfer', region, 'ListUsers', { ServerId, NextToken }),
        ({ Users }) => Users,
        ({ NextToken }) => NextToken,
      ),
    ),
  );
  const read = (listed ?? []).map(async ({ UserName = '', Arn: userArn = null }) => {
    const answer = await reading.orNote('transferUsers', userArn, () =>
      orNone(GONE, () => ask('transfer', region, 'DescribeUser', { ServerId, UserName })),
    );
    if (!answer?.User) return [];
    const { SshPublicKeys: _, ...user } = answer.User;
    return [{ ServerId, ...user }];
  });
  return (await Promise.all(read)).flat();
}

/** Groups of a directory. */
async function readAccesses(reading: Reading, region: string, server: Server): Promise<object[]> {
  const { ask } = reading;
  const { ServerId = '', Arn = null, IdentityProviderType } = server;
  if (IdentityProviderType !== 'AWS_DIRECTORY_SERVICE') return [];
  const listed = await reading.orNote('transferAccesses', Arn, () =>
    orNone(GONE, () =>
      ofPages(
        (NextToken) => ask('transfer', region, 'ListAccesses', { ServerId, NextToken }),
        ({ Accesses }) => Accesses,
        ({ NextToken }) => NextToken,
      ),
    ),
  );
  const read = (listed ?? []).map(async ({ ExternalId = '' }) => {
    const answer = await reading.orNote('transferAccesses', Arn, () =>
      orNone(GONE, () => ask('transfer', region, 'DescribeAccess', { ServerId, ExternalId })),
    );
    return answer?.Access ? [{ ServerId, ...answer.Access }] : [];
  });
  return (await Promise.all(read)).flat();
}
