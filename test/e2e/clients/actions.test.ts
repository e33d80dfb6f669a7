import { permissionsFor } from './actions';

const BUCKET = 'arn:aws:s3:::b';
const OBJECT = 'arn:aws:s3:::b/p/a b';

test.each([
  ['GET', '/', {}, [['s3:ListAllMyBuckets', '*']]],
  ['GET', '/b?list-type=2&prefix=p%2F&delimiter=%2F', {}, [['s3:ListBucket', BUCKET, { 's3:prefix': 'p/' }]]],
  ['GET', '/b/?prefix=', {}, [['s3:ListBucket', BUCKET, { 's3:prefix': '' }]]],
  ['GET', '/b', {}, [['s3:ListBucket', BUCKET]]],
  ['HEAD', '/b', {}, [['s3:ListBucket', BUCKET]]],
  ['GET', '/b?location', {}, [['s3:GetBucketLocation', BUCKET]]],
  ['PUT', '/b', {}, [['s3:CreateBucket', BUCKET]]],
  ['POST', '/b?delete', {}, []],
  ['HEAD', '/b/p/a%20b', {}, [['s3:GetObject', OBJECT]]],
  ['GET', '/b/p/a%20b?versionId=1', {}, [['s3:GetObjectVersion', OBJECT]]],
  ['GET', '/b/p/a%20b?acl', {}, [['s3:GetObjectAcl', OBJECT]]],
  ['PUT', '/b/p/a%20b', {}, [['s3:PutObject', OBJECT]]],
  ['POST', '/b/p/a%20b?uploads', {}, [['s3:PutObject', OBJECT]]],
  ['DELETE', '/b/p/a%20b', {}, [['s3:DeleteObject', OBJECT]]],
  ['DELETE', '/b/p/a%20b?uploadId=1', {}, [['s3:AbortMultipartUpload', OBJECT]]],
  [
    'PUT',
    '/b/p/a%20b',
    { 'x-amz-acl': 'bucket-owner-full-control' },
    [
      ['s3:PutObject', OBJECT],
      ['s3:PutObjectAcl', OBJECT, { 's3:x-amz-acl': 'bucket-owner-full-control' }],
    ],
  ],
  [
    'PUT',
    '/b/p/a%20b',
    { 'x-amz-copy-source': '/c/d%20e' },
    [
      ['s3:GetObject', 'arn:aws:s3:::c/d e'],
      ['s3:PutObject', OBJECT],
    ],
  ],
] as [string, string, Record<string, string>, [string, string, Record<string, string>?][]][])(
  '%s %s %j',
  (method, path, headers, expected) => {
    const asked = expected.map(([action, resource, context]) => ({
      action,
      resource,
      ...(context ? { context } : {}),
    }));
    expect(permissionsFor({ method, path, headers })).toEqual(asked);
  },
);

test('what nobody knows is an error', () => {
  expect(() => permissionsFor({ method: 'PATCH', path: '/b/a', headers: {} })).toThrow('nobody knows');
  expect(() => permissionsFor({ method: 'DELETE', path: '/b', headers: {} })).toThrow('nobody knows');
});
