import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { withoutRisks } from '../support/risks';
import { run, runWith } from '../support/run';

const EXAMPLES = join(__dirname, '../data/examples');

const BROKEN = {
  'kohler/client.yaml': 'regoin: eu-west-1\n',
  'kohler/adobe.yaml': 'kind: access-key\nprefix: a*b\n',
};
const DATED = {
  'kohler/client.yaml': '',
  'kohler/adobe.yaml':
    'kind: access-key\nreason: x\nreviewBy: 2026-12-01\naccept: [{code: long-lived-key, reason: x}]\n',
};

describe('check', () => {
  test('passes valid definitions', async () => {
    const { exit, out, err } = await run('check', '--dir', EXAMPLES);
    expect([exit, out]).toEqual([0, '3 clients, 9 integrations: 0 errors, 0 warnings, 5 accepted\n']);
    const lines = err.split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => !/^\S+:\d+:\d+: accepted\[[a-z-]+\]: .+\(accepted: .+\)/.test(line))).toEqual(['']);
    const asJson = await run('check', '--dir', EXAMPLES, '--json');
    expect([asJson.exit, asJson.err, withoutRisks(JSON.parse(asJson.out))]).toEqual([0, '', []]);
    expect(JSON.parse(asJson.out)).toHaveLength(5);
    expect((await run('check', '--dir', EXAMPLES, '--strict')).exit).toBe(0);
  });

  test('says all problems of all files, one a line, and fails', async () => {
    await inFolder(BROKEN, async (dir) => {
      const { exit, out, err } = await run('check', '--dir', dir);
      expect(exit).toBe(1);
      expect(out).toBe('1 client, 1 integration: 3 errors, 1 warning\n');
      expect(err.split('\n')).toEqual([
        expect.stringMatching(`^${dir}/kohler/adobe.yaml:1:1: error\\[missing-key\\]: reason is missing; add reason`),
        expect.stringMatching(`^${dir}/kohler/adobe.yaml:1:7: warning\\[long-lived-key\\]: `),
        expect.stringMatching(
          `^${dir}/kohler/adobe.yaml:2:9: error\\[prefix-wildcard\\]: .*; write the prefix without`,
        ),
        `${dir}/kohler/client.yaml:1:1: error[unknown-key]: there is no key "regoin" here; did you mean region?`,
        '',
      ]);
    });
  });

  test('gives them as one JSON document', async () => {
    await inFolder(BROKEN, async (dir) => {
      const { exit, out, err } = await run('check', '--json', '--dir', dir);
      expect([exit, err]).toEqual([1, '']);
      const problems = withoutRisks(JSON.parse(out));
      expect(problems).toHaveLength(3);
      expect(problems[2]).toEqual({
        file: 'kohler/client.yaml',
        line: 1,
        column: 1,
        severity: 'error',
        code: 'unknown-key',
        message: 'there is no key "regoin" here',
        fix: 'did you mean region?',
      });
    });
  });

  test('fails on warnings only with --strict', async () => {
    await inFolder(DATED, async (dir) => {
      expect(await run('check', '--dir', dir)).toMatchObject({
        exit: 0,
        err: expect.stringContaining('warning[review-soon]'),
      });
      expect((await run('check', '--dir', dir, '--strict')).exit).toBe(1);
      expect(await run('check', '--dir', dir, '--strict', '--today', '2026-10-01')).toEqual({
        exit: 0,
        out: '1 client, 1 integration: 0 errors, 0 warnings, 1 accepted\n',
        err: expect.stringMatching(/^[^\n]*adobe\.yaml:1:7: accepted\[long-lived-key\][^\n]*\n$/),
      });
      expect((await run('check', '--dir', dir, '--today', '2026-12-01')).err).toContain('warning[review-overdue]');
    });
  });
});

