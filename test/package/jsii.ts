import type manifest from '../../package.json';

/** What jsii is told, with the owner of the repository where other languages name him: the address stands once. */
export function jsiiOf({ jsii, repository }: typeof manifest): typeof manifest.jsii {
  const [, owner = ''] = /^https:\/\/github\.com\/([\w-]+)\//.exec(repository.url) ?? [];
  return JSON.parse(JSON.stringify(jsii).replaceAll('<owner>', owner));
}
