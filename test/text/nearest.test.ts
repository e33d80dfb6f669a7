import { nearest } from '../../lib/text/nearest';

const KEYS = ['principals', 'externalId', 'externalIds', 'prefix', 'access', 'keys', 'kind'];

test.each([
  ['prefx', 'prefix'],
  ['Prefix', 'prefix'],
  ['perfix', 'prefix'],
  ['external_id', 'externalId'],
  ['principal', 'principals'],
  ['acces', 'access'],
  ['knid', 'kind'],
])('%s means %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test.each(['bucket', 'x', '', 'permissions'])('%s means nothing near', (word) => {
  expect(nearest(word, KEYS)).toBeUndefined();
});
