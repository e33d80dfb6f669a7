import { SHARED_ISSUERS, sharedIssuer } from '../../lib/rules/issuers';
import { checkImpossibleToken, checkNoSubject, checkSubject, checkToken, type Token } from '../../lib/rules/provider';
import { Status } from '../../lib/rules/vocabulary';

const of = (provider: string, more: Partial<Token> = {}): Token => ({
  status: Status.ACTIVE,
  provider,
  audiences: ['sts.amazonaws.com'],
  ...more,
});
const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);
const address = (issuer: string) => `https://${issuer}`;
const byClaim = (claim: string) => SHARED_ISSUERS.filter((each) => each.claim === claim).map(({ issuer }) => issuer);

test('the table has the issuers of the contract, each with a source, a date and an example that it takes itself', () => {
  expect(byClaim('sub')).toEqual([
    'token.actions.githubusercontent.com',
    'vstoken.actions.githubusercontent.com',
    'oidc-configuration.audit-log.githubusercontent.com',
    'gitlab.com',
    'agent.buildkite.com',
    'app.terraform.io',
    'oidc.codefresh.io',
    'scalr.io',
    'studio.datachain.ai/api',
    'tokens.cloud.shisho.dev',
    'proidc.upbound.io',
    'accounts.google.com',
  ]);
  expect(byClaim('aud')).toEqual([
    'api.pulumi.com/oidc',
    'sandboxes.cloud',
    'oidc.vercel.com',
    'cognito-identity.amazonaws.com',
  ]);
  expect(byClaim('session-name')).toEqual(['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/']);
  for (const { source, checked, customer, example } of SHARED_ISSUERS) {
    expect(source).toMatch(/^https:\/\//);
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/);
    if (customer) expect(example).toMatch(customer);
  }
});

test('a slash at the end, or its absence, does not hide an issuer; a customer’s own issuer is none', () => {
  expect(sharedIssuer('sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d')?.name).toBe('Microsoft Sentinel');
  expect(sharedIssuer('gitlab.com/')?.name).toBe('GitLab');
  for (const own of [
    'oidc.circleci.com/org/1',
    'token.actions.githubusercontent.com/acme',
    'oidc.vercel.com/acme',
    'gitlab.example.com',
  ])
    expect(sharedIssuer(own)).toBeUndefined();
});

describe('a trust that does not tell customers apart', () => {
  test.each(byClaim('sub'))('%s needs a subject, and a session name is no substitute', (issuer) => {
    expect(codes(checkToken(of(address(issuer))))).toEqual(['shared-issuer']);
    expect(codes(checkToken(of(address(issuer), { roleSessionName: 'partner' })))).toEqual(['shared-issuer']);
    expect(codes(checkToken(of(address(issuer), { subjects: ['x'] })))).toEqual([]);
    expect(codes(checkToken(of(address(issuer), { status: Status.PENDING })))).toEqual([]);
  });

  test.each(byClaim('aud'))('%s needs its audience', (issuer) => {
    expect(codes(checkToken(of(address(issuer), { audiences: [], subjects: ['x'] })))).toContain('shared-issuer');
    expect(codes(checkToken(of(address(issuer), { audiences: ['acme'], subjects: [] })))).toEqual([]);
    expect(codes(checkToken(of(address(issuer), { subjects: ['x'] })))).toEqual([]);
    // What every customer's tokens may be for tells none from the others.
    expect(codes(checkToken(of(address(issuer), { subjects: [] })))).toEqual(['shared-issuer']);
  });

  test('Microsoft Sentinel needs the whole session name', () => {
    const sentinel = 'https://sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/';
    expect(codes(checkToken(of(sentinel)))).toEqual(['shared-issuer']);
    expect(codes(checkToken(of(sentinel, { roleSessionName: 'MicrosoftSentinel_*' })))).toEqual(['shared-issuer']);
    expect(codes(checkToken(of(sentinel, { roleSessionName: 'MicrosoftSentinel_1111' })))).toEqual([]);
  });

  test('says which, and what to write', () => {
    expect(checkToken(of('https://token.actions.githubusercontent.com', { roleSessionName: 'partner' }))).toEqual([
      {
        code: 'shared-issuer',
        message:
          "all customers of GitHub Actions have the same issuer, and the subject (the tokens' sub claim) tells them apart: without it this trusts all of them",
        fix: 'add subjects, for example repo:octo-org/octo-repo:environment:production',
      },
    ]);
  });
});

