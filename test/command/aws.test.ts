import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aws } from '../../lib/command/aws/aws';
import { Failure } from '../../lib/command/host/failure';

/** Answers as IAM and Secrets Manager do, on a port of its own, so that what the SDK makes of it is seen. */
const SECRETS: Readonly<Record<string, unknown>> = {
  right: { accessKeyId: 'AKIAOLD0000000000001', secretAccessKey: 'the-very-secret' },
  shell: { accessKeyId: 'AKIA; rm -rf / the-very-secret', secretAccessKey: 'the-very-secret' },
  other: 'the-very-secret',
};
const KEYS = [
  {
    id: 'AKIAOLD0000000000001',
    status: 'Active',
    last: '<LastUsedDate>2026-11-20T12:00:00Z</LastUsedDate><ServiceName>s3</ServiceName><Region>eu-west-1</Region>',
  },
  { id: 'AKIANEW0000000000002', status: 'Inactive', last: '<ServiceName>N/A</ServiceName><Region>N/A</Region>' },
];

let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const [status, body] = answerTo(await bodyOf(request));
    response.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1' });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  });
});

afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function answerTo(body: string): [number, string] {
  if (body.startsWith('{')) {
    const secret = SECRETS[JSON.parse(body).SecretId];
    if (secret === undefined) return [400, JSON.stringify({ __type: 'ResourceNotFoundException', message: 'none' })];
    return [200, JSON.stringify({ SecretString: typeof secret === 'string' ? secret : JSON.stringify(secret) })];
  }
  const form = new URLSearchParams(body);
  const action = form.get('Action');
  const result = (xml: string): [number, string] => [
    200,
    `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${xml}</${action}Result></${action}Response>`,
  ];
  const error = (code: string): [number, string] => [
    404,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>said so</Message></Error></ErrorResponse>`,
  ];
  const name = form.get('UserName');
  if (name === 'nobody') return error('NoSuchEntity');
  if (name === 'forbidden') return error('AccessDenied');
  if (action === 'GetUser') return result(`<User><Arn>arn:aws:iam::111122223333:user/${name}</Arn></User>`);
  if (action === 'ListAccessKeys') {
    const member = ({ id, status }: (typeof KEYS)[number]) =>
      `<member><AccessKeyId>${id}</AccessKeyId><Status>${status}</Status><CreateDate>2026-05-06T12:00:00Z</CreateDate></member>`;
    return result(`<AccessKeyMetadata>${KEYS.map(member).join('')}</AccessKeyMetadata>`);
  }
  const key = KEYS.find(({ id }) => id === form.get('AccessKeyId'));
  return result(`<AccessKeyLastUsed>${key?.last}</AccessKeyLastUsed>`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += part;
  return body;
}

const REGION = 'eu-west-1';

test('a user with its keys', async () => {
  const user = await aws.user('kohler_adobe', REGION);
  expect(user).toEqual({
    account: '111122223333',
    asked: expect.any(Date),
    keys: [
      {
        id: 'AKIAOLD0000000000001',
        active: true,
        made: new Date('2026-05-06T12:00:00Z'),
        used: { at: new Date('2026-11-20T12:00:00Z'), service: 's3', region: 'eu-west-1' },
      },
      { id: 'AKIANEW0000000000002', active: false, made: new Date('2026-05-06T12:00:00Z'), used: undefined },
    ],
  });
  expect(await aws.user('nobody', REGION)).toBeUndefined();
});

test('of a secret, the id of the key that it holds', async () => {
  expect(await aws.heldKeyId('right', REGION)).toBe('AKIAOLD0000000000001');
  expect(await aws.heldKeyId('none', REGION)).toBeUndefined();
  for (const changed of ['shell', 'other']) {
    await expect(aws.heldKeyId(changed, REGION)).rejects.toEqual(
      new Failure(
        'bad-secret',
        `the secret ${changed} does not hold what it should: it was changed manually`,
        'restore what the deployment wrote into it',
      ),
    );
  }
});

test('what AWS refuses is told in one line, by its name', async () => {
  await expect(aws.user('forbidden', REGION)).rejects.toEqual(
    expect.objectContaining({
      code: 'aws-refused',
      what: 'AWS says AccessDenied: said so',
      cause: expect.objectContaining({ name: 'AccessDenied' }),
    }),
  );
  await expect(aws.secretValue('none', REGION)).rejects.toThrow(
    /^AWS says ResourceNotFoundException: none; check credentials/,
  );
});

test('so is a server that is not there', async () => {
  const there = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = 'http://localhost:1';
  try {
    await expect(aws.user('kohler_adobe', REGION)).rejects.toThrow(/^AWS says \w+: .*ECONNREFUSED.*$/);
  } finally {
    process.env.AWS_ENDPOINT_URL = there;
  }
});
