import { AppTemplates, printed, type SynthesizedStack, section } from '../templates';
import { type Raw, recordOf } from '../text/record';

/** A resource, its values as they are compared and shown. */
export interface PrintedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Raw;
  /** What a reference to it comes to. */
  readonly ref: string;
}

/** Stacks as one, their values as they are compared and shown. */
export interface PrintedStacks {
  /** The account that they are deployed to, where that is known. */
  readonly account?: string;
  readonly resources: readonly PrintedResource[];
  readonly metadata: Raw;
}

/**
 * Prints the stacks of a client as one. Where they are deployed and what each is called is left open: a diff says that by
 * itself, and what is the same elsewhere is no change.
 */
export function printedStacks(stacks: readonly SynthesizedStack[]): PrintedStacks {
  const app = new AppTemplates(stacks.map(({ template }, at) => ({ name: String(at), template })));
  const resources = app.resources.map((resource): PrintedResource => {
    const { source, logicalId, type } = resource;
    const { Properties } = recordOf(section(source, 'Resources')[logicalId]);
    const [properties, ref] = [Properties, { Ref: logicalId }].map((value) => print(app, source.name, value));
    return { logicalId, type, properties: recordOf(properties), ref: String(ref) };
  });
  const notes = app.sources.flatMap((source) =>
    Object.entries(section(source, 'Metadata')).map(([key, value]) => [key, print(app, source.name, noted(value))]),
  );
  return { account: stacks[0]?.account, resources, metadata: Object.fromEntries(notes) };
}

function print(app: AppTemplates, name: string, value: unknown): unknown {
  const reader = app.reader(name);
  return reader && printed(value, reader);
}

/** What constructs note in the metadata: JSON texts, in which references stand as in the template. */
function noted(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
