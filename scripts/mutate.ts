/**
 * Changes the sources in small ways, one at a time, and counts how many of the changes make a test fail:
 *
 *     npm run mutate -- [ROOM...] [-- OPTION...]      for example rotation, or confinement -- --concurrency 1
 *
 * Without a room, all of them, which takes hours. Options go to Stryker; coverage/mutation.json has what it found last.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

interface MutatedRoom {
  /** Relative to lib/; Stryker takes no comma within one. */
  readonly files: readonly string[];
  /**
   * The tests that say what these files do: as a glob below test/, of which every mutant loads all in Jest; or by name, the
   * first to find something first, where scripts/mutation-runner.mjs can run them, which is many times as fast.
   */
  readonly tests: string | readonly string[];
  /** Per cent of the changes that must make a test fail; without it, the figure is only printed. */
  readonly least?: number;
}

const ROOMS: Readonly<Record<string, MutatedRoom>> = {
  // What a vendor may do, and who is trusted.
  confinement: { files: ['rules/confinement.ts', 'rules/trust.ts'], tests: 'rules/**/*.test.ts', least: 95 },
  rules: {
    files: [
      'rules/**/*.ts',
      '!rules/confinement.ts',
      '!rules/trust.ts',
      // Words for people.
      '!rules/codes.ts',
      // Tested with its construct, for which each mutant would load the CDK.
      '!rules/deployer.ts',
    ],
    tests: '{rules/**/*,definitions/{bad,good}}.test.ts',
  },
  // The model that the checks of templates and of accounts stand on.
  access: {
    files: ['access/**/*.ts'],
    tests: [
      'reach',
      'arn',
      'json',
      'policy',
      'bootstrap',
      'narrowing',
      'who',
      'trim',
      'glob',
      'meet',
      'escalations',
    ].map((name) => `access/${name}`),
    least: 95,
  },
  // The judgement, on a world that is no template, and by the families of sabotages.
  proof: {
    files: ['proof/**/*.ts', '!proof/index.ts'],
    tests: [
      'proof/judge',
      'proof/insiders',
      'sabotages/families',
      'checks/closed-world',
      'checks/acknowledged',
      'checks/insiders',
      'checks/internal-access',
    ],
    least: 95,
  },
  checks: {
    files: ['checks/**/*.ts', '!checks/rules.ts'],
    tests: [
      'sabotages/families',
      'checks/closed-world',
      'checks/acknowledged',
      'checks/access-points',
      'checks/ways-around',
      'checks/internal-access',
      'checks/insiders',
      'checks/confinement-checks',
      'checks/rules',
    ],
    least: 95,
  },
  validation: { files: ['validation/**/*.ts'], tests: 'validation/**/*.test.ts' },
  rotation: { files: ['rotation/**/*.ts'], tests: 'command/rotate.test.ts', least: 90 },
};

/** Mutates a room, and says how much of it a test noticed. */
function mutate(name: string, { files, tests }: MutatedRoom, options: readonly string[]): number {
  const patterns = files.map((file) => (file.startsWith('!') ? `!lib/${file.slice(1)}` : `lib/${file}`)).join(',');
  const inProcess = typeof tests !== 'string';
  const runner = inProcess ? ['--plugins', './scripts/mutation-runner.mjs', '--testRunner', 'in-process'] : [];
  const { error, status } = spawnSync(
    join(ROOT, 'node_modules/.bin/stryker'),
    ['run', '--mutate', patterns, ...runner, ...options],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        // As in test/support/environment.ts.
        CDK_VALIDATION: 'false',
        JSII_DEPRECATED: 'quiet',
        CDK_DEFAULT_ACCOUNT: undefined,
        CDK_DEFAULT_REGION: undefined,
        TEST_SUITE: 'mutation',
        MUTATION_TESTS: inProcess ? tests.join() : tests,
      },
    },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`Stryker ended with ${status}`);
  return said(name, readFileSync(join(ROOT, 'coverage/mutation.json'), 'utf8'));
}

/** Prints what a report of Stryker comes to, in per cent. */
function said(name: string, report: string): number {
  const { files } = JSON.parse(report) as { files: Record<string, { mutants: { status: string }[] }> };
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  // What does not compile, or is left out on purpose, is no change that a test could meet.
  const valid = statuses.filter((status) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status));
  const noticed = valid.filter((status) => status === 'Killed' || status === 'Timeout').length;
  const percent = (100 * noticed) / valid.length;
  process.stdout.write(`${name}: ${noticed} of ${valid.length} changes make a test fail (${percent.toFixed(1)} %)\n`);
  return percent;
}

function main(): void {
  const given = process.argv.slice(2);
  const end = given.indexOf('--');
  const names = end < 0 ? given : given.slice(0, end);
  const options = end < 0 ? [] : given.slice(end + 1);
  for (const name of names.length > 0 ? names : Object.keys(ROOMS)) {
    const room = ROOMS[name];
    if (!room) throw new Error(`there is no room ${name} to mutate; there are ${Object.keys(ROOMS).join(', ')}`);
    if (mutate(name, room, options) < (room.least ?? 0)) process.exitCode = 1;
  }
}

main();
