import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib/core';
import { TEMPLATE_LIMIT } from '../../lib/rules/limits';
import { TemplateSize } from '../../lib/validation/template-size';

/** Synthesizes a stack whose template is that many bytes longer than it would be. */
function synth(padding: number): number {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'kohler-Part2');
  new CfnResource(stack, 'Handle', { type: 'AWS::CloudFormation::WaitConditionHandle' });
  stack.templateOptions.description = 'x'.repeat(padding);
  Validations.of(app).addPlugins(new TemplateSize());
  return JSON.stringify(app.synth().getStackByName('kohler-Part2').template, undefined, 1).length;
}

test('a template may be as long as CloudFormation takes, and no byte longer', () => {
  const bare = synth(1) - 1;
  const room = TEMPLATE_LIMIT.most - bare;
  expect(synth(room)).toBe(TEMPLATE_LIMIT.most);
  expect(() => synth(room + 1)).toThrow(
    `kohler-Part2: the stack's template is ${TEMPLATE_LIMIT.most + 1} bytes long; AWS takes ${TEMPLATE_LIMIT.most}`,
  );
});
