import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import cdkJson from '../../cdk.json';
import { integrationsApp } from '../../lib/app/integrations-app';
import { inFolder } from '../support/folder';
import type { Resource } from '../support/synth';

const ONE = 'https://login.example.com/one';
const TWO = 'https://login.example.com/two';

/** An integration's file. */
const token = (provider: string, audiences: string, more = '') =>
  `kind: web-identity\nprovider: ${provider}\naudiences: [${audiences}]\nsubjects: [client-1]\n${more}`;

function stacksOf(
  files: Readonly<Record<string, string>>,
  context: Readonly<Record<string, string>> = {},
  environment: { account?: string; region?: string } = {},
): Readonly<Record<string, CloudFormationStackArtifact>> {
  return inFolder(files, (integrations) => {
    const lines: string[] = [];
    const made = integrationsApp({
      report: (line) => lines.push(line),
      today: '2026-11-22',
      environment,
      context: { ...cdkJson.context, integrations, ...context },
    });
    expect(lines).toEqual([]);
    return Object.fromEntries((made?.synth().stacks ?? []).map((stack) => [stack.id, stack]));
  });
}

const resources = (stack: CloudFormationStackArtifact | undefined): Resource[] =>
  Object.values(stack?.template.Resources ?? {});
const audiences = (stack: CloudFormationStackArtifact | undefined) =>
  Object.fromEntries(resources(stack).map(({ Properties }) => [Properties.Url, Properties.ClientIdList]));
/** The stacks that must be there before a stack. */
const needs = (stack: CloudFormationStackArtifact | undefined) =>
  stack?.dependencies.filter(({ manifest }) => manifest.type === 'aws:cloudformation:stack').map(({ id }) => id);

const FILES = {
  'acme/client.yaml': '',
  'acme/okta.yaml': token(ONE, 'zebra, apple'),
  'acme/boomi.yaml': token(TWO, 'only'),
  'kohler/client.yaml': '',
  'kohler/okta.yaml': token(ONE, 'apple, mango'),
  'plain/client.yaml': '',
  'plain/adobe.yaml': 'kind: access-key\nreason: a test\n',
};

test('an issuer has one provider, with the audiences of all who use it, in order', () => {
  const stacks = stacksOf(FILES);
  expect(Object.keys(stacks).sort()).toEqual(['IdentityProviders', 'acme', 'kohler', 'plain']);
  expect(stacks.IdentityProviders?.stackName).toBe('integrations-IdentityProviders');
  expect(resources(stacks.IdentityProviders).map(({ Type }) => Type)).toEqual([
    'AWS::IAM::OIDCProvider',
    'AWS::IAM::OIDCProvider',
  ]);
  expect(audiences(stacks.IdentityProviders)).toEqual({ [ONE]: ['apple', 'mango', 'zebra'], [TWO]: ['only'] });
  const others = Object.values(stacks).filter(({ id }) => id !== 'IdentityProviders');
  expect(others.flatMap(resources).map(({ Type }) => Type)).not.toContain('AWS::IAM::OIDCProvider');
});

test('comes before the clients that use it, and before no other', () => {
  const stacks = stacksOf(FILES);
  expect(needs(stacks.IdentityProviders)).toEqual([]);
  expect(needs(stacks.acme)).toEqual(['IdentityProviders']);
  expect(needs(stacks.kohler)).toEqual(['IdentityProviders']);
  expect(needs(stacks.plain)).toEqual([]);
});

test('roles know its ARN beforehand, so nothing is exported or imported', () => {
  const stacks = stacksOf(FILES, {}, { account: '111122223333', region: 'eu-west-1' });
  for (const { template } of Object.values(stacks)) {
    expect(JSON.stringify(template)).not.toMatch(/Fn::ImportValue|"Export"|Fn::GetStackOutput/);
  }
  const trusted = resources(stacks.acme).map(({ Properties }) => Properties.AssumeRolePolicyDocument?.Statement[0]);
  expect(trusted.filter(Boolean).map(({ Principal }) => Principal.Federated)).toEqual([
    'arn:aws:iam::111122223333:oidc-provider/login.example.com/two',
    'arn:aws:iam::111122223333:oidc-provider/login.example.com/one',
  ]);
  expect(stacks.IdentityProviders?.template.Outputs).toBeUndefined();
});

