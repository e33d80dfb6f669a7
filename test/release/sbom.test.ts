import { cycloneDx, type Shipped, spdx } from './sbom';

const SHIPPED: Shipped = {
  name: 'ours',
  bundled: [
    { name: 'yaml', version: '2.9.1' },
    { name: 'strip', version: '7.0.0' },
  ],
  peers: [{ name: 'constructs', version: '10.8.1' }],
  created: '2026-12-01T10:00:00.000Z',
  digest: '0123456789abcdef'.repeat(4),
};

const part = (name: string, version: string) => ({
  'bom-ref': `${name}@${version}`,
  type: 'library',
  name,
  version,
  scope: 'required',
  properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
});

/** As npm 11 writes it, of a folder with another name. */
const CYCLONE_DX = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:random',
  metadata: { timestamp: 'now', component: { 'bom-ref': 'ours@0.2.0', name: 'folder', version: '0.2.0' } },
  components: [
    ...[part('yaml', '1.10.3'), part('yaml', '2.9.1'), part('jest', '30.0.0')],
    ...[part('strip', '7.0.0'), part('ansi', '6.0.0'), part('constructs', '10.8.1')],
  ],
  dependencies: [
    { ref: 'ours@0.2.0', dependsOn: ['jest@30.0.0', 'yaml@2.9.1', 'constructs@10.8.1'] },
    { ref: 'strip@7.0.0', dependsOn: ['ansi@6.0.0', 'yaml@2.9.1'] },
    { ref: 'jest@30.0.0', dependsOn: ['yaml@1.10.3'] },
  ],
});

const package_ = (name: string, versionInfo: string) => ({
  name,
  versionInfo,
  SPDXID: `SPDXRef-Package-${name}-${versionInfo}`,
  packageFileName: `node_modules/${name}`,
});

const SPDX = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  documentNamespace: 'http://spdx.org/spdxdocs/ours-0.2.0-16af0a2f-0713-4d6b-ab60-9612026fdade',
  creationInfo: { created: 'now', creators: ['Tool: npm'] },
  packages: [
    ...[package_('ours', '0.2.0'), package_('yaml', '1.10.3'), package_('yaml', '2.9.1')],
    ...[package_('jest', '30.0.0'), package_('strip', '7.0.0'), package_('constructs', '10.8.1')],
  ],
  relationships: [
    {
      spdxElementId: 'SPDXRef-DOCUMENT',
      relatedSpdxElement: 'SPDXRef-Package-ours-0.2.0',
      relationshipType: 'DESCRIBES',
    },
    {
      spdxElementId: 'SPDXRef-Package-jest-30.0.0',
      relatedSpdxElement: 'SPDXRef-Package-ours-0.2.0',
      relationshipType: 'DEV_DEPENDENCY_OF',
    },
  ],
});

test('CycloneDX lists what is bundled and what a user brings, and nothing of development', () => {
  const bom = JSON.parse(cycloneDx(CYCLONE_DX, SHIPPED));
  expect(bom.components.map(({ name, version, scope }: Record<string, string>) => [name, version, scope])).toEqual([
    ['constructs', '10.8.1', 'optional'],
    ['strip', '7.0.0', 'required'],
    ['yaml', '2.9.1', 'required'],
  ]);
  expect(bom.components[0]).not.toHaveProperty('properties');
  expect(bom.metadata).toMatchObject({ timestamp: SHIPPED.created, component: { name: 'ours', version: '0.2.0' } });
  expect(bom.dependencies).toEqual([
    { ref: 'ours@0.2.0', dependsOn: ['constructs@10.8.1', 'strip@7.0.0', 'yaml@2.9.1'] },
    { ref: 'strip@7.0.0', dependsOn: ['yaml@2.9.1'] },
  ]);
});

test('SPDX says what the package contains, and what it is given', () => {
  const bom = JSON.parse(spdx(SPDX, SHIPPED));
  expect(bom.packages.map(({ name }: { name: string }) => name)).toEqual(['ours', 'constructs', 'strip', 'yaml']);
  expect(
    bom.relationships.map(({ relationshipType: type, relatedSpdxElement: to }: Record<string, string>) => [type, to]),
  ).toEqual([
    ['DESCRIBES', 'SPDXRef-Package-ours-0.2.0'],
    ['PROVIDED_DEPENDENCY_OF', 'SPDXRef-Package-ours-0.2.0'],
    ['CONTAINS', 'SPDXRef-Package-strip-7.0.0'],
    ['CONTAINS', 'SPDXRef-Package-yaml-2.9.1'],
  ]);
});

test('the same package of the same commit gives the same bytes', () => {
  const { serialNumber } = JSON.parse(cycloneDx(CYCLONE_DX, SHIPPED));
  expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const uuid = serialNumber.replace('urn:uuid:', '');
  expect(JSON.parse(spdx(SPDX, SHIPPED)).documentNamespace).toBe(`http://spdx.org/spdxdocs/ours-0.2.0-${uuid}`);
  const other = { ...SHIPPED, digest: 'f'.repeat(64) };
  expect(JSON.parse(cycloneDx(CYCLONE_DX, other)).serialNumber).not.toBe(serialNumber);
});

test.each([
  ['is not installed', { name: 'zod', version: '4.0.0' }],
  ['is installed in another version', { name: 'yaml', version: '2.9.2' }],
])('what %s is not passed over', (_, missing) => {
  const shipped = { ...SHIPPED, bundled: [...SHIPPED.bundled, missing] };
  const said = `npm sbom does not list ${missing.name} ${missing.version}; run npm ci`;
  expect(() => cycloneDx(CYCLONE_DX, shipped)).toThrow(said);
  expect(() => spdx(SPDX, shipped)).toThrow(said);
});
