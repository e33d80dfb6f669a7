import { accessChanges } from '../../lib/changes/access';
import { compareTemplates, type Version } from '../../lib/changes/compare';
import { widens } from '../../lib/changes/effect';
import { addedPermissions } from '../../lib/changes/grants';
import { accessText } from '../../lib/changes/report';
import { load } from '../../lib/definitions/load';
import { inFolder } from '../support/folder';
import { quickTemplate } from '../support/quick-template';

const TRUST = 'kind: direct-trust\nprincipals: [arn:aws:iam::123456789876:role/x]\n';
const POINT = `${TRUST}accessPoint: true\n`;

const read = (text: string) => inFolder({ 'c/client.yaml': '', 'c/v.yaml': text }, (dir) => load(dir).deployment);

function changes(before: string, after: string) {
  const all = accessChanges(read(before), read(after));
  return all.map((change) => `${change.sign} ${accessText(change)} [${change.effect}]`);
}

test('to and from an access point the address changes, and that is said', () => {
  expect(changes(TRUST, POINT)).toEqual([
    "~ c_v is reached by an access point of its own instead of the bucket's own name; send the hand-off again: the old address no longer works [both]",
  ]);
  expect(changes(POINT, TRUST)).toEqual([
    expect.stringContaining("is reached by the bucket's own name instead of an access point of its own"),
  ]);
  expect(changes(POINT, POINT)).toEqual([]);
});

test('what an access point lets through is told like anything else', () => {
  expect(changes(POINT, `${POINT}access: [list, read, write, delete]\n`)).toEqual([
    '+ c_v may delete under v/ [widening]',
  ]);
  const template = (text: string) => {
    const [client] = read(text).clients;
    if (!client) throw new Error('no client');
    return quickTemplate(client);
  };
  const told = addedPermissions(template(POINT), template(`${POINT}access: [list, read, write, delete]\n`));
  expect(told).toEqual([
    {
      integration: 'c_v',
      text: expect.stringMatching(/^AWS::S3::AccessPoint c--v, Policy: allows s3:DeleteObject on .*\/object\/v\/\*/),
    },
  ]);
  // From the templates alone: its policy, and that the bucket hands on.
  const opened = addedPermissions(template(`${POINT}status: pending\n`), template(POINT));
  expect(opened.map(({ integration }) => integration).sort()).toEqual(['c_v', 'c_v', 'c_v', undefined, undefined]);
  expect(accessChanges(read(`${POINT}status: pending\n`), read(POINT)).some(widens)).toBe(true);
});

test('an access point that becomes another is at stake: its alias goes; one that a definition ends is not', () => {
  const version = (properties: object | undefined): Version => ({
    template: {
      Resources: properties
        ? { Point: { Type: 'AWS::S3::AccessPoint', Properties: { Name: 'c--v', ...properties } } }
        : {},
    },
  });
  const none = { secrets: new Map(), buckets: new Map() };
  const [one, other] = [version({ Bucket: 'one' }), version({ Bucket: 'other' })];
  expect(compareTemplates(one, other, none)).toEqual([
    expect.objectContaining({ change: 'replaced', atStake: true, why: expect.stringContaining('alias') }),
  ]);
  expect(compareTemplates(one, version(undefined), none)).toEqual([
    expect.objectContaining({ change: 'removed', atStake: false }),
  ]);
  expect(compareTemplates(one, version({ Bucket: 'one', Policy: {} }), none)).toEqual([
    expect.objectContaining({ change: 'updated', atStake: false }),
  ]);
});
