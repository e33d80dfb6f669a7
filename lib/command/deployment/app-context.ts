import { existsSync } from 'node:fs';
import cdk from '../../../cdk.json';
import { Failure } from '../host/failure';
import { readJson } from '../host/read-file';

type Context = Readonly<Record<string, unknown>>;

const REMEDY = 'bucket-integrations init DIR writes a correct one';

/**
 * The CDK context of the app, feature flags above all: what `cdk.json` says here, or in a new repository.
 * @throws Failure where that cannot be read
 */
export function contextOfApp(): Context {
  if (!existsSync('cdk.json')) return cdk.context;
  const config = readJson('cdk.json', { most: 2 ** 20, remedy: REMEDY });
  const { context = {} } = isMapping(config) ? config : { context: null };
  if (!isMapping(context))
    throw new Failure('cannot-read', 'cdk.json is not a mapping, or its context is not one', REMEDY);
  return context;
}

function isMapping(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
