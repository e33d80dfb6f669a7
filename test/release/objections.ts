/** What a release needs, read from the repository. */
export interface Candidate {
  readonly version: string;
  /** Whether package.json says that the name in the npm registry is ours. */
  readonly published: boolean;
  /** The address of the repository, as package.json has it. */
  readonly repository: string;
  readonly changelog: string;
  /** docs/upgrading.md. */
  readonly upgrading: string;
  /** .github/CODEOWNERS. */
  readonly owners: string;
  /** docs/releasing.md. */
  readonly releasing: string;
  /** The tags of the commit. */
  readonly tags: readonly string[];
  /** Whether files differ from the commit. */
  readonly dirty: boolean;
}

/** Why this must not be published: each what is wrong, where, and what to do. None where it may. */
export function objections(candidate: Candidate): string[] {
  const { version, published, repository, tags, dirty } = candidate;
  const numbers = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (numbers === undefined) return [`package.json: the version is ${version}; write three numbers, for example 0.2.0`];
  const [major = 0, , patch] = numbers;
  return [
    ...(/\/OWNER\//.test(repository)
      ? [`package.json: repository.url is the placeholder ${repository}; write the repository's own address there`]
      : []),
    ...(/@OWNER\b/.test(candidate.owners)
      ? ['.github/CODEOWNERS: @OWNER is a placeholder; write the maintainers there']
      : []),
    ...(published
      ? []
      : ['package.json: "published" is false; set it to true once the name in the npm registry is ours']),
    ...(tags.includes(`v${version}`) ? [] : [`git: this commit has no tag v${version}; tag it`]),
    ...(dirty ? ['git: files differ from the commit; commit or remove them'] : []),
    ...dated(version, candidate.changelog),
    ...(patch === 0 && !new RegExp(`^### To ${escaped(version)}$`, 'm').test(candidate.upgrading)
      ? [`docs/upgrading.md: there is no note "### To ${version}"; say what an upgrade needs, or that it needs nothing`]
      : []),
    ...(major > 0 ? openCriteria(candidate.releasing) : []),
  ];
}

/** The section of a version in the changelog, without its title. */
export function sectionOf(changelog: string, version: string): string | undefined {
  const [, section] =
    new RegExp(`^## ${escaped(version)}(?:,.*)?\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(changelog) ?? [];
  return section?.trim();
}

function dated(version: string, changelog: string): string[] {
  const [title] = new RegExp(`^## ${escaped(version)}.*$`, 'm').exec(changelog) ?? [];
  if (title === undefined || !sectionOf(changelog, version))
    return [`CHANGELOG.md: nothing is said of ${version}; write what changes for users`];
  return /, \d{4}-\d{2}-\d{2}$/.test(title)
    ? []
    : [`CHANGELOG.md: "${title}" has no day; write "## ${version}, YYYY-MM-DD"`];
}

function openCriteria(releasing: string): string[] {
  const open = [...releasing.matchAll(/^- \[ \] (.*)$/gm)].map(([, criterion = '']) => criterion);
  return open.map((criterion) => `docs/releasing.md: 1.0 needs this first: ${criterion}`);
}

function escaped(version: string): string {
  return version.replaceAll('.', '\\.');
}
