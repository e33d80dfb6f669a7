import { SECRETS_READ } from '../../rules/account-reader';
import { ofPages, orNone, type Reading } from './reading';

/** The secrets of integrations in a Region, and their policies. No value is ever read. */
export async function readSecrets(reading: Reading, region: string): Promise<object[]> {
  const { ask } = reading;
  const listed = await ofPages(
    (NextToken) =>
      ask('secretsmanager', region, 'ListSecrets', { Filters: [{ Key: 'name', Values: [SECRETS_READ] }], NextToken }),
    ({ SecretList }) => SecretList,
    ({ NextToken }) => NextToken,
  );
  const ours = listed.filter(({ Name }) => Name?.startsWith(SECRETS_READ));
  const read = ours.map(async ({ Name, ARN = '' }) => {
    const answer = await reading.orNote('secrets.Policy', ARN, () =>
      orNone(['ResourceNotFound'], () => ask('secretsmanager', region, 'GetResourcePolicy', { SecretId: ARN })),
    );
    if (answer === null) return [];
    return [{ Name, Arn: ARN, Policy: answer && (answer.ResourcePolicy ?? null) }];
  });
  return (await Promise.all(read)).flat();
}
