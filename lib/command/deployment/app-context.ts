import { readFileSync } from 'node:fs';
import cdk from '../../../cdk.json';
import { Failure } from '../host/failure';

type Context = Readonly<Record<string, unknown>>;

/** The CDK context of the app, feature flags above all: what `cdk.json` says here, or in a new repository. */
export function contextOfApp(): Context {
  let text: string;
  try {
    text = readFileSync('cdk.json', 'utf8');
  } catch {
    return cdk.context;
  }
  try {
    return (JSON.parse(text) as { context?: Context }).context ?? {};
  } catch (error) {
    throw new Failure('cannot-read', `cdk.json cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
