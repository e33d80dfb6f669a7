import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Match } from '../../lib/usage/matches';
import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { ADOBE, BOOMI, DIR, denied, of, request, text, usageOf } from '../usage/run-usage';
import { serverAccessLine } from '../usage/write-logs';

describe('one file, one integration, some days', () => {
  const ANNA = 'arn:aws:sts::111122223333:assumed-role/data-team/anna';
  const FILES = {
    log: [
      text(
        request({ key: 'adobe/a b.csv', at: '2026-11-26T23:59:59Z', operation: 'GetObject', address: '198.51.100.4' }),
        request({ key: 'adobe/a b.csv', at: '2026-11-27T00:00:00Z', operation: 'GetObject', requester: ANNA }),
        request({ key: 'adobe/a b.csv', at: '2026-11-27T10:00:00Z', operation: 'GetObject', requester: ANNA }),
        request({ key: 'adobe/other.csv', at: '2026-11-27T11:00:00Z' }),
        request({ key: 'boomi/a b.csv', at: '2026-11-28T00:00:00Z', requester: BOOMI }),
      ),
      serverAccessLine(request({ key: 'adobe/a b.csv', at: '2026-11-28T01:00:00Z', requester: 'AmazonS3' })).replace(
        'REST.PUT.OBJECT',
        'S3.EXPIRE.OBJECT',
      ),
    ].join(''),
  };
  const matchesOf = async (...words: string[]) => {
    const { json } = await usageOf(FILES, '--json', ...words);
    return (json as unknown as { matches?: Match[] }).matches;
  };

  test('who did what with a file, grouped, the latest first; rules of S3 too', async () => {
    const who = { integration: null, address: '192.0.2.3', key: 'adobe/a b.csv', result: 'ok' };
    const lifecycle = { requester: 'AmazonS3', operation: 'S3.EXPIRE.OBJECT', count: 1 };
    const at = (first: string, last = first) => ({ first, last });
    expect(await matchesOf('--key', 'adobe/a b.csv')).toEqual([
      { ...who, ...lifecycle, ...at('2026-11-28T01:00:00Z') },
      {
        ...who,
        requester: ANNA,
        operation: 'REST.GET.OBJECT',
        count: 2,
        ...at('2026-11-27T00:00:00Z', '2026-11-27T10:00:00Z'),
      },
      {
        ...{ ...who, requester: ADOBE, integration: 'kohler_adobe', address: '198.51.100.4' },
        ...{ operation: 'REST.GET.OBJECT', count: 1, ...at('2026-11-26T23:59:59Z') },
      },
    ]);
  });

  test.each<[string[], number]>([
    [['--key', 'adobe/'], 5],
    [['--key', 'adobe'], 0],
    [['--key', 's3://integrations-kohler/adobe/'], 5],
    [['--key', 's3://integrations-acme/adobe/'], 0],
    [['--key', 'adobe/', '--since', '2026-11-27'], 4],
    [['--key', 'adobe/', '--since', '2026-11-27', '--until', '2026-11-27'], 3],
    [['--key', 'adobe/', '--until', '2026-11-26'], 1],
    [['--key', 'adobe/', '--since', '2026-11-27T10:00Z', '--until', '2026-11-27T11:00Z'], 1],
    [['--integration', 'kohler_boomi'], 1],
    [['--integration', 'kohler_adobe', '--key', 'adobe/'], 2],
  ])('%p', async (words, count) => {
    const matches = await matchesOf(...words);
    expect(matches?.reduce((sum, each) => sum + each.count, 0)).toBe(count);
  });

  test('days limit everything, places do not say what is unused, and an integration is alone', async () => {
    const days = (await usageOf(FILES, '--json', '--since', '2026-11-28')).json;
    expect(days).toMatchObject({ from: '2026-11-28T00:00:00Z', lines: 2 });
    expect(of(days, 'kohler_adobe')?.lastSeen).toBeNull();
    expect(days).not.toHaveProperty('matches');
    const place = (await usageOf(FILES, '--json', '--key', 'adobe/')).json;
    expect(place?.integrations.every(({ unused }) => unused === null)).toBe(true);
    const one = (await usageOf(FILES, '--json', '--integration', 'kohler_boomi')).json;
    expect(one?.integrations.map(({ integration }) => integration)).toEqual(['kohler_boomi']);
    expect(one?.strangers).toEqual([]);
  });

  test.each<[string[], RegExp]>([
    [['--since', 'monday'], /write a day or a time in UTC/],
    [['--until', '2026-02-30'], /write a day or a time in UTC/],
    [['--key', 's3://integrations-kohler'], /write a key, a folder/],
    [['--key', 'a', '--propose'], /leave --key out/],
  ])('%p is wrong usage', async (words, message) => {
    const { exit, err, out } = await usageOf(FILES, ...words);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('an integration that is not there is named, with the nearest', async () => {
    const { exit, err } = await usageOf(FILES, '--integration', 'kohler_bomi');
    expect(exit).toBe(1);
    expect(err).toContain('did you mean kohler_boomi?');
  });
});

describe('the commands that get logs', () => {
  const FILES = {
    'settings.yaml': "account: '111122223333'\nregion: eu-west-1\naccessLogs: { bucket: central-logs, prefix: s3/ }\n",
    'kohler/client.yaml': '',
    'acme/client.yaml': 'bucket: { name: old-bucket, existing: true }\n',
  };
  const fetched = (...words: string[]) =>
    inFolder(FILES, async (dir) => await run('usage', '--fetch', '--dir', dir, ...words));

  test('are printed, with what the definitions say of places, and none is run', async () => {
    const { exit, out, err } = await fetched('--since', '2026-11-27', '--until', '2026-11-28');
    expect(exit).toBe(0);
    const [sync] = out.split('\n').filter((line) => line.startsWith('aws s3 sync s3://central-logs'));
    expect(sync).toBe(
      "aws s3 sync s3://central-logs/s3/ access-logs/ --exclude '*' --include '*2026-11-27-*' --include '*2026-11-28-*'",
    );
    expect(out).toContain('aws s3api get-bucket-logging --bucket old-bucket\n');
    expect(out).toContain(
      "/AWSLogs/111122223333/CloudTrail/eu-west-1/ cloudtrail/111122223333/eu-west-1/ --exclude '*' --include '2026/11/27/*'",
    );
    expect(out).toContain('--start-time 2026-11-27T00:00:00Z --end-time 2026-11-28T23:59:59Z');
    expect(out.match(/s3:\/\/central-logs/g)).toHaveLength(1);
    expect(err).toContain('nothing was run');
  });

  test('get all of it without days', async () => {
    const { out } = await fetched('--json');
    expect(JSON.parse(out)[0]).toEqual({
      gets: 'server access logs in central-logs/s3/',
      command: 'aws s3 sync s3://central-logs/s3/ access-logs/',
    });
    expect(out).not.toContain('--exclude');
  });
});

describe('what the account itself saw', () => {
  const SNAPSHOT = {
    ...{ format: 'bucket-integrations/snapshot@1', account: '111122223333', partition: 'aws', regions: ['eu-west-1'] },
    collectedAt: '2026-11-27T10:00:00Z',
    iam: {
      RoleDetailList: [
        { RoleName: 'kohler_adobe', RoleLastUsed: { LastUsedDate: '2026-11-26T08:00:00Z', Region: 'eu-west-1' } },
        { RoleName: 'kohler_plant', RoleLastUsed: {} },
      ].map((role) => ({ ...role, Path: '/', Arn: `arn:aws:iam::111122223333:role/${role.RoleName}`, RoleId: 'x' })),
      ...{ UserDetailList: [], GroupDetailList: [], Policies: [] },
    },
    accessKeys: [
      {
        ...{ UserName: 'kohler_boomi', AccessKeyId: 'AKIAEXAMPLEEXAMPLE12', Status: 'Active' },
        ...{ CreateDate: '2026-01-01T00:00:00Z', LastUsedDate: '2026-11-25T00:00:00Z' },
      },
    ],
  };
  const withSnapshot = (...words: string[]) =>
    inFolder({ 'account.json': JSON.stringify(SNAPSHOT) }, (dir) =>
      usageOf(
        { log: text(request({ key: 'boomi/x', requester: BOOMI })) },
        '--snapshot',
        join(dir, 'account.json'),
        ...words,
      ),
    );

  test('stands beside what the logs say', async () => {
    const { json } = await withSnapshot('--json');
    const account = (name: string) => (of(json, name) as unknown as { account: object | null }).account;
    expect(account('kohler_adobe')).toEqual({ keys: [], lastUsed: '2026-11-26T08:00:00Z' });
    expect(account('kohler_plant')).toEqual({ keys: [], lastUsed: null });
    expect(account('kohler_boomi')).toMatchObject({ lastUsed: '2026-11-25T00:00:00Z', keys: [{ status: 'Active' }] });
    expect(account('kohler_reltio')).toEqual({ keys: [] });
    expect(account('acme_databricks')).toBeNull();
    expect(JSON.stringify(json)).not.toContain('AKIAEXAMPLE');
  });

  test('is a column for people, and enough without logs', async () => {
    expect((await withSnapshot()).out).toMatch(/kohler_plant .* never\n/);
    const alone = await inFolder({ 'account.json': JSON.stringify(SNAPSHOT) }, (dir) =>
      run('usage', '--dir', DIR, '--snapshot', join(dir, 'account.json')),
    );
    expect(alone).toMatchObject({ exit: 0, err: '' });
    expect(alone.out).toMatch(/kohler_adobe .* 2026-11-26T08:00:00Z\n/);
    expect(alone.out).toMatch(/kohler_reltio .* not known\n/);
  });

  test('keeps an integration from being given an end', async () => {
    const log = { log: text(request({ key: 'boomi/x', requester: BOOMI, at: '2026-11-26T00:00:00Z' })) };
    const files = { 'account.json': JSON.stringify(SNAPSHOT) };
    const proposed = (...words: string[]) => usageOf(log, '--propose', '--json', ...words).then(({ out }) => out);
    const integrations = (out: string) =>
      (JSON.parse(out) as { integration: string }[]).map((each) => each.integration);
    expect(integrations(await proposed())).toContain('kohler_adobe');
    const left = await inFolder(files, (dir) => proposed('--snapshot', join(dir, 'account.json')));
    expect(integrations(left)).not.toContain('kohler_adobe');
    expect(integrations(left)).toContain('kohler_plant');
  });
});

test('report and review take what usage prints', async () => {
  const { out } = await usageOf(
    { log: text(request({ key: 'adobe/a' }), denied({ key: 'uploads/a' })) },
    '--json',
    '--integration',
    'kohler_adobe',
  );
  await inFolder({ 'usage.json': out }, async (dir) => {
    const [file, page] = [join(dir, 'usage.json'), join(dir, 'report.html')];
    const review = await run('review', '--dir', DIR, '--usage', file, '--json');
    expect(review.out).toContain('list and read not used since these logs begin, on 2026-11-27');
    const report = await run('report', '--dir', DIR, '--usage', file, '--out', page);
    expect(report.exit).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('is elsewhere, and the integration may act under adobe/ only');
  });
});
