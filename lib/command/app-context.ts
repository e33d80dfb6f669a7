import cdk from '../../cdk.json';

/** The CDK context of the app, feature flags above all. */
export function contextOfApp(): Readonly<Record<string, unknown>> {
  return cdk.context;
}
