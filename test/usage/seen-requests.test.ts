import { SeenRequests } from '../../lib/usage/seen-requests';

test('a request is seen the second time, and another action of it is another', () => {
  const seen = new SeenRequests();
  expect(seen.add('A', 's3:GetObject')).toBe(false);
  expect(seen.add('A', 's3:PutObject')).toBe(false);
  expect(seen.add('A', 's3:GetObject')).toBe(true);
  expect(seen.add('As', '3:GetObject')).toBe(false);
});

test('many are distinguished, also while its table grows', () => {
  const seen = new SeenRequests();
  const name = (at: number) => `${(at * 2654435761) % 2 ** 32}-${at}`;
  const counted = (step: number) => {
    let found = 0;
    for (let at = 0; at < 50_000; at += step) if (seen.add(name(at), 's3:GetObject')) found += 1;
    return found;
  };
  expect(counted(1)).toBe(0);
  expect(counted(1)).toBe(50_000);
  expect(seen.forgetful).toBe(false);
});
