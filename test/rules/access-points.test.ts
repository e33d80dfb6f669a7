import fc from 'fast-check';
import { accessPointName, accessPointNames } from '../../lib/rules/access-points';

const name = fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,3}$/).filter((text) => text.length <= 32);
const longest = 'abcdefghijklmnopqrstuvwxyz012345';

test('an access point is named after client and vendor', () => {
  expect(accessPointName('kohler', 'ware-house')).toBe('kohler--ware-house');
  expect(accessPointName('kohler', 'x'.repeat(32))).toHaveLength(40);
  expect(accessPointName(longest, longest)).toMatch(/^abcdefghijklmnopqrstuvwxyz012345--abcd--[0-9a-f]{10}$/);
  // S3 keeps these endings for itself.
  expect(accessPointName('kohler', 'x-s3alias')).toMatch(/^kohler--x-s3alias--[0-9a-f]{10}$/);
  expect(accessPointName('kohler', 'op-s3')).toMatch(/^kohler--op-s3--[0-9a-f]{10}$/);
});

test('whatever the names, S3 takes it, it is the only one, and the pattern of its client means it and no other', () => {
  const matches = (client: string, point: string) => point.startsWith(accessPointNames(client).slice(0, -1));
  fc.assert(
    fc.property(name, name, name, name, (client, vendor, other, another) => {
      const [one, two] = [accessPointName(client, vendor), accessPointName(other, another)];
      for (const point of [one, two]) expect(point).toMatch(/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/);
      expect(one === two).toBe(client === other && vendor === another);
      expect(matches(client, one)).toBe(true);
      expect(matches(other, one)).toBe(client === other);
    }),
    { numRuns: 500 },
  );
  const cut = ['a', 'b'].map((end) => accessPointName(longest, `${'v'.repeat(31)}${end}`));
  expect(new Set(cut).size).toBe(2);
});
