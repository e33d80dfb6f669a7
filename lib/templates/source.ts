import { type Raw, recordOf } from '../text/record';

/** A synthesized template, and what it does not say of itself. */
export interface TemplateSource {
  /** Apart from that of every other template of the app: the construct path of its stack, or the stack's name. */
  readonly name: string;
  /** Where it is deployed, as far as that is known; of a nested stack, where its parent is. */
  readonly account?: string;
  readonly region?: string;
  /** The stack's name; of a nested stack none, since CloudFormation makes it. */
  readonly stackName?: string;
  readonly template: Raw;
  /** Of a nested stack, the resource that it is in another template. */
  readonly parent?: { readonly name: string; readonly logicalId: string };
}

/** A stack of this package's app, synthesized. */
export interface SynthesizedStack extends TemplateSource {
  /** The client whose stack it is; none of one that clients share. */
  readonly client?: string;
}

/** A member of a template that holds others, as `Resources`. What is no such thing holds nothing. */
export function section({ template }: Pick<TemplateSource, 'template'>, name: string): Raw {
  return recordOf(template[name]);
}
