import { Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize } from '../support/synth';

const USER = 'arn:aws:iam::123456789876:user/reltio.platform.jobs';
const ROLE = 'arn:aws:iam::111122223333:role/etl/loader';
const OBJECT = 'arn:aws:s3:::integrations-kohler';

const { kohler } = synthesize({
  'kohler/client.yaml': '',
  'kohler/one.yaml': `kind: assumed-role\nprincipals: [${USER}]\nexternalId: X_SFCRole=2_a/b+c=\n`,
  'kohler/several.yaml': `kind: assumed-role\nprincipals: [${USER}, ${ROLE}]\nexternalIds: [first-id, second:id]\n`,
  'kohler/none.yaml': `kind: assumed-role\nprincipals: [${USER}]\n`,
  'kohler/whole.yaml': 'kind: assumed-role\nprincipals: ["222233334444"]\nexternalId: "0000"\n',
  'kohler/mixed.yaml': `kind: assumed-role\nprincipals: [${USER}, arn:aws:iam::222233334444:root]\nexternalId: abc\n`,
  'kohler/named.yaml': `kind: assumed-role\nprincipals: [${USER}]\nroleSessionName: nightly-*-export\n`,
  'kohler/exact.yaml': `kind: assumed-role\nprincipals: [${USER}]\nroleSessionName: nightly\n`,
  'kohler/self.yaml': `kind: assumed-role\nprincipals: [${USER}]\nexternalId: abc\nselfAssume: true\nroleName: uc-role\n`,
  'kohler/expiring.yaml': `kind: assumed-role\nprincipals: [${USER}]\nexpires: 2027-01-01\nselfAssume: true\n`,
  'kohler/pending.yaml': 'kind: assumed-role\nstatus: pending\nselfAssume: true\n',
  'kohler/suspended.yaml': `kind: assumed-role\nstatus: suspended\nprincipals: [${USER}]\nselfAssume: true\n`,
  'kohler/each.yaml': `kind: assumed-role\ntrusts: [{principal: "${USER}", externalId: first-id}, {principal: "${ROLE}", externalId: second-id}, {principal: "arn:aws:iam::222233334444:role/free"}]\n`,
  'kohler/tagging.yaml': `kind: assumed-role\nprincipals: [${USER}]\nexternalId: abc\nroleSessionName: nightly\nsessionTags: true\n`,
  'kohler/source.yaml': `kind: assumed-role\nprincipals: [${USER}]\nexternalId: abc\nsourceIdentity: true\nexpires: 2027-01-01\n`,
  'kohler/direct.yaml': `kind: direct-trust\nprincipals: [${USER}, ${ROLE}]\n`,
  'kohler/off.yaml': `kind: direct-trust\nstatus: suspended\nprincipals: [${USER}]\n`,
  'kohler/key.yaml': 'kind: access-key\nreason: a test\nstatus: suspended\n',
});
if (!kohler) throw new Error('no template');
const judge = new Judge(kohler);
const send = (externalId: string) => ({ 'sts:ExternalId': externalId });

describe('a path in IAM', () => {
  const PATH = '/integrations/vendors/';
  const paths = synthesize({
    'settings.yaml': `rolePath: ${PATH}\naccount: "${HOME.account}"\n`,
    'kohler/client.yaml': '',
    'kohler/self.yaml': `kind: assumed-role\nprincipals: [${USER}]\nexternalId: abc\nselfAssume: true\n`,
    'kohler/key.yaml': 'kind: access-key\nreason: a test\n',
  });
  if (!paths.kohler) throw new Error('no template');
  const withPath = new Judge(paths.kohler);
  const own = `arn:aws:iam::${HOME.account}:role`;

  test('is of the role, which may assume itself and nobody of its name elsewhere', async () => {
    expect(await withPath.mayAssume('kohler_self', USER, send('abc'))).toBe(true);
    expect(await withPath.mayAssume('kohler_self', `${own}${PATH}kohler_self`, send('abc'))).toBe(true);
    for (const other of ['/', '/integrations/', '/integrations/vendors/x/']) {
      expect(await withPath.mayAssume('kohler_self', `${own}${other}kohler_self`, send('abc'))).toBe(false);
    }
  });

  test('changes nothing of what sessions and keys may do', async () => {
    for (const [caller, prefix] of [
      [{ role: 'kohler_self' }, 'self'],
      [{ user: 'kohler_key' }, 'key'],
    ] as const) {
      const put = (key: string) => withPath.may(caller, { action: 's3:PutObject', resource: `${OBJECT}/${key}` });
      expect([await put(`${prefix}/a`), await put('other/a')]).toEqual([true, false]);
    }
  });
});

