/**
 * Macros, which rewrite a template when it is deployed: of one that is not AWS's own nobody knows what it makes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
 */
import { isRecord, section, type TemplateSource } from './source';

/** AWS's own, which make nothing that this model could not see. `AWS::Include` puts in what is written elsewhere. */
const KNOWN: readonly RegExp[] = [
  /^AWS::LanguageExtensions$/,
  /^AWS::Serverless-\d{4}-\d{2}-\d{2}$/,
  /^AWS::SecretsManager-\d{4}-\d{2}-\d{2}$/,
  /^AWS::CodeDeployBlueGreen$/,
  /^AWS::ServiceCatalog$/,
];

/** What in a template makes more than it shows: macros by name, and loops. */
export function rewritersOf(source: TemplateSource): readonly string[] {
  const { Transform } = source.template;
  const declared = [Transform ?? []].flat().map(nameOf);
  const loops = ['Resources', 'Outputs'].flatMap((name) =>
    Object.keys(section(source, name)).filter((key) => key.startsWith('Fn::')),
  );
  const used = transformsIn(source.template);
  return [...new Set([...declared.filter((name) => !KNOWN.some((known) => known.test(name))), ...loops, ...used])];
}

function nameOf(transform: unknown): string {
  if (typeof transform === 'string') return transform;
  return isRecord(transform) && typeof transform.Name === 'string' ? transform.Name : 'a macro without a name';
}

function transformsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > 100) return [];
  if (Array.isArray(value)) return value.flatMap((each) => transformsIn(each, depth + 1));
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'Fn::Transform' ? [member].flat().map(nameOf) : transformsIn(member, depth + 1),
  );
}
