import { removals } from '../../lib/changes/removals';
import { load } from '../../lib/definitions/load';
import type { Client } from '../../lib/definitions/model/model';
import { inFolder } from '../support/folder';

const KEY = 'kind: access-key\nreason: x\n';

function client(files: Record<string, string>): Client {
  const { deployment, problems } = inFolder({ 'c/client.yaml': '', ...files }, (dir) => load(dir));
  expect(problems).toEqual([]);
  const [only] = deployment.clients;
  if (!only) throw new Error('no client');
  return only;
}

function said(before: Client | undefined, after: Client | undefined) {
  const { secrets, buckets } = removals(before, after);
  return { secrets: Object.fromEntries(secrets), buckets: Object.fromEntries(buckets) };
}

const NOTHING = { secrets: {}, buckets: {} };

test('nothing goes that is still named', () => {
  const same = client({ 'c/v.yaml': `${KEY}keys: [a, b]\ndedicatedBucket: {name: own}\n` });
  expect(said(same, same)).toEqual(NOTHING);
  expect(said(undefined, same)).toEqual(NOTHING);
  expect(said(same, client({ 'c/v.yaml': `${KEY}keys: [b, a]\nstatus: suspended\n` }))).toEqual(NOTHING);
});

test('the slots go that are not named any more', () => {
  const before = client({ 'c/v.yaml': `${KEY}keys: [a, b]\n`, 'c/w.yaml': KEY });
  expect(said(before, client({ 'c/v.yaml': `${KEY}keys: [b]\n`, 'c/w.yaml': KEY }))).toEqual({
    secrets: { 'integrations/c/v/a': 'keys in c/v.yaml no longer has slot a' },
    buckets: {},
  });
  expect(said(before, client({ 'c/v.yaml': 'kind: direct-trust\nstatus: pending\n', 'c/w.yaml': KEY }))).toEqual({
    secrets: {
      'integrations/c/v/a': 'c/v.yaml is of kind direct-trust now',
      'integrations/c/v/b': 'c/v.yaml is of kind direct-trust now',
    },
    buckets: {},
  });
});

test("a file's removal says that its secret and its own bucket go, not the client's", () => {
  const before = client({ 'c/v.yaml': `${KEY}dedicatedBucket: {name: own}\n`, 'c/w.yaml': KEY });
  expect(said(before, client({ 'c/w.yaml': KEY }))).toEqual({
    secrets: { 'integrations/c/v/a': 'c/v.yaml is removed' },
    buckets: { own: 'c/v.yaml is removed' },
  });
});

test('a bucket that anything else names now does not go', () => {
  const before = client({ 'c/v.yaml': `${KEY}dedicatedBucket: {name: own}\n` });
  const elsewhere = client({ 'c/w.yaml': `${KEY}dedicatedBucket: {name: own}\n` });
  const theClients = client({ 'c/client.yaml': 'bucket: {name: own}\n' });
  for (const after of [elsewhere, theClients]) expect(said(before, after).buckets).toEqual({});
});

test('a bucket that a file which stays does not name any more is not said to go', () => {
  const before = client({ 'c/v.yaml': `${KEY}dedicatedBucket: {name: own}\n` });
  expect(said(before, client({ 'c/client.yaml': 'bucket: {name: other}\n', 'c/v.yaml': KEY }))).toStrictEqual(NOTHING);
});

test("a client's removal says that all of it goes", () => {
  const gone = 'the client c is removed';
  expect(said(client({ 'c/v.yaml': `${KEY}dedicatedBucket: {name: own}\n` }), undefined)).toEqual({
    secrets: { 'integrations/c/v/a': gone },
    buckets: { 'integrations-c': gone, own: gone },
  });
});
