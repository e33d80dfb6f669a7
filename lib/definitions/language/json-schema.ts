import { z } from 'zod';
import { KINDS, type Kind, Status } from '../../rules/vocabulary';
import { clientShape, commonShape, integrationShape, kindShapes } from './schema';
import { settingsShape } from './settings-keys';

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Shape = Readonly<Record<string, z.ZodType>>;

/** The JSON Schemas of the three files, by name, for editors. They say what a file may hold; `check` says what is wrong with it. */
export function jsonSchemas(): Record<'settings' | 'client' | 'integration', JsonSchema> {
  return {
    settings: fileSchema('settings.yaml: defaults for every client', settingsShape),
    // An empty file is a client with every default.
    client: { ...fileSchema('client.yaml: a client and its bucket', clientShape), type: ['object', 'null'] as never },
    integration: integrationSchema(),
  };
}

/** The JSON Schema of a file that is one mapping, with these keys. */
export function fileSchema(title: string, shape: Shape): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...mapping(shape) };
}

function mapping(shape: Shape): JsonSchema {
  return { type: 'object', properties: properties(shape), additionalProperties: false };
}

function properties(shape: Shape): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, property(schema)]));
}

function property(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      const { byDefault, range, ...rest } = jsonSchema as JsonSchema & { byDefault?: string; range?: [number, number] };
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      Object.assign(jsonSchema, rest);
      if (byDefault) jsonSchema.description = `${rest.description} Default: ${byDefault}.`;
      // Texts of digits may stand unquoted: definitions are read as they are written.
      if (range) Object.assign(jsonSchema, { type: 'integer', minimum: range[0], maximum: range[1] });
      else if (rest.type === 'string' && !rest.enum) jsonSchema.type = ['string', 'number'] as never;
    },
  });
  return json;
}

/** One schema for all kinds, so that an editor completes before there is a kind, and narrows once there is. */
function integrationSchema(): JsonSchema {
  const everyKey: Shape = Object.assign({}, commonShape, ...KINDS.map((kind) => kindShapes[kind]));
  const narrowed = KINDS.map((kind) => ({
    if: { properties: { kind: { const: kind } }, required: ['kind'] },
    then: {
      properties: properties(kindShapes[kind]),
      propertyNames: { enum: Object.keys(integrationShape(kind)) },
      ...needed(NEEDED[kind]),
    },
  }));
  return {
    ...fileSchema('One integration: who may do what under one prefix', everyKey),
    anyOf: [{ required: ['kind'] }, { required: ['vendor'] }],
    allOf: narrowed as JsonSchema[],
  };
}

/** Keys that a kind needs. */
interface Needed {
  readonly always?: readonly string[];
  /** Without these nobody could be let in, unless the vendor's profile brings them. */
  readonly unlessOff?: readonly string[];
}

const NEEDED: Readonly<Record<Kind, Needed>> = {
  'assumed-role': {},
  'direct-trust': {},
  'roles-anywhere': { unlessOff: ['trustAnchor', 'subject'] },
  'web-identity': { unlessOff: ['provider', 'audiences'] },
  'access-key': { always: ['reason'] },
};

function needed({ always, unlessOff }: Needed): JsonSchema {
  const off = { properties: { status: { enum: [Status.PENDING, Status.SUSPENDED] } }, required: ['status'] };
  const byProfile = { required: ['vendor'] };
  return {
    ...(always && { required: [...always] }),
    ...(unlessOff && { if: { not: { anyOf: [off, byProfile] } }, then: { required: [...unlessOff] } }),
  };
}
