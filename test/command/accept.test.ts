import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { runWith } from '../support/run';

const ARN = 'arn:aws:iam::111122223333:role/exporter';
const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');

const WAITING = `# Asked for in OPS-7.
kind: assumed-role # it can
owner: data team
status: pending # since Monday
# principals: the vendor's role or user ARN
# externalId: the external ID that the vendor makes
`;

/** Runs a command about kohler_tool, whose file says this, and gives what it then says. */
function edited(text: string, argv: readonly string[], answers?: readonly string[], name = 'kohler_tool') {
  return inFolder({ 'kohler/client.yaml': '', 'kohler/tool.yaml': text, 'kohler/ca.pem': CA }, async (dir) => {
    const [verb = '', ...more] = argv;
    const ran = await runWith({ answers }, verb, name, ...more, '--dir', dir);
    expect(readdirSync(join(dir, 'kohler')).sort()).toEqual(['ca.pem', 'client.yaml', 'tool.yaml']);
    const { exit } = await runWith({}, 'check', '--dir', dir);
    return { ...ran, dir, text: readFileSync(join(dir, 'kohler/tool.yaml'), 'utf8'), checked: exit };
  });
}

describe('accept', () => {
  const DONE = WAITING.replace('pending', 'active')
    .replace('# principals', `principals: [${ARN}]\n# principals`)
    .replace('# externalId', 'externalId: id-1\n# externalId');

  test('writes what the vendor sent, keeps every comment, and says what comes next', async () => {
    const ran = await edited(WAITING, ['accept', '--external-id', 'id-1', '--principal', ARN]);
    expect([ran.exit, ran.checked, ran.err]).toEqual([0, 0, '']);
    expect(ran.text).toBe(DONE);
    expect(ran.out).toBe(
      [
        'kohler_tool: pending → active',
        `${ran.dir}/kohler/tool.yaml:`,
        `  principals: [${ARN}]`,
        '  externalId: id-1',
        '  status: active',
        'Next:',
        `  npx cdk deploy kohler -c integrations=${ran.dir}`,
        '      gives the vendor access',
        `  npx bucket-integrations handoff kohler_tool --dir ${ran.dir}`,
        '      writes what to send to the vendor',
        '',
      ].join('\n'),
    );
  });

  test('asks where nothing is given', async () => {
    const ran = await edited(WAITING, ['accept'], [ARN, '?', 'id-1']);
    expect([ran.exit, ran.text]).toEqual([0, DONE]);
  });

  test('stays pending while something is missing', async () => {
    const ran = await edited(WAITING, ['accept', '--principal', ARN]);
    expect([ran.exit, ran.checked]).toEqual([0, 0]);
    expect(ran.text).toContain(`principals: [${ARN}]\n`);
    expect(ran.text).toContain('status: pending # since Monday');
    expect(ran.out).toContain('it is still pending: externalId is missing');
    const then = await edited(ran.text, ['accept', '--no-external-id']);
    expect([then.exit, then.text]).toEqual([0, ran.text.replace('pending', 'active')]);
  });

  test.each<[string, string, string[], RegExp]>([
    [
      'a certificate',
      'kind: roles-anywhere\nstatus: pending\n',
      ['--ca-file', 'ca.pem', '--common-name', 'tool'],
      /status: active\ntrustAnchor: \{certificate: ca\.pem\}\nsubject: \{commonName: tool\}\n/,
    ],
    [
      'tokens',
      'kind: web-identity\nstatus: pending\n',
      ['--issuer', 'https://issuer.example', '--audience', 'a', '--subject', 's1', 's2'],
      /provider: https:\/\/issuer\.example\naudiences: \[a\]\nsubjects: \[s1, s2\]\n/,
    ],
    [
      'several external IDs',
      'kind: assumed-role\nstatus: pending\n# externalId: x\n',
      ['--principal', ARN, '--external-id', 'id-1', 'id-2'],
      /externalIds: \[id-1, id-2\]\n/,
    ],
  ])('takes %s', async (_, before, flags, said) => {
    const ran = await edited(before, ['accept', ...flags]);
    expect([ran.exit, ran.checked, ran.err]).toEqual([0, 0, '']);
    expect(ran.text).toMatch(said);
    expect(ran.text).toContain('status: active');
  });

  test('--json and --dry-run', async () => {
    const ran = await edited(WAITING, ['accept', '--external-id', 'id-1', '--principal', ARN, '--json', '--dry-run']);
    expect(ran.text).toBe(WAITING);
    expect(JSON.parse(ran.out)).toMatchObject({
      ...{ integration: 'kohler_tool', edited: false, status: { from: 'pending', to: 'active' }, missing: [] },
      changes: { principals: [ARN], externalId: 'id-1', status: 'active' },
    });
  });

  test.each<[string, string, string[], number, RegExp]>([
    ['nothing where nobody answers', WAITING, [], 2, /waits for principals and externalId; give --principal ARN and/],
    [
      'what is no principal',
      WAITING,
      ['--principal', '*', '--external-id', 'id-1'],
      1,
      /is unchanged: with .*principal/,
    ],
    ['an active integration', DONE, ['--principal', ARN], 1, /is active, .*; to change who is trusted, edit /],
    ['a suspended one', DONE.replace('active', 'suspended'), [], 1, /npx bucket-integrations resume kohler_tool --dir/],
    ['a certificate that is not there', 'kind: roles-anywhere\nstatus: pending\n', ['--ca-file', 'x.pem'], 1, /x\.pem/],
    [
      'a list that is written in lines',
      `kind: assumed-role\nstatus: pending\nprincipals:\n  - ${ARN}\n`,
      ['--principal', `${ARN}2`],
      1,
      /cannot be edited there without losing something; write principals: \[/,
    ],
  ])('refuses %s, and changes nothing', async (_, before, flags, exit, said) => {
    const ran = await edited(before, ['accept', ...flags]);
    expect([ran.exit, ran.text]).toEqual([exit, before]);
    expect(ran.err).toMatch(said);
  });
});

describe('suspend and resume', () => {
  const ACTIVE = `kind: assumed-role # it can\nprincipals: [${ARN}] # theirs\n\n# the end\n`;

  test('write one line each, keep comments, and say what comes next', async () => {
    const off = await edited(ACTIVE, ['suspend']);
    expect([off.exit, off.checked]).toEqual([0, 0]);
    expect(off.text).toBe(ACTIVE.replace('theirs\n', 'theirs\nstatus: suspended\n'));
    expect(off.out).toMatch(/^kohler_tool: active → suspended\n.*tool\.yaml:\n {2}status: suspended\nNext:\n/);
    expect(off.out).toMatch(/cdk deploy kohler .*\n {6}ends access, that of running sessions too/);
    const on = await edited(off.text, ['resume']);
    expect([on.exit, on.text]).toEqual([0, off.text.replace('suspended', 'active')]);
  });

  test('change nothing where it is so already', async () => {
    const ran = await edited(ACTIVE, ['resume']);
    expect([ran.exit, ran.text]).toEqual([0, ACTIVE]);
    expect(ran.out).toMatch(/^kohler_tool is active\n.*: unchanged\n/);
  });

  test('--dry-run changes nothing', async () => {
    const ran = await edited(ACTIVE, ['suspend', '--dry-run']);
    expect([ran.exit, ran.text]).toEqual([0, ACTIVE]);
    expect(ran.out).toContain('would have\n  status: suspended\n');
  });

  test.each(['suspend', 'resume'])('%s is no word for what is pending', async (verb) => {
    const ran = await edited(WAITING, [verb]);
    expect([ran.exit, ran.text]).toEqual([1, WAITING]);
    expect(ran.err).toMatch(/is pending: nobody can use it yet; npx bucket-integrations accept kohler_tool --dir/);
  });

  test('an unknown name is said', async () => {
    const ran = await edited(ACTIVE, ['suspend'], undefined, 'kohler_tol');
    expect([ran.exit, ran.err]).toEqual([1, expect.stringContaining('did you mean kohler_tool?')]);
  });
});
