import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Aws } from 'aws-cdk-lib/core';
import { ConfinementChecks } from '../../lib/checks/confinement-checks';
import { RULES } from '../../lib/checks/rules';

test('each rule is announced, says what breaks it, and has a remedy', () => {
  expect(new ConfinementChecks().ruleIds).toEqual(Object.keys(RULES));
  for (const { what, fix } of Object.values(RULES)) {
    expect([what.trim(), fix.trim()]).not.toContain('');
    expect(fix).not.toBe(what);
  }
});

test('each rule can be broken: the checks use its id', () => {
  const source = ['checks', 'proof']
    .map((room) => join(__dirname, '../../lib', room))
    .flatMap((dir) => readdirSync(dir).map((file) => join(dir, file)))
    .filter((file) => !/(?:rules|finding)\.ts$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(Object.keys(RULES).filter((rule) => !source.includes(`'${rule}'`))).toEqual([]);
});

test.each<[object, string]>([
  [
    { ownAccounts: '111122223333' },
    '[wrong-type] ownAccounts is the text "111122223333": give a list: ["111122223333"]',
  ],
  [{ ownAccounts: [111122223333] }, '[wrong-type] ownAccounts[0] is 111122223333: give texts'],
  [{ organization: ['o-a1b2c3d4e5'] }, '[wrong-type] organization is a list: give a text'],
  [{ listInsiders: 'yes' }, '[wrong-type] listInsiders is the text "yes": give true or false'],
  [{ ownAccounts: ['1111-2222-3333'] }, '[bad-account-id] "1111-2222-3333" is not an account: give its twelve digits'],
  [{ organization: 'ours' }, '[bad-organization] "ours" is not the id of an organization: '],
])('%j is refused', (props, message) => {
  expect(() => new ConfinementChecks(props)).toThrow(`ConfinementChecks: ${message}`);
});

test('what is of the right type, or only known at deployment, is taken', () => {
  for (const props of [{}, { ownAccounts: ['111122223333'], organization: 'o-a1b2c3d4e5', listInsiders: true }]) {
    expect(() => new ConfinementChecks(props)).not.toThrow();
  }
  expect(() => new ConfinementChecks({ ownAccounts: [Aws.ACCOUNT_ID], organization: Aws.STACK_ID })).not.toThrow();
});
