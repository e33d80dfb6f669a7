import { load } from '../../lib/definitions/load';
import { riskMark, risksIn } from '../../lib/definitions/risks';
import { RISKS } from '../../lib/rules/risk';
import { EVERY_SHAPE } from '../support/every-shape';
import { inFolder } from '../support/folder';

const SHARING = `kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/x]\nexternalId: abc\naccess: [root-list]\n`;
const FILES = {
  ...EVERY_SHAPE,
  'settings.yaml': 'accept: [{code: long-lived-key, reason: x}]\n',
  'b/share.yaml': SHARING,
  'a/share-too.yaml': `${SHARING}accept: [{code: shared-external-id, reason: x}]\n`,
  'b/whole.yaml':
    'kind: direct-trust\nprincipals: ["111122223333"]\nallowWholeAccount: true\ndedicatedBucket: {name: own-2}\n',
};

test('the risks that are shown are the ones of which check warns, and accepted where those are', () => {
  const loaded = inFolder(FILES, (dir) => load(dir, { today: '2026-11-22' }));
  expect(loaded.failed).toBe(false);
  const fileOf = new Map(
    loaded.deployment.clients.flatMap(({ integrations }) => integrations.map((one) => [one.name, one.file])),
  );
  const shown = [...risksIn(loaded)].flatMap(([name, risks]) =>
    risks.map(({ code, accepted }) => `${fileOf.get(name)} ${code} ${accepted ? 'accepted' : 'warning'}`),
  );
  const codes: readonly string[] = RISKS;
  const warned = loaded.problems.filter(({ code }) => codes.includes(code));
  expect(shown.sort()).toEqual(warned.map(({ file, code, severity }) => `${file} ${code} ${severity}`).sort());
  expect(new Set(warned.map(({ code }) => code))).toEqual(new Set(RISKS));
  expect(warned.filter(({ severity }) => severity === 'accepted').length).toBeGreaterThan(2);
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['two roles of two clients', { 'a/x.yaml': SHARING, 'b/x.yaml': SHARING }, ['a_x', 'b_x']],
  // The vendor itself has both, and gives each of its customers one ID.
  ['two roles of one client for one vendor', { 'a/x.yaml': SHARING, 'a/y.yaml': SHARING }, []],
  [
    'two roles of one client for two vendors',
    { 'a/x.yaml': SHARING, 'a/y.yaml': SHARING.replace('111122223333', '444455556666') },
    ['a_x', 'a_y'],
  ],
  [
    'two vendors of which one sends it for another principal',
    {
      'a/x.yaml': SHARING,
      'a/y.yaml':
        'kind: assumed-role\ntrusts: [{principal: "arn:aws:iam::111122223333:role/x", externalId: its}, {principal: "arn:aws:iam::444455556666:role/y", externalId: abc}]\n',
    },
    ['a_x', 'a_y'],
  ],
  ['one that is not active', { 'a/x.yaml': SHARING, 'b/x.yaml': `${SHARING}status: suspended\n` }, []],
])('an external ID that they have in common: %s', (_, files, sharing) => {
  const loaded = inFolder({ 'a/client.yaml': '', 'b/client.yaml': '', ...files }, (dir) => load(dir));
  const shown = [...risksIn(loaded)].filter(([, risks]) => risks.some(({ code }) => code === 'shared-external-id'));
  expect(shown.map(([name]) => name)).toEqual(sharing);
  const warned = loaded.problems.filter(({ code }) => code === 'shared-external-id');
  expect(warned.map(({ file }) => file.replace('/', '_').replace('.yaml', ''))).toEqual(sharing);
});

test.each([
  ['-', []],
  ['low', ['low']],
  ['high', ['low', 'high', 'medium']],
  ['medium, high accepted', ['medium', 'high accepted', 'low']],
  ['medium', ['medium', 'low accepted']],
  ['accepted', ['high accepted', 'low accepted']],
])(
  'of several risks the gravest that nobody accepts is shown, and a graver one that somebody does: %s',
  (mark, risks) => {
    const given = risks.map((each) => {
      const [gravity, accepted] = each.split(' ') as ['low' | 'medium' | 'high', string?];
      return { gravity, accepted: accepted === undefined ? null : { reason: 'x' } };
    });
    expect(riskMark(given)).toBe(mark);
  },
);