describe('a session name alone', () => {
  const alone = { roleSessionName: 'nightly' };
  test('is a warning with an issuer of the customer’s own, unless the vendor’s tokens have no subject', () => {
    expect(codes(checkNoSubject(of('https://login.example.com/x', alone)))).toEqual(['no-subject']);
    expect(checkNoSubject(of('https://login.example.com/x', alone), true)).toEqual([]);
    expect(checkNoSubject(of('https://login.example.com/x', { ...alone, subjects: ['a'] }))).toEqual([]);
    expect(checkNoSubject(of('https://login.example.com/x', { ...alone, status: Status.SUSPENDED }))).toEqual([]);
  });
  test('is no warning where it is an error already, or what tells customers apart', () => {
    for (const { issuer } of SHARED_ISSUERS) expect(checkNoSubject(of(address(issuer), alone))).toEqual([]);
  });
});

describe('a subject with * at its end', () => {
  test.each([
    ['token.actions.githubusercontent.com', 'repo:octo-org/octo-repo:*'],
    ['token.actions.githubusercontent.com', 'repo:octo-org/*'],
    ['token.actions.githubusercontent.com', 'repo:octo-org@123456/*'],
    ['gitlab.com', 'project_path:group/project:*'],
    ['agent.buildkite.com', 'organization:acme:pipeline:export:*'],
    ['app.terraform.io', 'organization:acme:project:p:workspace:w:run_phase:*'],
    ['oidc.codefresh.io', 'account:628a80b693a15c0f9c13ab75:pipeline:x:*'],
    ['scalr.io', 'account:acme:environment:*'],
    ['proidc.upbound.io', 'mcp:acme/*'],
    ['studio.datachain.ai/api', 'credentials:acme/*'],
  ])('%s takes %s: the customer is named before it', (issuer, subject) => {
    expect(checkSubject(address(issuer), subject)).toEqual([]);
  });

  test.each([
    ['token.actions.githubusercontent.com', 'repo:*'],
    ['token.actions.githubusercontent.com', 'repo:octo*'],
    ['token.actions.githubusercontent.com', 'repo:octo-*/x:*'],
    ['token.actions.githubusercontent.com', 'repo:?/x:*'],
    ['token.actions.githubusercontent.com', '*'],
    ['token.actions.githubusercontent.com', 'repo:octo-org/*:ref:refs/heads/main'],
    ['token.actions.githubusercontent.com', 'repo:octo-org/$'.concat('{aws:x}*')],
    ['gitlab.com', 'project_path:group*'],
    ['agent.buildkite.com', 'organization:acme*'],
    ['app.terraform.io', 'organization:*'],
    ['accounts.google.com', '1043*'],
    ['tokens.cloud.shisho.dev', 'job:x:*'],
    ['oidc-configuration.audit-log.githubusercontent.com', 'https://github.com/acme*'],
    ['oidc.vercel.com', 'owner:acme:*'],
    ['login.example.com/tenant', 'client-*'],
  ])('%s does not take %s', (issuer, subject) => {
    expect(codes(checkSubject(address(issuer), subject))).toEqual(['claim-wildcard']);
  });

  test('is refused where the provider is not known, and exact ones are taken everywhere', () => {
    expect(codes(checkSubject(undefined, 'repo:a/b:*'))).toEqual(['claim-wildcard']);
    expect(checkSubject(undefined, 'repo:a/b:ref:x')).toEqual([]);
    expect(codes(checkSubject('https://gitlab.com', ' x'))).toEqual(['bad-claim']);
  });
});

describe('what no token has', () => {
  const TENANT = '11111111-2222-4333-8444-555555555555';
  test.each([
    [`https://sts.windows.net/${TENANT}`, `write provider: https://sts.windows.net/${TENANT}/`],
    [
      `https://login.microsoftonline.com/${TENANT}/v2.0/`,
      `write provider: https://login.microsoftonline.com/${TENANT}/v2.0`,
    ],
  ])('%s: %s', (provider, fix) => {
    expect(checkImpossibleToken(of(provider))).toEqual([{ code: 'issuer-slash', message: expect.any(String), fix }]);
  });

  test('a mail address as Google’s subject', () => {
    const subjects = ['sender@project.iam.gserviceaccount.com', '1043'];
    expect(checkImpossibleToken(of('https://accounts.google.com', { subjects }))).toEqual([
      {
        code: 'google-subject',
        message:
          '"sender@project.iam.gserviceaccount.com" is no subject of Google\'s tokens: their sub claim is a number, not a mail address',
        fix: 'write the unique id: gcloud iam service-accounts describe ADDRESS --format="value(uniqueId)" prints it',
      },
    ]);
  });

  test.each([
    `https://sts.windows.net/${TENANT}/`,
    `https://login.microsoftonline.com/${TENANT}/v2.0`,
    'https://gitlab.com',
  ])('%s is as tokens have it', (provider) => {
    expect(checkImpossibleToken(of(provider, { subjects: ['a@b.c'] }))).toEqual([]);
  });
});