describe('a role with an external ID', () => {
  test('lets in the principal with it', async () => {
    expect(await judge.mayAssume('kohler_one', USER, send('X_SFCRole=2_a/b+c='))).toBe(true);
  });

  test('refuses a missing, wrong or differently written one', async () => {
    for (const context of [{}, send(''), send('x_sfcrole=2_a/b+c='), send('X_SFCRole=2_a/b+c'), send('*')]) {
      expect(await judge.mayAssume('kohler_one', USER, context)).toBe(false);
    }
  });

  test('refuses everybody else with it', async () => {
    const others = [
      'arn:aws:iam::123456789876:user/reltio.platform.job',
      'arn:aws:iam::123456789876:user/reltio-platform-jobs',
      'arn:aws:iam::123456789876:user/x/reltio.platform.jobs',
      'arn:aws:iam::123456789876:role/reltio.platform.jobs',
      'arn:aws:iam::123456789876:root',
      'arn:aws:iam::210987654321:user/reltio.platform.jobs',
      `arn:aws:iam::${HOME.account}:user/kohler_key`,
      `arn:aws:iam::${HOME.account}:role/kohler_several`,
    ];
    for (const principal of others) {
      expect([principal, await judge.mayAssume('kohler_one', principal, send('X_SFCRole=2_a/b+c='))]).toEqual([
        principal,
        false,
      ]);
    }
  });
});

test('any of several principals may send any of several external IDs, and nothing else', async () => {
  for (const principal of [USER, ROLE]) {
    for (const id of ['first-id', 'second:id']) {
      expect(await judge.mayAssume('kohler_several', principal, send(id))).toBe(true);
    }
    expect(await judge.mayAssume('kohler_several', principal)).toBe(false);
    expect(await judge.mayAssume('kohler_several', principal, send('third-id'))).toBe(false);
  }
  // Account and ARN must belong together.
  expect(
    await judge.mayAssume('kohler_several', 'arn:aws:iam::111122223333:user/reltio.platform.jobs', send('first-id')),
  ).toBe(false);
});

test('each principal sends its own external ID, and not another’s', async () => {
  expect(await judge.mayAssume('kohler_each', USER, send('first-id'))).toBe(true);
  expect(await judge.mayAssume('kohler_each', ROLE, send('second-id'))).toBe(true);
  expect(await judge.mayAssume('kohler_each', USER, send('second-id'))).toBe(false);
  expect(await judge.mayAssume('kohler_each', ROLE, send('first-id'))).toBe(false);
  for (const principal of [USER, ROLE]) expect(await judge.mayAssume('kohler_each', principal)).toBe(false);
  expect(await judge.mayAssume('kohler_each', 'arn:aws:iam::222233334444:role/free')).toBe(true);
  expect(await judge.mayAssume('kohler_each', 'arn:aws:iam::222233334444:role/other')).toBe(false);
});

test('tags and a source identity come with a session only where they may, of the same callers, and open none', async () => {
  const may = (role: string, action: string, principal = USER, context = {}) =>
    judge.mayAssume(role, principal, context, action);
  expect(await may('kohler_tagging', 'sts:TagSession')).toBe(true);
  expect(await may('kohler_tagging', 'sts:SetSourceIdentity')).toBe(false);
  expect(await may('kohler_tagging', 'sts:TagSession', ROLE)).toBe(false);
  expect(await may('kohler_tagging', 'sts:AssumeRole')).toBe(false);
  expect(await may('kohler_source', 'sts:SetSourceIdentity')).toBe(true);
  expect(await may('kohler_source', 'sts:SetSourceIdentity', USER, { 'aws:CurrentTime': '2027-01-01T00:00:00Z' })).toBe(
    false,
  );
  expect(await may('kohler_source', 'sts:TagSession')).toBe(false);
  for (const action of ['sts:TagSession', 'sts:SetSourceIdentity'])
    for (const role of ['kohler_one', 'kohler_pending', 'kohler_suspended'])
      expect(await may(role, action)).toBe(false);
});

test('a role without an external ID asks for none', async () => {
  expect(await judge.mayAssume('kohler_none', USER)).toBe(true);
  expect(await judge.mayAssume('kohler_none', ROLE)).toBe(false);
});

