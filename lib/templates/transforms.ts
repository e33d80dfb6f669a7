/**
 * Macros, which rewrite a template when it is deployed: of one that is not AWS's own nobody knows what it makes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
 */
import { isRecord } from '../text/record';
import { section, type TemplateSource } from './source';

/** AWS's own, which make nothing that this model could not see. `AWS::Include` puts in what is written elsewhere. */
const KNOWN: readonly RegExp[] = [
  /^AWS::LanguageExtensions$/,
  /^AWS::Serverless-\d{4}-\d{2}-\d{2}$/,
  /^AWS::SecretsManager-\d{4}-\d{2}-\d{2}$/,
  /^AWS::CodeDeployBlueGreen$/,
  /^AWS::ServiceCatalog$/,
];

/** What a template says makes more than it shows: macros by name, and loops. What its values name is found where they are read. */
export function rewritersOf(source: TemplateSource): readonly string[] {
  const { Transform } = source.template;
  const declared = [Transform ?? []].flat().map(macroName);
  const sections = ['Resources', 'Outputs'].flatMap((name) => Object.entries(section(source, name)));
  const loops = sections.map(([key]) => key).filter((key) => key.startsWith('Fn::'));
  const around = sections.flatMap(([, member]) =>
    isRecord(member) && member[TRANSFORM] !== undefined ? [macroName(member[TRANSFORM])] : [],
  );
  return [...declared.filter((name) => !KNOWN.some((known) => known.test(name))), ...loops, ...around];
}

/** The function that has a macro rewrite what stands around it. */
export const TRANSFORM = 'Fn::Transform';

export function macroName(transform: unknown): string {
  if (typeof transform === 'string') return transform;
  return isRecord(transform) && typeof transform.Name === 'string' ? transform.Name : 'a macro without a name';
}
