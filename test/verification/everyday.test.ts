import { allKinds, judged } from './account-of-all-kinds';
import { EVERYDAY } from './everyday';

test.each(EVERYDAY.map((each) => [each.name, each.make] as const))('no error: %s', (_, make) => {
  const { account } = allKinds();
  make(account);
  const { findings, verdict } = judged(account);
  expect(findings).toEqual([]);
  expect(verdict).toBe('same');
});

test('all of it together', () => {
  const { account } = allKinds();
  for (const { make } of EVERYDAY.filter(({ name }) => name !== 'what cdk bootstrap makes')) {
    const before = structuredClone(account);
    make(account);
    // Some of them add the same.
    if (
      new Set(account.iam.RoleDetailList.map(({ Arn }: { Arn: string }) => Arn)).size !==
      account.iam.RoleDetailList.length
    )
      Object.assign(account, before);
  }
  const { findings, insiders } = judged(account);
  expect(findings).toEqual([]);
  const named = insiders.map(({ principal, declared }) => `${principal} ${declared}`);
  expect(named).toContain(`arn:aws:iam::111122223333:role/admin false`);
  expect(named).toContain(`arn:aws:iam::111122223333:user/break-glass true`);
});

test('an insider whom no entry names is an error where that is asked for', () => {
  const { account } = allKinds();
  EVERYDAY.find(({ name }) => name.startsWith('administrators'))?.make(account);
  EVERYDAY.find(({ name }) => name.startsWith('a break-glass'))?.make(account);
  const { findings, verdict } = judged(account, { strict: true });
  expect(verdict).toBe('differs');
  expect(findings.map(({ code, principal }) => [code, principal])).toEqual([
    ['undeclared-insider', 'arn:aws:iam::111122223333:role/admin'],
  ]);
});
