import { existsSync } from 'node:fs';
import cdk from '../../../cdk.json';
import { isRecord, type Raw } from '../../text/record';
import { Failure } from '../host/failure';
import { readJson } from '../host/read-file';

const REMEDY = 'bucket-integrations init DIR writes a correct one';

/**
 * The CDK context of the app, feature flags above all: what `cdk.json` says here, or in a new repository.
 * @throws Failure where that cannot be read
 */
export function contextOfApp(): Raw {
  if (!existsSync('cdk.json')) return cdk.context;
  const config = readJson('cdk.json', { most: 2 ** 20, remedy: REMEDY });
  const { context = {} } = isRecord(config) ? config : { context: null };
  if (!isRecord(context))
    throw new Failure('cannot-read', 'cdk.json is not a mapping, or its context is not one', REMEDY);
  return context;
}
