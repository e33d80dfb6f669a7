/** A hundred everyday apps, in one app with a client's bucket: nothing of it is an alarm. */
import { Stack } from 'aws-cdk-lib/core';
import { AccessKeyIntegration, AssumedRoleIntegration, ClientBucket } from '../../lib';
import { EVERYDAY } from '../support/everyday-apps';
import { checkedApp, stopped } from '../support/validated';

const ENV = { account: '999988887777', region: 'eu-west-1' };

test('a hundred everyday apps go through', () => {
  const app = checkedApp();
  const kohler = new Stack(app, 'kohler', { env: ENV });
  const client = new ClientBucket(kohler, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
  const principals = ['arn:aws:iam::123456789876:user/sender'];
  new AssumedRoleIntegration(kohler, 'adobe', { clientBucket: client, vendorName: 'adobe', principals });
  new AccessKeyIntegration(kohler, 'sap', { clientBucket: client, vendorName: 'sap' });
  Object.entries(EVERYDAY).forEach(([name, shape], at) => {
    try {
      shape(new Stack(app, `app${at}`, { env: ENV, description: name }), client);
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  });
  expect(stopped(app)).toEqual([]);
  expect(Object.keys(EVERYDAY).length).toBeGreaterThanOrEqual(100);
});
