import { join } from 'node:path';
import { quote } from '../../text/quote';
import { isRecord, type Raw } from '../../text/record';
import { Failure } from '../host/failure';
import { readJson } from '../host/read-file';

/** A part of a cloud assembly, as its manifest says. */
export interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

/** More than any app has; CloudFormation takes templates of 1 MB. */
const MOST_BYTES = 256 * 2 ** 20;
/** Deeper than any policy is. */
const MOST_LEVELS = 64;
/** Longer than any list of a policy is. */
const MOST_MEMBERS = 10_000;
const REMEDY = 'name a folder that cdk synth made';

/**
 * The artifacts of a cloud assembly, by id. What they are made of is what the manifest must have.
 * @throws Failure where the folder is no cloud assembly
 */
export function artifactsIn(dir: string): [id: string, artifact: Artifact][] {
  const file = join(dir, 'manifest.json');
  const manifest = readMapping(file);
  const artifacts = manifest.artifacts ?? {};
  if (!isRecord(artifacts)) throw broken(file, 'its artifacts are not a mapping');
  return Object.entries(artifacts).map(([id, artifact]) => {
    if (!isRecord(artifact)) throw broken(file, `its artifact ${quote(id)} is not a mapping`);
    const { type, environment, properties } = artifact;
    const texts = isRecord(properties) ? { ...pick(properties, 'templateFile'), ...pick(properties, 'stackName') } : {};
    const wrong = Object.entries({ type, environment, ...texts }).find(
      ([, value]) => value !== undefined && typeof value !== 'string',
    );
    if (wrong) throw broken(file, `${wrong[0]} of its artifact ${quote(id)} is not a text`);
    return [id, { type, environment, properties: texts } as Artifact];
  });
}

function pick(from: Raw, key: string): Raw {
  return Object.hasOwn(from, key) ? { [key]: from[key] } : {};
}

/**
 * A template of a cloud assembly.
 * @throws Failure where it is none, or is not in the folder
 */
export function templateIn(dir: string, name: string): Raw {
  if (!/^[\w-][\w.-]{0,254}$/.test(name))
    throw broken(join(dir, 'manifest.json'), `${quote(name)} is not the name of a template in it`);
  const file = join(dir, name);
  const template = readMapping(file);
  for (const part of ['Resources', 'Outputs', 'Metadata', 'Conditions', 'Parameters', 'Mappings']) {
    if (template[part] !== undefined && !isRecord(template[part])) throw broken(file, `its ${part} are not a mapping`);
  }
  for (const [id, resource] of Object.entries(template.Resources ?? {})) {
    const { Type, Properties = {} } = isRecord(resource) ? resource : {};
    if (typeof Type !== 'string' || !isRecord(Properties))
      throw broken(file, `its resource ${quote(id)} is not a resource`);
  }
  const odd = oddIn(template);
  if (odd !== undefined) throw broken(file, odd);
  return template;
}

/** What CloudFormation would not take, and what compares templates does not expect. */
function oddIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = Object.entries(value);
  if (Array.isArray(value) && members.length > MOST_MEMBERS) return `it has a list of ${members.length}`;
  for (const [key, member] of members) {
    if (/PolicyDocument$|^KeyPolicy$/.test(key) && !isRecord(member)) return `its ${key} is not a mapping`;
    const statements = key === 'Statement' && Array.isArray(member) ? member : [];
    if (!statements.every(isRecord)) return 'one of its statements is not a mapping';
    const odd = oddIn(member);
    if (odd !== undefined) return odd;
  }
  return undefined;
}

function readMapping(file: string): Raw {
  const value = readJson(file, { most: MOST_BYTES, remedy: REMEDY });
  if (!isRecord(value)) throw broken(file, 'it is not a mapping');
  if (isDeeperThan(MOST_LEVELS, value)) throw broken(file, 'it is nested too deeply');
  return value;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}

function broken(file: string, what: string): Failure {
  return new Failure('bad-assembly', `${file} cannot be used: ${what}`, REMEDY);
}
