import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
