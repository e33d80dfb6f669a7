import { load } from '../../lib/definitions/load';
import { providersOf, providerUses } from '../../lib/definitions/model/identity-providers';
import type { Deployment } from '../../lib/definitions/model/model';
import { inFolder } from '../support/folder';

const token = (provider: string, audiences = '[x]') =>
  `kind: web-identity\nprovider: ${provider}\naudiences: ${audiences}\nsubjects: [s]\n`;
const ONE = 'https://login.example.com/one';

function deployment(files: Readonly<Record<string, string>>): Deployment {
  const found = inFolder({ 'a/client.yaml': '', ...files }, (dir) => load(dir));
  expect(found.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return found.deployment;
}

const usesOf = (files: Readonly<Record<string, string>>) => providerUses(deployment(files).clients);

test('a provider is made where one is named by its address, whatever the status', () => {
  expect(usesOf({ 'a/one.yaml': token(ONE) })).toEqual([{ account: undefined, provider: ONE, audiences: ['x'] }]);
  expect(usesOf({ 'a/one.yaml': `kind: web-identity\nstatus: pending\nprovider: ${ONE}\n` })).toHaveLength(1);
  expect(usesOf({ 'a/one.yaml': `${token(ONE)}status: suspended\n` })).toHaveLength(1);
});

test.each([
  ['AWS knows by itself', token('https://accounts.google.com')],
  ['AWS knows by itself as well', token('https://cognito-identity.amazonaws.com')],
  ['exists already', token('arn:aws:iam::111122223333:oidc-provider/login.example.com/one')],
  ['nobody knows yet', 'kind: web-identity\nstatus: pending\n'],
  ['is of another kind', 'kind: access-key\nreason: x\n'],
])('none is made of what %s', (_, text) => {
  expect(usesOf({ 'a/one.yaml': text })).toEqual([]);
  expect(providersOf(deployment({ 'a/one.yaml': text, 'settings.yaml': 'tags: {team: x}' }))).toEqual([]);
});

describe('two versions of a deployment', () => {
  const files = { 'a/one.yaml': token(ONE, '[x, y]') };
  const providers = (more: Readonly<Record<string, string>>) =>
    JSON.stringify(providersOf(deployment({ ...files, ...more })));
  const before = providers({});

  test.each([
    ['the order of audiences', { 'a/one.yaml': token(ONE, '[y, x]') }],
    ['another subject', { 'a/one.yaml': token(ONE, '[x, y]').replace('[s]', '[t]') }],
    ['another user of all of it', { 'a/two.yaml': token(ONE, '[x, y]') }],
    ['an integration of another kind', { 'a/two.yaml': 'kind: access-key\nreason: x\n' }],
  ])('need the same providers: %s', (_, more) => {
    expect(providers(more)).toBe(before);
  });

  test.each([
    ['an audience', { 'a/one.yaml': token(ONE, '[x, z]') }],
    ['an issuer', { 'a/one.yaml': token('https://login.example.com/two', '[x, y]') }],
    ['an account', { 'a/client.yaml': 'account: "111122223333"' }],
    ['tags', { 'settings.yaml': 'tags: {team: x}' }],
    ['a region', { 'settings.yaml': 'region: eu-west-1' }],
  ])('need others: %s', (_, more) => {
    expect(providers(more)).not.toBe(before);
  });
});
