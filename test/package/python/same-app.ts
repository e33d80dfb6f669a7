import { readFileSync } from 'node:fs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  Capability,
  ClientBucket,
  ConfinementChecks,
  DirectTrustIntegration,
  IdentityProvider,
  InternalAccess,
  KeySlot,
  RolesAnywhereIntegration,
  Status,
  WebIdentityIntegration,
} from '../../../lib';

/** What `app.py` is, in TypeScript. */
export function sameApp(outdir: string, certificate: string): void {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'Kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', {
    clientName: 'kohler',
    expireOldVersionsAfter: Duration.days(30),
    createEncryptionKey: true,
  });
  new AssumedRoleIntegration(stack, 'Reltio', {
    clientBucket,
    vendorName: 'reltio',
    principals: ['arn:aws:iam::123456789876:user/reltio.platform.jobs'],
    externalIds: ['5ez83245-6b31-4df3-9bd2-0a0t25b3f9c9zz'],
    access: [Capability.LIST, Capability.WRITE],
  });
  new DirectTrustIntegration(stack, 'Warehouse', {
    clientBucket,
    vendorName: 'warehouse',
    principals: ['arn:aws:iam::111122223333:role/etl/warehouse-loader'],
    sourceIps: ['192.0.2.0/24'],
  });
  new RolesAnywhereIntegration(stack, 'Boomi', {
    clientBucket,
    vendorName: 'boomi',
    certificateAuthority: readFileSync(certificate, 'utf8'),
    commonName: 'boomi-invoices',
    sessionDuration: Duration.hours(2),
  });
  const issuer = 'https://login.globex.example/realms/orders';
  new IdentityProvider(stack, 'Provider', { issuer, audiences: ['bucket-integrations'] });
  new WebIdentityIntegration(stack, 'Orders', {
    clientBucket,
    vendorName: 'orders',
    provider: issuer,
    audiences: ['bucket-integrations'],
    subjects: ['order-system'],
    status: Status.SUSPENDED,
  });
  new AccessKeyIntegration(stack, 'Adobe', {
    clientBucket,
    vendorName: 'adobe',
    keys: [KeySlot.A, KeySlot.B],
    expires: '2031-05-31',
  });
  new InternalAccess(stack, 'Analytics', {
    clientBucket,
    principals: ['arn:aws:iam::444455556666:role/analytics'],
    access: [Capability.LIST, Capability.READ],
    reason: 'Loads what vendors leave',
  });

  const exports = new Stack(app, 'Exports');
  const existingBucket = new Bucket(exports, 'Files', { bucketName: 'acme-exports' });
  new ClientBucket(exports, 'Acme', { clientName: 'acme', existingBucket });

  Validations.of(app).addPlugins(new ConfinementChecks({ ownAccounts: ['444455556666'] }));
  app.synth();
}
