import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

const LIB = join(__dirname, '../lib');

/** What each part of lib/ may import: other parts, and packages. */
const MAY_IMPORT: Readonly<
  Record<string, { readonly parts: readonly string[]; readonly packages: readonly string[] }>
> = {
  rules: { parts: [], packages: [] },
  definitions: { parts: ['rules'], packages: ['yaml', 'zod'] },
  checks: { parts: ['rules'], packages: ['aws-cdk-lib'] },
  constructs: { parts: ['rules'], packages: ['aws-cdk-lib', 'constructs'] },
  // Knows stacks and templates, and nothing of what is in them.
  validation: { parts: [], packages: ['aws-cdk-lib', 'cdk-nag', 'constructs'] },
  // The one thin place that joins definitions and constructs.
  app: {
    parts: ['rules', 'definitions', 'constructs', 'checks', 'validation'],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
  },
  // Compares definitions and templates; it makes neither.
  changes: { parts: ['rules', 'definitions', 'checks'], packages: ['@aws-cdk/cloudformation-diff'] },
  // Judges by what it is told of AWS; it asks nothing itself.
  rotation: { parts: ['rules', 'definitions'], packages: [] },
  // Acts as a vendor through an interface; the command fills it with the AWS SDK.
  connection: { parts: ['rules'], packages: [] },
  html: { parts: [], packages: [] },
  handoff: { parts: ['rules', 'definitions', 'html'], packages: [] },
  report: { parts: ['rules', 'definitions', 'html'], packages: [] },
  // Reads what strangers wrote; it writes nothing.
  requests: { parts: ['rules', 'definitions'], packages: [] },
  // What is to be deployed, and in which words.
  deploy: { parts: ['rules', 'definitions', 'changes'], packages: [] },
  command: {
    parts: ['rules', 'definitions', 'changes', 'deploy', 'handoff', 'report', 'rotation', 'connection', 'requests'],
    packages: ['commander'],
  },
};

/** What the package itself says of its version and of the CDK's flags. */
const MANIFESTS = /^\.\.\/\.\.\/(?:package|cdk)\.json$/;

const parts = readdirSync(LIB, { withFileTypes: true }).filter((entry) => entry.isDirectory());

test('every part has a place in the house', () => {
  expect(parts.map(({ name }) => name).sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test.each(parts.map(({ name }) => name))('lib/%s imports what it may', (part) => {
  const { parts: allowed, packages } = MAY_IMPORT[part] ?? { parts: [], packages: [] };
  const wrong = readdirSync(join(LIB, part))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => imports(join(LIB, part, file)).map((from) => ({ file, from })))
    .filter(({ from }) => {
      if (from.startsWith('./') || MANIFESTS.test(from)) return false;
      const other = /^\.\.\/([^/]+)\//.exec(from)?.[1];
      if (other !== undefined) return !allowed.includes(other);
      if (from.startsWith('node:'))
        return !builtinModules.includes(from.slice('node:'.length)) || readsFiles(part, from);
      return !packages.some((name) => from === name || from.startsWith(`${name}/`));
    });
  expect(wrong).toEqual([]);
});

test('the constructs never reach the definitions, and so neither YAML nor zod', () => {
  const index = imports(join(LIB, 'index.ts'));
  expect(index.every((from) => /^\.\/(?:checks|constructs|rules)\//.test(from))).toBe(true);
});

/** Rules, constructs and hand-offs are of values; only definitions, the command and the checks of synthesized templates know files. */
function readsFiles(part: string, from: string): boolean {
  return !['definitions', 'command', 'checks', 'validation'].includes(part) && from === 'node:fs';
}

function imports(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? '');
}
