import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sdkStacks } from '../../lib/command/aws/sdk-stacks';
import { Failure, NoAws } from '../../lib/command/host/failure';

/** Answers as STS and CloudFormation do, on a port of its own, and notes what it was asked. */
const HOME = '111122223333';
const AWAY = '444455556666';
const REGION = 'eu-west-1';

interface Asked {
  readonly action: string;
  readonly region: string;
  readonly role?: string;
  /** The access key id that signed it. */
  readonly by: string;
}

let server: Server;
let asked: Asked[];
/** Roles that cannot be assumed, and credentials that may not describe stacks. */
let refused: RegExp;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const [status, xml] = answer(request, new URLSearchParams(body));
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(xml);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

beforeEach(() => {
  asked = [];
  refused = /^$/;
  process.env = {
    ...before,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'OWN',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
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

function answer({ headers }: IncomingMessage, form: URLSearchParams): [number, string] {
  const [, by = '', region = ''] = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const action = form.get('Action') ?? '';
  const role = form.get('RoleArn') ?? undefined;
  asked.push({ action, region, by, ...(role === undefined ? {} : { role }) });
  const result = (xml: string): [number, string] => [
    200,
    `<${action}Response><${action}Result>${xml}</${action}Result></${action}Response>`,
  ];
  const denied: [number, string] = [
    403,
    '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>',
  ];
  if (action === 'GetCallerIdentity')
    return result(`<Account>${HOME}</Account><Arn>arn:aws:iam::${HOME}:user/me</Arn>`);
  if (action === 'AssumeRole') {
    if (refused.test(role ?? '')) return denied;
    const key = /-(\w+)-role-/.exec(role ?? '')?.[1]?.toUpperCase();
    return result(
      `<Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken></Credentials>`,
    );
  }
  if (refused.test(by)) return denied;
  const stack = (name: string, more = '') =>
    `<member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-27T10:00:00Z</CreationTime>${more}</member>`;
  if (form.get('NextToken') === null) {
    const outputs = '<Outputs><member><OutputKey>A</OutputKey><OutputValue>one</OutputValue></member></Outputs>';
    const described = `<Description>Bucket and integrations of kohler</Description>${outputs}`;
    return result(
      `<Stacks>${stack('integrations-kohler', described)}${stack('CDKToolkit')}</Stacks><NextToken>more</NextToken>`,
    );
  }
  return result(`<Stacks>${stack('integrations-acme')}</Stacks>`);
}

const STACKS = [
  {
    name: 'integrations-kohler',
    description: 'Bucket and integrations of kohler',
    status: 'CREATE_COMPLETE',
    outputs: ['one'],
  },
  { name: 'integrations-acme', description: undefined, status: 'CREATE_COMPLETE', outputs: [] },
];
const roleOf = (role: string, account: string, region = REGION, qualifier = 'hnb659fds') =>
  `arn:aws:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`;

test('every page of an account, with the credentials that there are', async () => {
  expect(await sdkStacks({}, 'hnb659fds')).toEqual({ account: HOME, region: REGION, stacks: STACKS });
  expect(asked.map(({ action, by }) => `${action} ${by}`)).toEqual([
    'GetCallerIdentity OWN',
    'DescribeStacks OWN',
    'DescribeStacks OWN',
  ]);
});

test('another account by the role that looks, of the bootstrap with that qualifier', async () => {
  const found = await sdkStacks({ account: AWAY, region: 'us-east-1' }, 'mine');
  expect(found).toEqual({ account: AWAY, region: 'us-east-1', stacks: STACKS });
  expect(asked.slice(1, 3)).toEqual([
    { action: 'AssumeRole', by: 'OWN', region: 'us-east-1', role: roleOf('lookup', AWAY, 'us-east-1', 'mine') },
    { action: 'DescribeStacks', by: 'LOOKUP', region: 'us-east-1' },
  ]);
});

test('credentials that may only assume the roles of the bootstrap look by these, in their own account too', async () => {
  refused = /^OWN$/;
  expect(await sdkStacks({ account: HOME }, 'hnb659fds')).toMatchObject({ stacks: STACKS });
  refused = /^OWN$|-lookup-/;
  expect(await sdkStacks({ account: HOME }, 'hnb659fds')).toMatchObject({ stacks: STACKS });
  expect(asked.at(-1)).toMatchObject({ action: 'DescribeStacks', by: 'DEPLOY' });
});

test('a place that cannot be read is said, and never taken to be empty', async () => {
  refused = /./;
  const said = new Failure(
    'aws-refused',
    `the stacks of account ${AWAY} in ${REGION} cannot be read: AccessDenied: not you`,
    'check credentials, Region and permissions, then try again',
  );
  await expect(sdkStacks({ account: AWAY }, 'hnb659fds')).rejects.toEqual(said);
  await expect(sdkStacks({}, 'hnb659fds')).rejects.toThrow(`account ${HOME} in ${REGION} cannot be read: AccessDenied`);
});

test('a partition is that of its Region', async () => {
  await sdkStacks({ account: AWAY, region: 'cn-north-1' }, 'hnb659fds');
  expect(asked[1]?.role).toBe(roleOf('lookup', AWAY, 'cn-north-1').replace('arn:aws:', 'arn:aws-cn:'));
});

test.each([
  ['AWS_REGION', { AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-south-1' }, 'eu-north-1'],
  ['AWS_DEFAULT_REGION', { AWS_DEFAULT_REGION: 'eu-south-1' }, 'eu-south-1'],
  ["the CDK's own", {}, 'us-east-1'],
])('the Region of who says none is %s', async (_, variables, region) => {
  delete process.env.AWS_REGION;
  delete process.env.AWS_DEFAULT_REGION;
  Object.assign(process.env, variables);
  expect(await sdkStacks({}, 'hnb659fds')).toMatchObject({ region });
});

test('without credentials AWS cannot be asked', async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  await expect(sdkStacks({}, 'hnb659fds')).rejects.toThrow(NoAws);
  expect(asked).toEqual([]);
});

test('a server that is not there is said in one line', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://localhost:1';
  await expect(sdkStacks({}, 'hnb659fds')).rejects.toThrow(/^AWS says \w+: .*ECONNREFUSED.*$/);
});
