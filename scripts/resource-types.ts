/**
 * Every type of resource that the CDK knows, as text: a service a paragraph. Behind a type that acts by a role that it names
 * stands a `*`. It is read off the CDK's own classes, so that a type that a new CDK brings is not taken for known.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = dirname(require.resolve('aws-cdk-lib/package.json'));

/** Names of properties that hold a role that something acts by. */
const ROLE =
  /\b(?:[A-Z]\w*)?(?:Role|RoleArn|RoleARN|RoleArns|RoleName|IamRoles|Roles|Credentials|CredentialsArn):cdk\(\)\.(?:string|list)/;

/** The types of one service's classes, each with whether it acts by a role. */
function typesIn(source: string): Map<string, boolean> {
  const types = new Map<string, string>();
  for (const [, name = '', type = ''] of source.matchAll(
    /class (Cfn\w+) extends\b.{0,400}?CFN_RESOURCE_TYPE_NAME="([^"]+)"/gs,
  )) {
    types.set(name, type);
  }
  const acting = new Set<string>();
  for (const [, name = '', body = ''] of source.matchAll(
    /function convert(Cfn\w+)ToCloudFormation\(\w+\)\{(.*?)\}/gs,
  )) {
    const owner = [...types.keys()].filter((each) => name.startsWith(each)).sort((a, b) => b.length - a.length)[0];
    if (owner !== undefined && ROLE.test(body)) acting.add(owner);
  }
  return new Map([...types].map(([name, type]) => [type, acting.has(name)]));
}

/** The source text of the table. */
export function resourceTypes(): string {
  const all = new Map<string, boolean>();
  for (const service of readdirSync(ROOT).sort()) {
    const lib = join(ROOT, service, 'lib');
    for (const file of listed(lib).filter((name) => name.endsWith('.generated.js'))) {
      for (const [type, acts] of typesIn(readFileSync(join(lib, file), 'utf8'))) all.set(type, acts);
    }
  }
  const services = new Map<string, string[]>();
  for (const [type, acts] of [...all].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const at = type.lastIndexOf('::');
    const names = services.get(type.slice(0, at)) ?? [];
    services.set(type.slice(0, at), [...names, `${type.slice(at + 2)}${acts ? '*' : ''}`]);
  }
  const paragraphs = [...services].map(([service, names]) => wrapped([service, ...names]));
  return `/** Every type of resource that the CDK knows. Behind a type that acts by a role that it names stands a \`*\`. */
// Written by npm run generate from the classes of aws-cdk-lib.
export const KNOWN_TYPES = \`
${paragraphs.join('\n')}
\`;
`;
}

function listed(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Words in lines of at most 118 characters, those after the first indented. */
function wrapped(words: readonly string[]): string {
  let line = '';
  const lines: string[] = [];
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > 118) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
