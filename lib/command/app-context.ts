import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The CDK context of the app, feature flags above all. */
export function contextOfApp(): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')).context;
}
