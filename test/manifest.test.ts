import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import { jsiiOf } from './package/jsii';

const ROOT = join(__dirname, '..');

/**
 * What Construct Hub and npm show, and by what Construct Hub finds a package.
 * https://aws.amazon.com/blogs/opensource/best-practices-for-discoverability-of-a-construct-library-on-construct-hub/
 */
describe('the metadata that Construct Hub reads', () => {
  test('says what the package is, whose, and under which licence', () => {
    const { name, description, license, author, repository, stability } = manifest;
    expect(name).toBe('cdk-bucket-integrations');
    expect(description).toMatch(/^\S.{40,150}\.$/);
    expect(license).toBe('Apache-2.0');
    expect(readFileSync(join(ROOT, 'LICENSE'), 'utf8')).toContain('Version 2.0, January 2004');
    expect(author).toEqual({ name: expect.stringMatching(/\S/), organization: true });
    // The address stands here alone: npm makes those of the page and the issues of it.
    expect(repository).toEqual({
      type: 'git',
      url: expect.stringMatching(/^https:\/\/github\.com\/[\w-]+\/[\w.-]+\.git$/),
    });
    expect(manifest).not.toHaveProperty('homepage');
    expect(manifest).not.toHaveProperty('bugs');
    // Before 1.0 anything may change.
    expect(stability).toBe(manifest.version.startsWith('0.') ? 'experimental' : 'stable');
  });

  test('has the keywords by which it is found', () => {
    expect(manifest.keywords).toEqual(expect.arrayContaining(['awscdk', 'cdk', 'aws', 's3', 'iam']));
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
  });

  test('names a module for every language of the CDK', () => {
    const owned = { ...manifest, repository: { ...manifest.repository, url: 'https://github.com/octo-org/x.git' } };
    const { python, java, dotnet, go } = jsiiOf(owned).targets;
    expect([python.distName, python.module]).toEqual([manifest.name, manifest.name.replaceAll('-', '_')]);
    expect([java.maven.artifactId, dotnet.packageId]).toEqual([manifest.name, dotnet.namespace]);
    expect(go.moduleName).toBe(`github.com/octo-org/${manifest.name}-go`);
    expect(java.maven.groupId).toBe('io.github.octo-org');
    expect(manifest.types).toBe(manifest.main.replace(/\.js$/, '.d.ts'));
  });

  test('asks for no module that jsii cannot load, and for none at run time', () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
    expect(manifest).not.toHaveProperty('dependencies');
  });

  test('asks for the Node.js whose functions the compiler knows', () => {
    const [major, minor] = manifest.devDependencies['@types/node'].split('.');
    expect(manifest.engines.node).toBe(`>=${major}.${minor}`);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`Node.js ${major}.${minor} or later`);
  });

  test('begins the README with its name and what it does', () => {
    const [title, blank, first] = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n');
    expect([title, blank]).toEqual([`# ${manifest.name}`, '']);
    expect(first).toContain("one client's S3 bucket");
  });
});
