import { ANY, type Value, type Who } from '../../lib/access';
import { whoIs } from '../../lib/access/who';

const ACCOUNT = { scope: '', id: 'AWS::AccountId' };
const principal = (arn: string): Who => ({ by: 'principal', arn: [arn] });
const account = (id: string): Who => ({ by: 'account', account: [id] });
const ANYONE: Who = { by: 'anyone' };

test.each<[string, Value, readonly Who[]]>([
  ['AWS', ['*'], [ANYONE]],
  ['AWS', [], [ANYONE]],
  ['AWS', ['111122223333'], [account('111122223333')]],
  ['aws', ['111122223333'], [account('111122223333')]],
  // Neither is an account, so nobody knows who it is.
  ['AWS', ['1111222233334'], [ANYONE]],
  ['AWS', ['x111122223333'], [ANYONE]],
  ['AWS', ['arn:aws:iam::111122223333:root'], [account('111122223333')]],
  ['AWS', ['arn:aws:iam::111122223333:role/a'], [principal('arn:aws:iam::111122223333:role/a')]],
  ['AWS', ['arn:aws:iam::111122223333:roots'], [principal('arn:aws:iam::111122223333:roots')]],
  [
    'AWS',
    ['arn:aws:iam::111122223333:*'],
    [account('111122223333'), { by: 'principal', arn: ['arn:aws:iam::111122223333:', { wild: '*' }] }],
  ],
  ['AWS', ['AROAEXAMPLE'], [{ by: 'id', id: ['AROAEXAMPLE'] }]],
  ['AWS', ['AROAEXAMPLE:session'], [{ by: 'id', id: ['AROAEXAMPLE'] }]],
  ['AWS', ['xAROAEXAMPLE'], [ANYONE]],
  ['AWS', ['AR1AEXAMPLE'], [ANYONE]],
  ['AWS', ['AROAEXAMPLE/session'], [ANYONE]],
  ['AWS', [ACCOUNT], [{ by: 'account', account: [ACCOUNT] }]],
  ['AWS', [ACCOUNT, 'x'], [ANYONE]],
  ['AWS', [ANY], [ANYONE]],
  [
    'AWS',
    [{ oneOf: [['111122223333'], ['AROAEXAMPLE']] }],
    [account('111122223333'), { by: 'id', id: ['AROAEXAMPLE'] }],
  ],
  [
    'AWS',
    ['arn:aws:iam::111122223333:', { oneOf: [['root'], ['role/a']] }],
    [
      account('111122223333'),
      { by: 'principal', arn: ['arn:aws:iam::111122223333:', { oneOf: [['root'], ['role/a']] }] },
    ],
  ],
  ['AWS', [{ oneOf: [['111122223333']] }, 'x'], [ANYONE]],
  ['Service', ['s3.amazonaws.com'], [{ by: 'service', name: ['s3.amazonaws.com'] }]],
  [
    'SERVICE',
    [{ oneOf: [['a'], ['b']] }],
    [
      { by: 'service', name: ['a'] },
      { by: 'service', name: ['b'] },
    ],
  ],
  ['Federated', ['x.example.com'], [{ by: 'federated', provider: ['x.example.com'] }]],
  ['CanonicalUser', ['abc'], [{ by: 'canonical', id: ['abc'] }]],
  ['Other', ['abc'], [ANYONE]],
])('%s %j', (type, value, expected) => {
  expect(whoIs(type, value)).toEqual(expected);
});
