/** That the cases are right about AWS: the requests of which they say that a simulator decides them. */
import { CASES } from './cases';
import { simulated } from './simulate';

const ASKED = CASES.flatMap((file) =>
  (file.asks ?? []).map((ask) => [`${file.name}: ${ask.who} ${ask.action}`, file, ask] as const),
);

test.each(ASKED)('the simulator agrees that in %s', async (_, file, ask) => {
  expect(await simulated(file, ask)).toBe(ask.allowed);
});
