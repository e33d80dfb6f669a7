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
  'b/share-too.yaml': `${SHARING}accept: [{code: shared-external-id, reason: x}]\n`,
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
