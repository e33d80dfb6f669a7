import { runGitFromSmallProcess } from './small-process';

// CloudFormation validation costs more than most tests; the tests that are about it switch it on.
// jest raises it to 100, and the CDK captures a stack for each acknowledgement and resource.
Error.stackTraceLimit = 10;
process.env.CDK_VALIDATION = 'false';
process.env.JSII_DEPRECATED = 'quiet';
delete process.env.CDK_DEFAULT_ACCOUNT;
delete process.env.CDK_DEFAULT_REGION;

runGitFromSmallProcess();
