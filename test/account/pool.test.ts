import { pooled } from '../../lib/account/readers/pool';
import { fakeAccount } from './fake-account';
import { REGION } from './whole-account';

describe('how it asks', () => {
  test('within the services’ limits, everybody in turn, and says how far it is', async () => {
    let [running, most] = [0, 0];
    const done: number[] = [];
    const { ask } = fakeAccount({});
    const slow: typeof ask = async (service, region, operation, input) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return ask(service, region, operation, input);
    };
    const seen: string[] = [];
    const limited = pooled(slow, ({ answered, left }) => seen.push(`${answered} ${left}`));
    const all = Array.from({ length: 20 }, (_, at) =>
      limited('iam', REGION, 'ListRoles', { Marker: String(at) }).then(() => done.push(at)),
    );
    // More is asked while the first are answered.
    const later = Promise.all(all.slice(0, 10)).then(() =>
      Promise.all(Array.from({ length: 20 }, () => limited('iam', REGION, 'ListRoles', {}))),
    );
    await Promise.all([...all, later]);
    expect(most).toBe(6);
    expect(done).toEqual(all.map((_, at) => at));
    expect([seen[0], seen.at(-1)]).toEqual(['1 19', '40 0']);
  });
});
