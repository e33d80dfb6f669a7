import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { isDenial, type Refusal } from '../../lib/causes/refusal';
import { sdkVendor } from '../../lib/command/aws/sdk-vendor';
import { Refused } from '../../lib/connection/refused';
import type { Session } from '../../lib/connection/vendor';
import { inFolder } from '../support/folder';

/** What the real SDK makes of answers, against a server of nothing but answers. */
let server: Server;
let requests: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[] = [];
let reply: (request: (typeof requests)[number], response: ServerResponse) => void = () => {};
const before = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
    requests.push(seen);
    reply(seen, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  requests = [];
  process.env = { ...before, AWS_ENDPOINT_URL: `http://localhost:${(server.address() as { port: number }).port}` };
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
  process.env.AWS_ACCESS_KEY_ID = 'AKIDVENDOR';
  process.env.AWS_SECRET_ACCESS_KEY = 'the-very-secret';
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  process.env.AWS_CONFIG_FILE = '/dev/null';
  process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
});

const answers = (status: number, body: string, headers: Record<string, string> = {}) => {
  reply = (_, response) => response.writeHead(status, headers).end(body);
};
const error = (code: string, more = '') =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>why</Message>${more}</Error>`;
const make = (profile?: string) => sdkVendor({ region: 'eu-west-1', bucket: 'integrations-kohler', profile });
const own = async (): Promise<Session> => (await make()).own();

async function refusal(ask: () => Promise<unknown>): Promise<Refusal> {
  const thrown = await ask().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(Refused);
  return (thrown as Refused).refusal;
}

describe('what an answer of S3 says', () => {
  test.each<[string, number, string, Record<string, string>, Partial<Refusal>, boolean]>([
    ['a denial', 403, error('AccessDenied'), {}, { code: 'AccessDenied', status: 403, message: 'why' }, true],
    ['a denial without a word', 403, '', {}, { code: 'Unknown', status: 403, message: '' }, true],
    [
      'a redirect',
      301,
      error('PermanentRedirect'),
      { 'x-amz-bucket-region': 'us-west-2' },
      { code: 'PermanentRedirect', region: 'us-west-2' },
      false,
    ],
    [
      'a wrong region',
      400,
      error('AuthorizationHeaderMalformed', '<Region>us-west-2</Region>'),
      {},
      { code: 'AuthorizationHeaderMalformed', region: 'us-west-2' },
      false,
    ],
    [
      'a clock that is off',
      403,
      error('RequestTimeTooSkewed'),
      { date: 'Sun, 22 Nov 2020 10:00:00 GMT' },
      { code: 'RequestTimeTooSkewed' },
      false,
    ],
    ['a deleted key', 403, error('InvalidAccessKeyId'), {}, { code: 'InvalidAccessKeyId' }, false],
    ['no bucket', 404, error('NoSuchBucket'), {}, { code: 'NoSuchBucket', status: 404 }, false],
    ['a login page', 200, '<html><body>Log in<br></body>', {}, { code: 'UnreadableAnswer', status: 200 }, false],
    ['a proxy', 407, 'who are you', {}, { code: 'UnreadableAnswer', status: 407 }, false],
  ])('%s', async (_, status, body, headers, expected, denial) => {
    answers(status, body, headers);
    const session = await own();
    const told = await refusal(() => session.list('reltio/'));
    expect(told).toMatchObject(expected);
    expect(isDenial(told)).toBe(denial);
    expect(requests).toHaveLength(1);
  });

  test('a busy server is asked again, twice, and no more', async () => {
    answers(503, error('SlowDown'));
    expect(await refusal(async () => (await own()).location())).toMatchObject({ code: 'SlowDown', status: 503 });
    expect(requests).toHaveLength(3);
    const codes = [500, 200];
    reply = (_, response) =>
      response
        .writeHead(codes.shift() ?? 400)
        .end('<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">EU</LocationConstraint>');
    expect(await (await own()).location()).toBe('eu-west-1');
  });
});

test('an endpoint in the place of AWS is spoken to with the bucket in the path; the parameter of a list is left out or empty', async () => {
  answers(200, '<ListBucketResult><Contents><Key>reltio/a</Key></Contents></ListBucketResult>');
  const session = await own();
  expect(await session.list('reltio/')).toEqual(['reltio/a']);
  await session.list(undefined);
  await session.list('');
  expect(requests.map(({ url }) => url)).toEqual([
    '/integrations-kohler/?list-type=2&prefix=reltio%2F',
    '/integrations-kohler/?list-type=2',
    '/integrations-kohler/?list-type=2&prefix=',
  ]);
});

test('what is written goes out as it is: no checksum that older servers refuse', async () => {
  answers(200, '', { 'x-amz-version-id': 'v1' });
  expect(await (await own()).put('reltio/a', 'text', 'bucket-owner-full-control')).toBe('v1');
  expect(requests[0]).toMatchObject({
    method: 'PUT',
    url: '/integrations-kohler/reltio/a?x-id=PutObject',
    body: 'text',
  });
  expect(requests[0]?.headers['x-amz-acl']).toBe('bucket-owner-full-control');
  expect(Object.keys(requests[0]?.headers ?? {}).filter((name) => name.includes('checksum'))).toEqual([]);
});

test('of a large object only the beginning is fetched', async () => {
  reply = (_, response) => {
    response.writeHead(200);
    const more = () => response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more));
    more();
  };
  const got = await (await own()).get('reltio/huge');
  expect(got.length).toBeGreaterThan(0);
  expect(got.length).toBeLessThan(1_000_000);
});

describe('sessions', () => {
  const ISSUED = `<Credentials><AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>the-token</SessionToken></Credentials>`;
  const role = { roleArn: 'arn:aws:iam::111122223333:role/kohler_reltio', sessionName: 'kohler_reltio', seconds: 900 };
  const opens = (action: string) => {
    reply = ({ url }, response) =>
      response
        .writeHead(200)
        .end(
          url === '/'
            ? `<${action}Response><${action}Result>${ISSUED}</${action}Result></${action}Response>`
            : '<ListBucketResult/>',
        );
  };

  test('are asked for with the external ID, and used', async () => {
    opens('AssumeRole');
    const session = await (await make()).assume({ ...role, externalId: 'x=1' });
    await session.list('reltio/');
    const sent = new URLSearchParams(requests[0]?.body);
    expect(Object.fromEntries(sent)).toMatchObject({
      ...{ Action: 'AssumeRole', RoleArn: role.roleArn, RoleSessionName: 'kohler_reltio' },
      ...{ DurationSeconds: '900', ExternalId: 'x=1' },
    });
    expect(requests[1]?.headers['x-amz-security-token']).toBe('the-token');
    expect(requests[1]?.headers.authorization).toContain('Credential=ASIASESSION/');
  });

  test('without an external ID send none', async () => {
    opens('AssumeRole');
    await (await make()).assume(role);
    expect(new URLSearchParams(requests[0]?.body).has('ExternalId')).toBe(false);
  });

  test('of a token are asked for unsigned, without any credentials', async () => {
    opens('AssumeRoleWithWebIdentity');
    delete process.env.AWS_ACCESS_KEY_ID;
    await (await make()).assumeWithToken(role, 'a.b.c');
    expect(new URLSearchParams(requests[0]?.body).get('WebIdentityToken')).toBe('a.b.c');
    expect(requests[0]?.headers.authorization).toBeUndefined();
  });

  test('a refusal of STS keeps its code and message', async () => {
    const body =
      '<ErrorResponse><Error><Code>ValidationError</Code><Message>The requested DurationSeconds exceeds the MaxSessionDuration</Message></Error></ErrorResponse>';
    answers(400, body);
    const vendor = await make();
    expect(await refusal(() => vendor.assume(role))).toMatchObject({
      code: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration',
    });
  });

  test('each request of STS shows that the clock is off, and the first does not mend it', async () => {
    answers(
      403,
      '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>Signature expired: x</Message></Error></ErrorResponse>',
      {
        date: new Date(Date.now() + 7_200_000).toUTCString(),
      },
    );
    const vendor = await make();
    // For example 20261122T161500Z.
    const signed = () =>
      Date.parse(
        String(requests.at(-1)?.headers['x-amz-date'])
          .replace(/^(.{4})(..)(...)(..)/, '$1-$2-$3$4:')
          .replace(/(..Z)$/, ':$1'),
      );
    await refusal(() => vendor.identity());
    const first = signed();
    await refusal(() => vendor.assume(role));
    expect(Math.abs(signed() - first)).toBeLessThan(60_000);
  });
});

test('no credentials, and a profile that is none', async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  const vendor = await make();
  expect(await refusal(() => vendor.identity())).toMatchObject({ code: 'CredentialsProviderError' });
  const other = await make('nobody');
  expect(await refusal(async () => (await other.own()).location())).toMatchObject({ code: 'CredentialsProviderError' });
  expect(requests).toEqual([]);
});

// In a process of its own: in Jest, errors of the network are not the SDK's kind of Error, and lose their code.
test.each([
  ['a closed port', 'http://127.0.0.1:1', 'the connection is refused'],
  ['a name that is none', 'http://nowhere.invalid', 'the name of the server is not found'],
])(
  '%s is no network, and told once',
  async (_, AWS_ENDPOINT_URL, cause) => {
    const handoff = {
      ...{ integration: 'kohler_adobe', kind: 'access-key', status: 'active', access: ['list'] },
      ...{ bucket: 'integrations-kohler', prefix: 'adobe/', region: 'eu-west-1' },
    };
    await inFolder({ 'handoff.json': JSON.stringify(handoff) }, async (dir) => {
      const env = { ...process.env, AWS_ENDPOINT_URL };
      const command = join(__dirname, '../../bin/bucket-integrations');
      const words = [command, 'test-connection', join(dir, 'handoff.json'), '--any-bucket', '--json'];
      const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
        execFile(process.execPath, words, { env }, (failed, out) => resolve({ code: failed?.code, stdout: out }));
      });
      expect(code).toBe(1);
      const wrong = { code: 'no-network', who: 'network', cause: expect.stringContaining(cause) };
      expect(JSON.parse(stdout).steps).toMatchObject([
        { step: 'credentials', outcome: 'skipped' },
        { step: 'location', outcome: 'error', ...wrong },
      ]);
      expect(stdout).not.toContain('the-very-secret');
    });
  },
  30_000,
);
