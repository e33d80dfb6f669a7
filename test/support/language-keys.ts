import { z } from 'zod';
import { clientShape, commonShape, kindShapes } from '../../lib/definitions/language/schema';
import { settingsShape } from '../../lib/definitions/language/settings-keys';

type Shape = Readonly<Record<string, z.ZodType>>;

/** The keys of mappings in mappings and lists, as paths without the numbers of members. */
function pathsOf(shape: Shape): string[] {
  return Object.entries(shape).flatMap(([key, type]) => [
    key,
    ...pathsOf(shapeOf(type)).map((inner) => `${key}.${inner}`),
  ]);
}

function shapeOf(type: unknown): Shape {
  if (type instanceof z.ZodOptional) return shapeOf(type.unwrap());
  if (type instanceof z.ZodArray) return shapeOf(type.element);
  return type instanceof z.ZodObject ? (type.shape as Shape) : {};
}

/** Every key of the language, behind the sort of file that has it: `settings accessLogs.prefix`, `web-identity subjects`. */
export const LANGUAGE_KEYS: readonly string[] = [
  ...pathsOf(settingsShape).map((path) => `settings ${path}`),
  ...pathsOf(clientShape).map((path) => `client ${path}`),
  ...pathsOf(commonShape).map((path) => `integration ${path}`),
  ...Object.entries(kindShapes).flatMap(([kind, shape]) => pathsOf(shape).map((path) => `${kind} ${path}`)),
];
