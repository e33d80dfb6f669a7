import { load } from '../../lib/definitions/load';
import { Attribution } from '../../lib/usage/attribution';
import type { LogRecord } from '../../lib/usage/logs/record';
import { inFolder } from '../support/folder';

const TRUST = (principal: string, more = '') => `kind: direct-trust\nprincipals: [${principal}]\n${more}`;

const DEFINITIONS = {
  'kohler/client.yaml':
    'account: "111122223333"\nregion: eu-west-1\ninternal:\n  - principals: [arn:aws:iam::111122223333:role/team/analyst]\n',
  'kohler/one.yaml': TRUST('arn:aws:iam::444455556666:role/path/loader'),
  'kohler/two.yaml': TRUST('arn:aws:iam::444455556666:role/other'),
  'kohler/whole.yaml': TRUST('"777766665555"', 'allowWholeAccount: true\n'),
  'kohler/half.yaml': TRUST('arn:aws:iam::777766665555:role/half'),
  'kohler/canonical.yaml': TRUST('79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'),
  'kohler/point.yaml': TRUST('arn:aws:iam::888877776666:role/p', 'accessPoint: true\n'),
  'acme/client.yaml': 'region: eu-west-1\n',
  'acme/role.yaml': 'kind: assumed-role\nprincipals: [arn:aws:iam::444455556666:role/x]\nexternalId: acme-1\n',
};

const record = (more: Partial<LogRecord>): LogRecord => ({
  ...{
    from: 'server-access',
    at: 0,
    bucket: 'integrations-kohler',
    requester: '',
    requestId: '1',
    name: 'REST.GET.OBJECT',
  },
  ...{ operation: 'GetObject', versioned: false, key: '', status: 200, errorCode: '', bytesIn: 0, bytesOut: 0 },
  accessPoint: '',
  ...more,
});
const session = (account: string, role: string) => `arn:aws:sts::${account}:assumed-role/${role}/x`;

const whose = (more: Partial<LogRecord>) =>
  inFolder(DEFINITIONS, (dir) => {
    const { deployment, failed } = load(dir);
    expect(failed).toBe(false);
    const found = new Attribution(deployment.clients).of(record(more));
    return found.by === 'integration'
      ? `${found.used.integration.name}${found.byPrefix ? ' by prefix' : ''}`
      : found.by;
  });

test.each<[string, Partial<LogRecord>, string]>([
  ["a role's session, whatever its path", { requester: session('444455556666', 'loader') }, 'kohler_one'],
  ['another role of that account', { requester: session('444455556666', 'other') }, 'kohler_two'],
  ['a third role of that account', { requester: session('444455556666', 'third') }, 'stranger'],
  ['a role of that name elsewhere', { requester: session('444455556667', 'loader') }, 'stranger'],
  ['anybody of a whole account', { requester: session('777766665555', 'any') }, 'kohler_whole'],
  [
    'one who may be of two, by its key',
    { requester: session('777766665555', 'half'), key: 'half/a' },
    'kohler_half by prefix',
  ],
  [
    'the same, by the other key',
    { requester: session('777766665555', 'half'), key: 'whole/a' },
    'kohler_whole by prefix',
  ],
  ['the same, by neither', { requester: session('777766665555', 'half'), key: 'one/a' }, 'stranger'],
  ['the same, without a key', { requester: session('777766665555', 'half') }, 'nobody'],
  [
    'the same, by what it lists',
    { requester: session('777766665555', 'half'), prefix: 'half%2F' },
    'kohler_half by prefix',
  ],
  ['an account alone', { requester: 'AROA:x', account: '444455556666', key: 'two/a' }, 'kohler_two by prefix'],
  ['an account alone that only one trusts', { requester: 'AROA:x', account: '888877776666' }, 'kohler_point'],
  [
    'a canonical user',
    { requester: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    'kohler_canonical',
  ],
  [
    'an access point',
    { requester: 'whoever', accessPoint: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/kohler--point' },
    'kohler_point',
  ],
  [
    'an access point of that name elsewhere',
    { requester: 'x', accessPoint: 'arn:aws:s3:eu-west-1:111122223334:accesspoint/kohler--point' },
    'stranger',
  ],
  ['somebody of ours who is meant', { requester: session('111122223333', 'analyst') }, 'nobody'],
  ['somebody of ours who is not', { requester: session('111122223333', 'other') }, 'stranger'],
  [
    'a role of an account that is not known, in its bucket',
    { requester: session('222233334444', 'acme_role'), bucket: 'integrations-acme' },
    'acme_role',
  ],
  [
    'a role of that name, in another bucket',
    { requester: session('222233334444', 'acme_role'), bucket: 'integrations-kohler' },
    'stranger',
  ],
  [
    'a key that is in the prefix, of somebody else',
    { requester: session('123412341234', 'x'), key: 'one/a' },
    'stranger',
  ],
  ['a bucket of nobody', { requester: session('444455556666', 'loader'), bucket: 'b' }, 'nobody'],
  ['a service', { requester: 'logging.s3.amazonaws.com' }, 'nobody'],
])('%s', (_, more, expected) => {
  expect(whose(more)).toBe(expected);
});
