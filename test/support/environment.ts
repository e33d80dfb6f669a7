import { runGitFromSmallProcess } from './small-process';

// CloudFormation validation costs more than most tests; the tests that are about it switch it on.
process.env.CDK_VALIDATION = 'false';
process.env.JSII_DEPRECATED = 'quiet';
delete process.env.CDK_DEFAULT_ACCOUNT;
delete process.env.CDK_DEFAULT_REGION;

runGitFromSmallProcess();
