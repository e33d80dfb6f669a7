/**
 * A bill of materials of what the package ships, out of `npm sbom`, which lists what is installed for development too.
 * @see https://docs.npmjs.com/cli/commands/npm-sbom
 */

/** A package, of one version. */
export interface Part {
  readonly name: string;
  readonly version: string;
}

/** What is in the package beside its own files. */
export interface Shipped {
  readonly name: string;
  /** What is bundled into the command and the app. */
  readonly bundled: readonly Part[];
  /** What a user brings; the versions with which this one was tested. */
  readonly peers: readonly Part[];
  /** The day and time of the commit, so that the same commit gives the same bytes. */
  readonly created: string;
  /** SHA-256 of the package, 64 hexadecimal digits. */
  readonly digest: string;
}

interface CycloneDx {
  serialNumber: string;
  metadata: { timestamp: string; component: { name: string; 'bom-ref': string } };
  components: { name: string; version: string; scope: string; 'bom-ref': string; properties?: unknown }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface Spdx {
  documentNamespace: string;
  creationInfo: { created: string };
  packages: { name: string; versionInfo: string; SPDXID: string; packageFileName: string }[];
  relationships: { spdxElementId: string; relatedSpdxElement: string; relationshipType: string }[];
}

/** CycloneDX: what is bundled is required, what a user brings optional. */
export function cycloneDx(text: string, shipped: Shipped): string {
  const bom: CycloneDx = JSON.parse(text);
  const isBundled = (name: string) => shipped.bundled.some((part) => part.name === name);
  const own = bom.metadata.component;
  const components = onlyShipped(bom.components, ({ version }) => version, shipped).map(
    ({ properties: _, ...component }) => ({
      ...component,
      scope: isBundled(component.name) ? 'required' : 'optional',
    }),
  );
  const refs = components.map((component) => component['bom-ref']);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.includes(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.includes(each)) }));
  return print({
    ...bom,
    serialNumber: `urn:uuid:${uuid(shipped.digest)}`,
    metadata: { ...bom.metadata, timestamp: shipped.created, component: { ...own, name: shipped.name } },
    components,
    dependencies: [{ ref: own['bom-ref'], dependsOn: refs }, ...dependencies],
  });
}

/** SPDX: the package contains what is bundled, and a user provides the rest. */
export function spdx(text: string, shipped: Shipped): string {
  const bom: Spdx = JSON.parse(text);
  const isBundled = (name: string) => shipped.bundled.some((part) => part.name === name);
  const [own] = bom.packages;
  if (own?.name !== shipped.name) throw new Error(`npm sbom describes ${own?.name} instead of ${shipped.name}`);
  const packages = onlyShipped(bom.packages.slice(1), ({ versionInfo }) => versionInfo, shipped);
  return print({
    ...bom,
    documentNamespace: bom.documentNamespace.replace(/-[0-9a-f]{8}-[0-9a-f-]{27}$/, `-${uuid(shipped.digest)}`),
    creationInfo: { ...bom.creationInfo, created: shipped.created },
    packages: [own, ...packages.map((each) => ({ ...each, packageFileName: '' }))],
    relationships: [
      ...bom.relationships.filter(({ relationshipType }) => relationshipType === 'DESCRIBES'),
      ...packages.map(({ name, SPDXID }) =>
        isBundled(name)
          ? { spdxElementId: own.SPDXID, relatedSpdxElement: SPDXID, relationshipType: 'CONTAINS' }
          : { spdxElementId: SPDXID, relatedSpdxElement: own.SPDXID, relationshipType: 'PROVIDED_DEPENDENCY_OF' },
      ),
    ],
  });
}

/** @throws where one of them is not listed */
function onlyShipped<T extends { readonly name: string }>(
  all: readonly T[],
  versionOf: (each: T) => string,
  { bundled, peers }: Shipped,
): T[] {
  const parts = [...bundled, ...peers].sort((a, b) => (a.name < b.name ? -1 : 1));
  return parts.map(({ name, version }) => {
    const found = all.find((each) => each.name === name && versionOf(each) === version);
    if (found === undefined) throw new Error(`npm sbom does not list ${name} ${version}; run npm ci`);
    return found;
  });
}

/** A UUID (version 8, of our own making) out of a digest. */
function uuid(digest: string): string {
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digest) ?? [];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
