import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const PAGE = read('CONTRIBUTING.md');

/** What stands between backticks in a text. */
const spans = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);

test('every file and folder that it names is there', () => {
  const links = [...PAGE.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  const named = spans(PAGE).filter((span) =>
    /^(?:lib|test|vendors|scripts|docs|bin|scaffold|\.github)\/[\w./-]*$/.test(span),
  );
  expect(named.length).toBeGreaterThan(20);
  const missing = [...named, ...links].filter(
    (path) => !/VERB|NAME|my-kind/.test(path) && !existsSync(join(ROOT, path)),
  );
  expect(missing).toEqual([]);
});

test('every script that it runs is one of package.json', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const run = [...PAGE.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
  expect(run.length).toBeGreaterThan(5);
  expect(run.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
});

/** Names in the rows of "Where is" and in the recipes, by the file that has them. */
const HOLDS: readonly [file: string, name: string][] = [
  ['lib/rules/confinement.ts', 'ACTIONS'],
  ['lib/rules/confinement.ts', 'enum Capability'],
  ['lib/rules/vocabulary.ts', 'KINDS'],
  ['lib/rules/vocabulary.ts', 'ACTS_AS_ITSELF'],
  ['lib/rules/integration-rules.ts', 'RulesByKind'],
  ['lib/rules/integration-rules.ts', 'type RoleRules'],
  ['lib/definitions/language/schema.ts', 'kindShapes'],
  ['lib/definitions/language/json-schema.ts', 'NEEDED'],
  ['lib/definitions/judging/policy-sizes.ts', 'TRUSTED'],
  ['lib/definitions/model/stack-sizes.ts', 'RESOURCES'],
  ['lib/rules/intent.ts', 'policiesOf'],
  ['lib/rules/intent.ts', 'TrustBasis'],
  ['lib/definitions/model/model.ts', 'type Integration'],
  ['lib/checks/violations.ts', 'CHECKS'],
  ['lib/proof/judge.ts', 'judge'],
  ['test/definitions/profiles.test.ts', 'VENDORS'],
  ['test/app/catalogue.test.ts', 'DEFINITIONS'],
  ['test/simulation/capabilities.ts', 'CAPABILITIES'],
  ['test/simulation/capabilities.ts', 'NEVER_'],
  ['test/support/every-shape.ts', 'EVERYTHING'],
  ['test/sabotages/sabotages.ts', 'WEAKER'],
  ['test/sabotages/sabotages.ts', 'HARMLESS'],
];

test.each(HOLDS)('%s has %s', (file, name) => {
  expect(read(file)).toContain(name);
  expect(PAGE).toContain(name.split(' ').at(-1));
});

/** The sources of lib/ that have a text. */
const having = (text: string) =>
  readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && read(`lib/${file}`).includes(text))
    .map((file) => `lib/${file}`)
    .sort();

test('the first two rows of "Where is" name the only file there is', () => {
  // Others name the action, and grant nothing.
  expect(having("objects: ['s3:PutObject'")).toEqual(['lib/rules/confinement.ts']);
  // The other is what the pipeline's role may assume, not who may assume a role.
  expect(having("Action: 'sts:AssumeRole',")).toEqual(['lib/rules/deployer.ts', 'lib/rules/trust.ts']);
  expect(having("Action: 'sts:AssumeRoleWithWebIdentity'")).toEqual(['lib/rules/trust.ts']);
});

test('the error that it searches for is found in one place', () => {
  const [, code = ''] = /grep -rn "'([\w-]+)'" lib/.exec(PAGE) ?? [];
  expect(having(`code: '${code}'`)).toHaveLength(1);
});

/** The section of a recipe. */
const recipe = (title: string) => PAGE.slice(PAGE.indexOf(`### ${title}\n`)).split(/\n##/)[0] ?? '';

test('the recipe of a kind names each file that has a case or a line for every kind', () => {
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /^\s*(?:case )?'web-identity'(?::|,)/m.test(read(`lib/${file}`)),
  );
  expect(files.length).toBeGreaterThan(15);
  const named = spans(recipe('A kind'));
  expect(files.filter((file) => !named.some((span) => `lib/${file}`.endsWith(`/${span.split('/').at(-1)}`)))).toEqual(
    [],
  );
});

test('every construct of a kind is in the public API', () => {
  const constructs = readdirSync(join(ROOT, 'lib/constructs')).filter((file) => /.-integration\.ts$/.test(file));
  expect(constructs.length).toBeGreaterThan(4);
  const index = read('lib/index.ts');
  expect(constructs.filter((file) => !index.includes(`'./constructs/${file.replace('.ts', '')}'`))).toEqual([]);
});