test('a whole account is let in with the external ID only', async () => {
  for (const principal of ['arn:aws:iam::222233334444:role/any', 'arn:aws:iam::222233334444:user/any']) {
    expect(await judge.mayAssume('kohler_whole', principal, send('0000'))).toBe(true);
    expect(await judge.mayAssume('kohler_whole', principal)).toBe(false);
    expect(await judge.mayAssume('kohler_whole', principal, send('0'))).toBe(false);
  }
  expect(await judge.mayAssume('kohler_whole', USER, send('0000'))).toBe(false);
});

test('a whole account beside a user does not widen the user to its account', async () => {
  expect(await judge.mayAssume('kohler_mixed', USER, send('abc'))).toBe(true);
  expect(await judge.mayAssume('kohler_mixed', 'arn:aws:iam::222233334444:role/any', send('abc'))).toBe(true);
  expect(await judge.mayAssume('kohler_mixed', 'arn:aws:iam::123456789876:user/other', send('abc'))).toBe(false);
});

test('a session name must be the one that is asked for', async () => {
  const named = (name: string) => ({ 'sts:RoleSessionName': name });
  expect(await judge.mayAssume('kohler_named', USER, named('nightly-kohler-export'))).toBe(true);
  expect(await judge.mayAssume('kohler_named', USER, named('nightly-export'))).toBe(false);
  expect(await judge.mayAssume('kohler_named', USER, named('other'))).toBe(false);
  expect(await judge.mayAssume('kohler_exact', USER, named('nightly'))).toBe(true);
  expect(await judge.mayAssume('kohler_exact', USER, named('nightly2'))).toBe(false);
});

test('only a self-assuming role may assume itself, and no other role may', async () => {
  const self = `arn:aws:iam::${HOME.account}:role/uc-role`;
  expect(await judge.mayAssume('uc-role', self, send('abc'))).toBe(true);
  // Or a session that began before the external ID changed would renew itself for ever.
  expect(await judge.mayAssume('uc-role', self)).toBe(false);
  expect(await judge.mayAssume('uc-role', self, send('older'))).toBe(false);
  expect(await judge.mayAssume('uc-role', `arn:aws:iam::${HOME.account}:role/kohler_one`, send('abc'))).toBe(false);
  expect(
    await judge.mayAssume('kohler_one', `arn:aws:iam::${HOME.account}:role/kohler_one`, send('X_SFCRole=2_a/b+c=')),
  ).toBe(false);
  expect(await judge.mayAssume('uc-role', USER)).toBe(false);
});

test('after it has expired nobody assumes a role, not even the role itself', async () => {
  const expiring = `arn:aws:iam::${HOME.account}:role/kohler_expiring`;
  for (const principal of [USER, expiring]) {
    expect(await judge.mayAssume('kohler_expiring', principal, { 'aws:CurrentTime': '2026-12-31T23:59:59Z' })).toBe(
      true,
    );
    expect(await judge.mayAssume('kohler_expiring', principal, { 'aws:CurrentTime': '2027-01-01T00:00:00Z' })).toBe(
      false,
    );
  }
});

describe('pending and suspended', () => {
  test.each(['pending', 'suspended'])(
    'nobody assumes the role, and a session from before does nothing: %s',
    async (status) => {
      const name = `kohler_${status}`;
      const self = `arn:aws:iam::${HOME.account}:role/${name}`;
      for (const principal of [USER, ROLE, self]) expect(await judge.mayAssume(name, principal)).toBe(false);
      const location = { action: 's3:GetBucketLocation', resource: OBJECT };
      const get = { action: 's3:GetObject', resource: `${OBJECT}/${status}/a` };
      for (const request of [location, get]) expect(await judge.may({ role: name }, request)).toBe(false);
    },
  );

  test('a user does nothing, and its keys are inactive', async () => {
    expect(await judge.may({ user: 'kohler_key' }, { action: 's3:GetObject', resource: `${OBJECT}/key/a` })).toBe(
      false,
    );
    const keys = Object.values(kohler.Resources).filter(({ Type }) => Type === 'AWS::IAM::AccessKey');
    expect(keys.map(({ Properties }) => Properties.Status)).toEqual(['Inactive']);
  });

  test('direct trust is not in the bucket policy', async () => {
    const get = (vendor: string) => ({ action: 's3:GetObject', resource: `${OBJECT}/${vendor}/a` });
    expect(await judge.may({ outside: USER }, get('direct'))).toBe(true);
    expect(await judge.may({ outside: ROLE }, get('direct'))).toBe(true);
    expect(await judge.may({ outside: USER }, get('off'))).toBe(false);
  });
});
