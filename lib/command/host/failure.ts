import type { Meaning } from '../../rules/codes';

/** What a process ends with. */
export enum Exit {
  DONE = 0,
  /** Something is wrong with the user's input or system. */
  FOUND = 1,
  /** The command was used wrongly. */
  USAGE = 2,
}

/** Every failure of the command by its code, which is stable: the one list, also of docs/problem-codes.md. */
export const FAILURES = {
  'app-not-installed':
    'npm cannot install the app of an earlier commit; compare with --base-assembly, or without --install',
  'app-not-synthesized': 'the CDK cannot synthesize the app of an earlier commit; compare with --base-assembly',
  'aws-refused': 'AWS refused a request, or gave no answer; correct credentials, region, or permissions',
  'bad-assembly': 'the folder or a file in it is not a cloud assembly; name a folder that cdk synth made',
  'bad-definitions': 'the definitions have errors; fix what is named above',
  'bad-handoff':
    'the file is not the hand-off of what is deployed; write one with handoff --format json --outputs FILE',
  'bad-name': 'a client or vendor cannot have this name; choose another',
  'bad-output': "the stack's outputs are not setup information; deploy it again",
  'bad-package': 'the file is not a tarball of this package; make one with npm pack',
  'bad-profile': "a vendor's profile is wrong; correct the profile",
  'bad-record': 'the ref cannot record deployments; name one that is neither branch nor tag',
  'bad-ref': 'the name cannot be a git ref; name a branch, tag or commit',
  'bad-secret': 'a secret does not hold an access key; restore what the deployment wrote into it',
  'bad-snapshot': 'the file is not a readable snapshot; make one with bucket-integrations snapshot',
  'bad-token': 'the file does not hold a token; give the JSON Web Token itself',
  'bad-usage-file': 'the file is not what usage --json prints; make one with bucket-integrations usage --json',
  'base-broken': 'the definitions at an earlier commit cannot be read; compare with another commit',
  'cannot-end': 'a removed client is not ended; say how many, or end its stacks manually',
  'cannot-read': 'a file or folder cannot be read; correct its name, permissions, or content',
  'cannot-run': 'a program cannot be run; install it, and put it into PATH',
  'cannot-write': 'a file cannot be written; correct its name or permissions',
  'changed-meanwhile': 'a file was changed while it was edited; try again',
  'deploy-failed': 'the CDK ended with an error; correct what it says, and deploy again',
  'edit-impossible': 'a definition cannot be edited without losing something; edit it manually',
  'edit-refused': 'check would refuse the result, so nothing is written; correct what it says',
  'empty-share': 'there are fewer clients than shares; divide them into fewer shares',
  'file-exists': 'there is a definition of that name already; edit it, or choose another name',
  'folder-not-empty': 'the folder has files in it; name a new one',
  'git-failed': 'git ended with an error; correct what it says',
  interrupted: 'a question was left without an answer, so nothing is done; run the command again',
  'missing-answer': 'an answer is missing, and nobody is there to ask; give it as an option',
  'missing-base': 'no version to compare with is named; give one of the options named',
  'missing-content': 'the clone does not have the content of a file; fetch it',
  'missing-name': 'client and vendor are not named; name them, or give --from-issue FILE',
  'missing-output': 'the outputs do not name the integration; deploy it first',
  'missing-package': 'a package that is loaded on demand is not installed; install it as the message says',
  'no-app': 'there is no package.json from which to install the app; compare with --base-assembly',
  'no-repository': 'the folder is not in a git repository; run the command in one',
  'no-snapshot-bucket': 'the snapshot does not hold the bucket; take it again with --bucket NAME',
  'not-a-terminal': 'a secret is shown on a terminal only; run the command manually, without redirecting it',
  'options-conflict': 'two options exclude each other; leave one out',
  'other-account':
    'no client is in the account of the snapshot; name a snapshot of the account that the clients are in',
  'page-on-terminal': 'a page is for a browser; add --out FILE, or --json for the data',
  'record-failed': 'everything is deployed, but the record of it cannot be moved; move it manually with git update-ref',
  'several-stacks': 'resources of several stacks are named; import those of one stack at a time',
  uncommitted: 'a file differs from the commit that would be recorded; commit it first',
  'unknown-bucket': 'a hand-off names a bucket that no definition has; name a profile, or say --any-bucket',
  'unknown-client': 'there is no such client; correct the name',
  'unknown-commit': 'git does not know the commit; fetch it, or name another',
  'unknown-integration': 'there is no such integration; correct the name',
  'unknown-owner': 'no integration has such an owner; correct the name',
  'unknown-resource': 'the stack has no such resource; correct the name',
  'unknown-vendor': 'there is no such vendor profile; correct the name',
  'vendor-kind': 'the vendor cannot use this kind; choose one that its profile names',
  'vendor-site': "the vendor's profile has no such site; choose one that it names",
  'vendor-way': "the vendor's profile has no such way; choose one that it names",
  'wrong-key': 'an object key is not where the option wants it; name one inside, or outside, the prefix',
  'wrong-kind': 'the command or option is for another kind of integration; leave it out, or name another integration',
  'wrong-status': 'the integration has another status than the command is for; use the command that the message names',
  'wrong-usage': 'a command, an argument or an option is not as it must be; COMMAND --help shows how it is used',
} as const satisfies Readonly<Record<string, Meaning>>;

export type FailureCode = keyof typeof FAILURES;

/** What a failure has beside its message. */
export interface FailureOptions {
  /** @default Exit.FOUND */
  readonly exit?: Exit;
  /** What was thrown before; never one whose message could hold a secret. */
  readonly cause?: unknown;
  /** Of files, where there are any; they have been reported already. */
  readonly problems?: readonly object[];
}

/** Something wrong that is reported in one line, without a stack trace. */
export class Failure extends Error {
  readonly exit: Exit;
  /** Of files, where there are any; they have been reported already. */
  readonly problems: readonly object[];

  /** @param fix what to do about it; a command is written as it is typed */
  constructor(
    readonly code: FailureCode,
    readonly what: string,
    readonly fix: string,
    { exit = Exit.FOUND, cause, problems = [] }: FailureOptions = {},
  ) {
    super(`${what}; ${fix}`, cause === undefined ? undefined : { cause });
    this.exit = exit;
    this.problems = problems;
  }
}

/** A failure that a room below describes in one sentence: what is wrong, then, behind the last semicolon, what to do. */
export function failureOf(code: FailureCode, sentence: string, options: FailureOptions = {}): Failure {
  const at = sentence.lastIndexOf('; ');
  return new Failure(code, sentence.slice(0, at), sentence.slice(at + 2), options);
}

/** What to do where AWS refuses a request. */
export const CHECK_ACCESS = 'check credentials, Region and permissions, then try again';
export const LOG_IN = 'log in (aws sso login), or set AWS_PROFILE';

/** @param name of the error, as AWS or its SDK calls it */
export function fixOfRefusal(name: string): string {
  return /CredentialsProvider|TokenProvider|ExpiredToken/.test(name) ? LOG_IN : CHECK_ACCESS;
}

/** AWS cannot be asked here: there is no SDK, or there are no credentials. */
export class NoAws extends Failure {}
