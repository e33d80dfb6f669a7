import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../../lib/account/readers/ask';
import { sdkAccount } from '../../lib/command/aws/sdk-account';

/** What the real SDK makes of a server's answers. Of Roles Anywhere not every registry has a package: it is played. */
jest.mock('@aws-sdk/client-rolesanywhere', () => mockRolesAnywhere(), { virtual: true });

function mockRolesAnywhere() {
  return {
    RolesAnywhereClient: class {
      readonly config = { serviceConfiguredEndpoint: () => Promise.resolve(undefined) };
      constructor(readonly settings: { readonly region: string; readonly credentials: unknown }) {}
      send = ({ input }: { input: object }) =>
        Promise.resolve({ $metadata: {}, profiles: [{ ...input, region: this.settings.region }] });
    },
    ListProfilesCommand: class {
      constructor(readonly input: object) {}
    },
  };
}

interface Request {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let requests: Request[] = [];
let answer: (request: Request) => [status: number, body: string] = () => [500, ''];
const before = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const seen = { method: request.method, url: request.url, headers: request.headers, body };
    requests.push(seen);
    const [status, text] = answer(seen);
    response.writeHead(status, { 'content-type': text.startsWith('{') ? 'application/x-amz-json-1.1' : 'text/xml' });
    response.end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

beforeEach(() => {
  requests = [];
  process.env = {
    ...before,
    AWS_ENDPOINT_URL: `http://localhost:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKIDREADER',
    AWS_SECRET_ACCESS_KEY: 'the-very-secret',
    AWS_REGION: 'eu-central-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
});

afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const json = (value: object): [number, string] => [200, JSON.stringify(value)];

test('answers of every protocol, without what is the SDK’s own', async () => {
  const { ask } = await sdkAccount();
  answer = () => [
    200,
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  ];
  expect(await ask('sts', 'eu-west-1', 'GetCallerIdentity', {})).toEqual({ Account: '111122223333' });
  answer = () => json({ Policy: '{}' });
  expect(await ask('kms', 'eu-west-1', 'GetKeyPolicy', { KeyId: 'k', PolicyName: 'default' })).toEqual({
    Policy: '{}',
  });
  expect(requests[1]?.headers['x-amz-target']).toBe('TrentService.GetKeyPolicy');
  expect(requests[1]?.headers.authorization).toContain('/eu-west-1/kms/aws4_request');
  expect(await ask('rolesanywhere', 'eu-west-2', 'ListProfiles', { nextToken: 'x' })).toEqual({
    profiles: [{ nextToken: 'x', region: 'eu-west-2' }],
  });
});

test('a server in AWS’s place has no name for each bucket and account', async () => {
  const { ask } = await sdkAccount();
  answer = () => [200, '<ListAccessPointsResult><AccessPointList/></ListAccessPointsResult>'];
  await ask('s3control', 'eu-west-1', 'ListAccessPoints', { AccountId: '111122223333' });
  answer = () => [200, '{"Version":"2012-10-17"}'];
  const answered = await ask('s3', 'eu-west-1', 'GetBucketPolicy', {
    Bucket: 'kohler',
    ExpectedBucketOwner: '111122223333',
  });
  expect(answered).toEqual({ Policy: '{"Version":"2012-10-17"}' });
  expect(requests.map(({ url, headers }) => [url, headers.host?.replace(/:.*/, '')])).toEqual([
    ['/v20180820/accesspoint', 'localhost'],
    ['/kohler/?policy=', 'localhost'],
  ]);
  expect(requests[0]?.headers['x-amz-account-id']).toBe('111122223333');
  expect(requests[1]?.headers['x-amz-expected-bucket-owner']).toBe('111122223333');
});

const error = (code: string) => `<Error><Code>${code}</Code><Message>said\nso</Message></Error>`;
test.each<[string, () => [number, string], string]>([
  ['S3’s', () => [404, error('NoSuchBucketPolicy')], 'NoSuchBucketPolicy'],
  ['S3’s denial', () => [403, error('AccessDenied')], 'AccessDenied'],
])('%s word is the refusal’s', async (_, given, code) => {
  const { ask } = await sdkAccount();
  answer = given;
  const asked = ask('s3', 'eu-west-1', 'GetBucketPolicy', { Bucket: 'kohler' });
  await expect(asked).rejects.toEqual(new Refusal(code, 'said so'));
  await expect(asked).rejects.toMatchObject({ code });
});

test('a word that some services lengthen is the same', async () => {
  const { ask } = await sdkAccount();
  answer = () => [400, JSON.stringify({ __type: 'NotFoundException', message: 'none' })];
  const policy = ask('kms', 'eu-west-1', 'GetKeyPolicy', { KeyId: 'k', PolicyName: 'default' });
  await expect(policy).rejects.toMatchObject({ code: 'NotFound', message: 'none' });
  answer = () => [
    404,
    `<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>`,
  ];
  const profile = ask('iam', 'eu-west-1', 'GetLoginProfile', { UserName: 'x' });
  await expect(profile).rejects.toMatchObject({ code: 'NoSuchEntity' });
});

test('credentials that are not there are a refusal too', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete process.env[name];
  const { ask } = await sdkAccount();
  await expect(ask('sts', 'eu-west-1', 'GetCallerIdentity', {})).rejects.toMatchObject({
    code: 'CredentialsProviderError',
  });
  expect(requests).toEqual([]);
});

test('the Region of the environment, or none', async () => {
  expect((await sdkAccount()).region).toBe('eu-central-1');
  delete process.env.AWS_REGION;
  delete process.env.AWS_DEFAULT_REGION;
  expect((await sdkAccount()).region).toBeUndefined();
});

test('packages of the SDK that are not there are named, all at once', async () => {
  jest.resetModules();
  for (const name of ['rolesanywhere', 'transfer']) {
    jest.doMock(
      `@aws-sdk/client-${name}`,
      () => {
        throw new Error('not there');
      },
      { virtual: true },
    );
  }
  const { sdkAccount: without } = await import('../../lib/command/aws/sdk-account');
  await expect(without()).rejects.toThrow(
    'this needs the AWS SDK; npm install @aws-sdk/client-rolesanywhere @aws-sdk/client-transfer',
  );
});
