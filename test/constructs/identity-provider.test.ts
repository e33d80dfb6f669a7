import { Fn, Stack } from 'aws-cdk-lib/core';
import { IdentityProvider, type IdentityProviderProps } from '../../lib';
import { newApp, type Template, templateOf } from '../support/synth';

function made(props: Partial<IdentityProviderProps> = {}): Template {
  const stack = new Stack(newApp(), 'providers');
  new IdentityProvider(stack, 'Login', {
    issuer: 'https://login.example.com/tenant',
    audiences: ['sts.example.com'],
    ...props,
  });
  return templateOf(stack);
}

const resources = (template: Template) => Object.values(template.Resources);

test('is one resource, and nothing that fetches fingerprints', () => {
  expect(resources(made())).toEqual([
    {
      Type: 'AWS::IAM::OIDCProvider',
      Properties: { Url: 'https://login.example.com/tenant', ClientIdList: ['sts.example.com'] },
    },
  ]);
});

test('has each audience once, in order, and leaves what it is given as it was', () => {
  const audiences = Object.freeze(['b', 'a', 'c', 'a', 'B']) as string[];
  expect(resources(made({ audiences }))[0]?.Properties.ClientIdList).toEqual(['B', 'a', 'b', 'c']);
});

test('another audience edits it in place', () => {
  const [one, two] = [made(), made({ audiences: ['sts.example.com', 'another'] })];
  expect(Object.keys(two.Resources)).toEqual(Object.keys(one.Resources));
});

test('keeps the address as it is written, to the slash at its end', () => {
  const issuer = 'https://id.example.com/';
  expect(resources(made({ issuer }))[0]?.Properties.Url).toBe(issuer);
});

test('takes an audience that is known only at deployment', () => {
  expect(() => made({ audiences: [Fn.ref('Audience')] })).not.toThrow();
});

test.each<[string, Partial<IdentityProviderProps>, string]>([
  ['an issuer that AWS knows by itself', { issuer: 'https://accounts.google.com' }, 'bad-provider'],
  ['that issuer by its name', { issuer: 'accounts.google.com' }, 'bad-provider'],
  [
    'a provider that exists already',
    { issuer: 'arn:aws:iam::111122223333:oidc-provider/login.example.com' },
    'bad-provider',
  ],
  ['plain HTTP', { issuer: 'http://login.example.com' }, 'bad-provider'],
  ['an issuer without its scheme', { issuer: 'login.example.com' }, 'bad-provider'],
  ['an issuer with a port', { issuer: 'https://login.example.com:8443' }, 'bad-provider'],
  ['an issuer that is not known', { issuer: Fn.ref('Issuer') }, 'bad-provider'],
  ['an empty audience', { audiences: [''] }, 'bad-claim'],
  ['a wildcard as audience', { audiences: ['sts.example.com', '*'] }, 'claim-wildcard'],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});
