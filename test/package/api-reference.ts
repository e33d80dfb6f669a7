/**
 * Writes docs/api.md: the reference of the constructs, by jsii-docgen from the assembly that `npm run build` makes.
 * It needs no network.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Documentation, Language } from 'jsii-docgen';

const ROOT = join(__dirname, '../..');
const PAGE = join(ROOT, 'docs/api.md');

/**
 * The page, and nothing that is written.
 * @param folder of the package, built
 */
export async function apiReference(folder = ROOT): Promise<string> {
  const { name, dependencyClosure } = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
  const assemblies = mkdtempSync(join(tmpdir(), 'assemblies-'));
  try {
    lay(folder, join(assemblies, 'own'));
    for (const [at, each] of Object.keys(dependencyClosure).entries()) {
      lay(join(ROOT, 'node_modules', each), join(assemblies, `${at}`));
    }
    const documentation = await Documentation.forAssembly(name, assemblies);
    const page = await documentation.toMarkdown({ language: Language.TYPESCRIPT });
    return `<!-- Written by npm run api-reference -->\n${page.render().trimEnd()}\n`;
  } finally {
    rmSync(assemblies, { recursive: true });
  }
}

/** The page as it was written last. */
export function written(): string {
  return readFileSync(PAGE, 'utf8');
}

/** Copies an assembly, with what it is redirected to where it is compressed. */
function lay(from: string, into: string): void {
  mkdirSync(into);
  copyFileSync(join(from, '.jsii'), join(into, '.jsii'));
  const { schema, filename } = JSON.parse(readFileSync(join(from, '.jsii'), 'utf8'));
  if (schema === 'jsii/file-redirect') copyFileSync(join(from, filename), join(into, filename));
}

if (require.main === module) void apiReference().then((page) => writeFileSync(PAGE, page));
