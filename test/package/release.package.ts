import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json';
import { artifact } from './packed';

const { RELEASE: made } = process.env;

// What `npm run release -- --dry-run` made before, from which the other tests of this run install the package.
(made === undefined ? describe.skip : describe)('what npm run release made', () => {
  const { name, version } = manifest;
  const files = () => readdirSync(made ?? '').filter((file) => file !== 'SHA256SUMS');
  const read = (file: string) => readFileSync(join(made ?? '', file), 'utf8');

  test('has the package, its bills of materials, the other languages and notes', () => {
    expect(dirname(artifact())).toBe(made);
    const of = (ends: readonly string[]) => ends.map((end) => `${name}-${version}${end}`);
    const languages = ['python', 'java', 'dotnet', 'go'].map((language) => `-${language}-sources.tgz`);
    expect(files().sort()).toEqual(
      [...of(['.tgz', '.cdx.json', '.spdx.json', ...languages]), 'release-notes.md'].sort(),
    );
  });

  test('has the checksum of each file, and of no other', () => {
    const sums = files().map((file) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(made ?? '', file)))
        .digest('hex');
      return `${digest}  ${file}\n`;
    });
    expect(read('SHA256SUMS')).toBe(sums.join(''));
  });

  test('has a bill of materials that names what is bundled', () => {
    const { components } = JSON.parse(read(`${name}-${version}.cdx.json`));
    const required = components.filter(({ scope }: { scope: string }) => scope === 'required');
    const versions: Readonly<Record<string, string>> = manifest.devDependencies;
    for (const bundled of ['commander', 'string-width', 'yaml', 'zod'])
      expect(required).toContainEqual(expect.objectContaining({ name: bundled, version: versions[bundled] }));
    expect(components.length).toBeLessThan(40);
  });
});
