// The CDK's own price: an app without a construct of ours, with the resources of the templates of BENCH_DATA, a folder, as
// data. It is validated like the others, by the CDK's CloudFormation rules.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { App, CfnOutput, CfnResource, Stack } = require('aws-cdk-lib/core');

const from = process.env.BENCH_DATA;
const app = new App({ analyticsReporting: false, stackTraces: false });
for (const file of readdirSync(from).filter((name) => name.endsWith('.template.json'))) {
  const { Resources = {}, Outputs = {} } = JSON.parse(readFileSync(join(from, file), 'utf8'));
  const stack = new Stack(app, file.replace('.template.json', ''));
  for (const [id, { Type: type, Properties: properties, ...rest }] of Object.entries(Resources)) {
    const resource = new CfnResource(stack, id, { type, properties });
    resource.overrideLogicalId(id);
    for (const [key, value] of Object.entries(rest)) resource.addOverride(key, value);
  }
  for (const [id, { Value: value }] of Object.entries(Outputs))
    new CfnOutput(stack, `${id}Output`, { value }).overrideLogicalId(id);
}
app.synth();