test('pending and suspended integrations keep theirs', () => {
  const { IdentityProviders } = stacksOf({
    'acme/client.yaml': '',
    'acme/okta.yaml': `kind: web-identity\nstatus: pending\nprovider: ${ONE}\n`,
    'acme/boomi.yaml': token(TWO, 'only', 'status: suspended\n'),
    'acme/later.yaml': 'kind: web-identity\nstatus: pending\n',
  });
  expect(audiences(IdentityProviders)).toEqual({ [ONE]: [], [TWO]: ['only'] });
});

test.each(['acme', 'acme,kohler'])('is left as it is where only some clients are made: %s', (clients) => {
  const stacks = stacksOf(FILES, { clients });
  expect(Object.keys(stacks).sort()).toEqual(clients.split(','));
  expect(needs(stacks.acme)).toEqual([]);
});

test('each account has its own', () => {
  const stacks = stacksOf({
    'acme/client.yaml': 'account: "111122223333"',
    'acme/okta.yaml': token(ONE, 'a'),
    'beta/client.yaml': 'account: "111122223333"',
    'beta/okta.yaml': token(ONE, 'b'),
    'kohler/client.yaml': 'account: "444455556666"',
    'kohler/okta.yaml': token(ONE, 'c'),
  });
  const providers = Object.values(stacks).filter(({ id }) => id.startsWith('IdentityProviders'));
  expect(providers.map((stack) => [stack.id, stack.stackName, stack.environment.account, audiences(stack)])).toEqual([
    [
      'IdentityProviders-111122223333',
      'integrations-IdentityProviders-111122223333',
      '111122223333',
      { [ONE]: ['a', 'b'] },
    ],
    ['IdentityProviders-444455556666', 'integrations-IdentityProviders-444455556666', '444455556666', { [ONE]: ['c'] }],
  ]);
  expect(needs(stacks.acme)).toEqual(['IdentityProviders-111122223333']);
  expect(needs(stacks.beta)).toEqual(['IdentityProviders-111122223333']);
  expect(needs(stacks.kohler)).toEqual(['IdentityProviders-444455556666']);
});

test.each<[string, string]>([
  ['a provider that exists already', 'arn:aws:iam::111122223333:oidc-provider/login.example.com'],
  ['an issuer that AWS knows by itself', 'https://accounts.google.com'],
])('%s needs none', (_, provider) => {
  const stacks = stacksOf({ 'acme/client.yaml': '', 'acme/okta.yaml': token(provider, 'a') });
  expect(Object.keys(stacks)).toEqual(['acme']);
  expect(needs(stacks.acme)).toEqual([]);
});

test.each<[string, Readonly<Record<string, string>>, { account?: string; region?: string }, string]>([
  ['nothing', {}, {}, 'aws://unknown-account/unknown-region'],
  ['an environment', {}, { account: '111122223333', region: 'eu-west-1' }, 'aws://111122223333/eu-west-1'],
  [
    'settings beside an environment',
    { 'settings.yaml': 'account: "444455556666"\nregion: us-east-1\n' },
    { account: '111122223333', region: 'eu-west-1' },
    'aws://444455556666/us-east-1',
  ],
])('another client never moves it: %s', (_, settings, environment, where) => {
  const before = { ...settings, 'kohler/client.yaml': 'region: eu-central-1', 'kohler/okta.yaml': token(ONE, 'a') };
  const others = {
    // Before and after it in order, elsewhere, with an issuer of its own and with the same.
    'acme/client.yaml': 'region: ap-southeast-2',
    'acme/okta.yaml': token(TWO, 'b'),
    'zeta/client.yaml': '',
    'zeta/okta.yaml': token(ONE, 'z'),
  };
  const [one, several] = [before, { ...before, ...others }].map((files) => {
    const stacks = stacksOf(files, {}, environment);
    const provider = Object.values(stacks).filter(({ id }) => id.startsWith('IdentityProviders'));
    expect(provider).toHaveLength(1);
    return provider[0];
  });
  expect(one?.environment.name).toBe(where);
  const place = (stack: typeof one) => [stack?.id, stack?.stackName, stack?.environment.name];
  expect(place(several)).toEqual(place(one));
  // Nor is the provider that was there replaced: same logical id, same address, only more audiences.
  const url = (stack: typeof one) =>
    Object.entries<Resource>(stack?.template.Resources).find(([, { Properties }]) => Properties.Url === ONE)?.[0];
  expect(url(several)).toBe(url(one));
  expect(audiences(several)).toEqual({ [ONE]: ['a', 'z'], [TWO]: ['b'] });
});
