import { AccountRootPrincipal, ArnPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import {
  AssumedRoleIntegration,
  ClientBucket,
  ConfinementChecks,
  type ConfinementChecksProps,
  InternalAccess,
} from '../../lib';
import { newApp } from '../support/synth';

const HOME = { account: '111122223333', region: 'eu-west-1' };
const READER = `arn:aws:iam::${HOME.account}:role/reader`;
const ELSEWHERE = 'arn:aws:iam::222233334444:role/reader';

/** An app in which a role of ours reads a client's bucket. */
function made(props: ConfinementChecksProps = {}) {
  const app = newApp();
  const checks = new ConfinementChecks(props);
  Validations.of(app).addPlugins(checks);
  const stack = new Stack(app, 'kohler', { env: HOME });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  new AssumedRoleIntegration(stack, 'adobe', {
    clientBucket,
    vendorName: 'adobe',
    principals: ['arn:aws:iam::123456789876:role/sender'],
  });
  const reader = new Role(stack, 'Reader', { roleName: 'reader', assumedBy: new AccountRootPrincipal() });
  clientBucket.bucket.grantRead(reader);
  return { app, stack, checks, clientBucket };
}

/** Synthesizes, and gives what was printed on standard error. */
function printed(app: ReturnType<typeof newApp>): string {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    app.synth();
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}

test('who of ours reads a bucket is no violation; a program reads who it is, and nothing is printed', () => {
  const { app, checks } = made();
  expect(checks.insiders).toEqual([]);
  expect(printed(app)).not.toContain('insider');
  expect(checks.insiders).toEqual([
    {
      principal: READER,
      reach: ['s3:GetBucket*, s3:GetObject*, s3:List* on arn:aws:s3:::integrations-kohler'],
      declared: false,
    },
  ]);
});

test('people have it printed', () => {
  const { app } = made({ listInsiders: true });
  expect(printed(app)).toContain(
    `insider ${READER} (no internal access is defined): s3:GetBucket*, s3:GetObject*, s3:List* on arn:aws:s3:::integrations-kohler\n`,
  );
});

test('internal access that is defined says that it is', () => {
  const { app, stack, checks, clientBucket } = made({ ownAccounts: ['222233334444'], listInsiders: true });
  new InternalAccess(stack, 'Internal', { clientBucket, principals: [READER, ELSEWHERE] });
  expect(printed(app)).toMatch(new RegExp(`^insider ${READER}: `, 'm'));
  expect(checks.insiders.map(({ principal, declared }) => [principal, declared])).toEqual([
    [ELSEWHERE, true],
    [READER, true],
  ]);
});

test('somebody of another account of ours, whom nobody declares, is listed', () => {
  const { app, checks, clientBucket } = made({ ownAccounts: ['222233334444'] });
  clientBucket.bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [clientBucket.bucket.arnForObjects('*')],
      principals: [new ArnPrincipal(ELSEWHERE)],
    }),
  );
  printed(app);
  expect(checks.insiders).toContainEqual({
    principal: ELSEWHERE,
    reach: ['s3:GetObject on arn:aws:s3:::integrations-kohler'],
    declared: false,
  });
});