describe('list', () => {
  test('shows every integration with kind, status and prefix', async () => {
    const { exit, out } = await run('list', '--dir', EXAMPLES);
    expect(exit).toBe(0);
    expect(out).toMatchSnapshot();
  });

  test('gives clients with their integrations as JSON', async () => {
    const clients = JSON.parse((await run('list', '--dir', EXAMPLES, '--json')).out);
    expect(clients.map(({ client }: { client: string }) => client)).toEqual(['acme', 'globex', 'kohler']);
    expect(clients[2].integrations[0]).toEqual({
      integration: 'kohler_adobe',
      kind: 'access-key',
      status: 'active',
      stack: 'integrations-kohler',
      bucket: 'integrations-kohler',
      prefix: 'adobe/',
      description: 'Adobe Experience Platform fetches product feeds and writes its exports',
      request: 'DATA-1042',
      owner: 'data-platform@example.com',
      reviewBy: '2027-05-31',
      risks: [
        {
          code: 'long-lived-key',
          gravity: 'medium',
          accepted: { reason: 'The Adobe source connector takes an access key only' },
        },
        { code: 'delete-without-end', gravity: 'low', accepted: { reason: expect.stringMatching('^Each export') } },
      ],
      file: 'kohler/adobe.yaml',
    });
  });

  test('shows a client that has none', async () => {
    await inFolder({ 'kohler/client.yaml': '' }, async (dir) => {
      expect((await run('list', '--dir', dir)).out).toContain(
        'kohler       -     -       -     s3://integrations-kohler/',
      );
    });
  });

  test('lists nothing of a folder that is wrong, and says why', async () => {
    await inFolder(BROKEN, async (dir) => {
      for (const command of ['list', 'access']) {
        const { exit, out, err } = await run(command, '--dir', dir);
        expect([exit, out]).toEqual([1, '']);
        expect(err).toContain('error[unknown-key]');
        expect(err).toContain('3 errors; fix them, then try again');
      }
    });
  });
});

describe('access', () => {
  test('says who can do what, where and until when', async () => {
    expect((await run('access', '--dir', EXAMPLES)).out).toMatchSnapshot();
  });

  test('fits the width of a terminal', async () => {
    for (const width of [150, 40]) {
      const { out } = await runWith({ width }, 'access', '--dir', EXAMPLES);
      expect(out).toMatchSnapshot(`${width} columns`);
    }
  });

  test('gives one integration as JSON', async () => {
    const { exit, out } = await run('access', 'globex_segment', '--dir', EXAMPLES, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({
      integration: 'globex_segment',
      client: 'globex',
      kind: 'assumed-role',
      status: 'active',
      open: true,
      who: ['arn:aws:iam::595280932656:role/segment-s3-integration-production-access'],
      externalIds: ['kx1pTXhYRk'],
      can: ['write', 'acl'],
      bucket: 'integrations-globex',
      prefix: 'segment/',
      until: '2028-01-01T00:00:00Z',
      sourceIps: [],
      vpcEndpoints: [],
      sourceVpcs: [],
      ...{ trusts: null, sessionTags: false, sourceIdentity: false, reviewBy: null, contact: null },
      risks: [],
    });
  });

  test('gives all as a JSON list, and says who is not let in', async () => {
    const all = JSON.parse((await run('access', '--dir', EXAMPLES, '--json')).out);
    const open = all.map((one: { integration: string; open: boolean }) => [one.integration, one.open]);
    expect(Object.fromEntries(open)).toEqual({
      acme_braze: false,
      acme_snowflake: false,
      globex_boomi: true,
      'globex_okta-workflows': true,
      globex_orders: true,
      globex_segment: true,
      kohler_adobe: true,
      kohler_reltio: true,
      kohler_warehouse: true,
    });
  });

  test('says which name was meant', async () => {
    expect(await run('access', 'kohler_adbe', '--dir', EXAMPLES)).toEqual({
      exit: 1,
      out: '',
      err: 'error[unknown-integration]: there is no integration kohler_adbe; did you mean kohler_adobe?\n',
    });
  });
});

describe('usage', () => {
  test.each([
    ['an unknown command', ['chekc'], 'did you mean check?'],
    ['an unknown option', ['check', '--jsn'], 'did you mean --json?'],
    ['a wrong date', ['check', '--today', 'soon'], '"soon" is not an ISO date'],
    ['too many words', ['access', 'a', 'b'], 'too many arguments'],
    ['no command', [], 'Usage: bucket-integrations'],
  ])('%s is wrong usage', async (_, argv, said) => {
    const { exit, out, err } = await run(...argv);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(said);
  });

  test('help is a result', async () => {
    const { exit, out, err } = await run('--help');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('check [options]');
    expect((await run('access', '--help')).out).toContain('bucket-integrations access kohler_adobe --json');
  });
});

test('a folder that is not there is a problem, not a crash', async () => {
  const { exit, err } = await run('check', '--dir', join(EXAMPLES, 'nowhere'));
  expect(exit).toBe(1);
  expect(err).toContain('error[unreadable-folder]');
});
