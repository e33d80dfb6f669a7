/**
 * What a stack is called and where it is, as its template sees it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
import { ABSENT, type Json, type Thing, UNKNOWN, type Value } from '../access';
import { partitionOf } from '../rules/names';
import { urlSuffixOf } from '../rules/place';
import type { TemplateSource } from './source';

/** Where the stacks of a template are, in the model's words. */
export interface Environment {
  readonly partition: Value;
  readonly account: Value;
  readonly region: Value;
  readonly urlSuffix: Value;
  readonly stackName: Value;
  /** What the names begin with that CloudFormation makes; in a nested stack, the name of that stack follows. */
  readonly generated?: string;
  readonly isNested: boolean;
}

/** Stacks that don't say where they are go where the CDK's own environment is: all of them to one place. */
const somewhere = (id: string): Thing => ({ scope: '', id });

/**
 * @param root the stack that a nested one is in, which is deployed
 */
export function environmentOf(source: TemplateSource, root: TemplateSource = source): Environment {
  const { account, region } = root;
  const partition = partitionOf(region);
  return {
    partition: [partition ?? somewhere('AWS::Partition')],
    account: [account ?? somewhere('AWS::AccountId')],
    region: [region ?? somewhere('AWS::Region')],
    urlSuffix: [partition === undefined ? somewhere('AWS::URLSuffix') : urlSuffixOf(partition)],
    stackName: [source.stackName ?? { scope: source.name, id: 'AWS::StackName' }],
    generated: root.stackName,
    isNested: root !== source,
  };
}

/** A pseudo parameter's value. */
export function pseudoParameter(name: string, scope: string, environment: Environment): Json {
  const { partition, account, region, urlSuffix, stackName } = environment;
  switch (name) {
    case 'AWS::Partition':
      return { text: partition };
    case 'AWS::AccountId':
      return { text: account };
    case 'AWS::Region':
      return { text: region };
    case 'AWS::URLSuffix':
      return { text: urlSuffix };
    case 'AWS::StackName':
      return { text: stackName };
    case 'AWS::StackId': {
      const id: Thing = { scope, id: name };
      const stack = [':stack/', ...stackName, '/', id];
      return { text: ['arn:', ...partition, ':cloudformation:', ...region, ':', ...account, ...stack] };
    }
    case 'AWS::NoValue':
      return ABSENT;
    default:
      return UNKNOWN;
  }
}
