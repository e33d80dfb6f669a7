import { withKeys } from '../../lib/definitions/yaml/with-keys';
import { YamlFile } from '../../lib/definitions/yaml/yaml-file';

const PLACED = { account: '012345678901', region: 'eu-west-1', internal: undefined };

test.each([
  ['nothing', ''],
  ['a comment', '# a client\n'],
  ['other keys', 'title: "0042"\nbucket: {name: 0042, versioned: false} # as it was\n'],
  ['the keys themselves', 'region: us-east-1\naccount: "1"\ninternal: []\ntags: {cost: 0042, "yes": no}\n'],
  ['what goes alone', 'internal:\n  - {organization: true}\n  - principals: [a, b]\n'],
  ['braces', '{title: x, internal: [{organization: true}], region: us-east-1}\n'],
  ['other line ends', 'title: x\r\ninternal: []\r\n'],
])('a definition that says %s is placed, and says all else as it did', (_, text) => {
  const before = new YamlFile('client.yaml', text);
  const after = new YamlFile('client.yaml', withKeys(text, PLACED));
  expect([before.problems, after.problems]).toEqual([[], []]);
  const { internal: _internal, ...rest } = before.data;
  expect(after.data).toEqual({ ...rest, account: '012345678901', region: 'eu-west-1' });
});

test.each(['- a list\n', 'a text', 'a: [\n', 'a: 1\na: 2\n'])('what is no definition stays as it is: %j', (text) => {
  expect(withKeys(text, PLACED)).toBe(text);
});

test('of what has nothing else, nothing is left', () => {
  expect(withKeys('internal: []\n', { internal: undefined })).toBe('');
});
