/** The rooms of lib/ by floor: what each is for, and what it may import. */

/** A folder of lib/. */
export interface Room {
  /** In a line that fits its box. */
  readonly what: string;
  /** Other rooms that it may import, lower ones only; `definitions` means its top folder and all rooms inside. */
  readonly rooms: readonly string[];
  /** Rooms that it may import only when they are needed, by `import()`. */
  readonly lazy?: readonly string[];
  readonly packages: readonly string[];
  /** Whether it may read and write files. */
  readonly files?: boolean;
}

const BELOW_COMMAND = [
  'text',
  'files',
  'rules',
  'templates',
  'causes',
  'definitions',
  'changes',
  'deploy',
  'handoff',
  'report',
  'rotation',
  'connection',
  'requests',
  'account',
  'verification',
  'discovery',
  'usage',
  'explain',
  'review',
];

/** From the lowest floor up. Whoever adds a room says here where it stands. */
export const HOUSE: Readonly<Record<string, Room>> = {
  text: { what: 'small texts: quoted, counted, dated', rooms: [], packages: [] },
  files: { what: 'files, read within bounds and written whole', rooms: [], packages: [], files: true },
  html: { what: 'pages in one file', rooms: ['text'], packages: [] },
  rules: { what: "S3's and IAM's words: who may do what", rooms: ['text'], packages: [] },
  // One table for the hand-off, test-connection, explain and usage.
  causes: { what: 'why a request fails, and who fixes it', rooms: ['text', 'rules'], packages: [] },
  // Imports nothing: neither templates nor accounts, neither names nor files.
  access: { what: "who can do what, in anybody's policies", rooms: [], packages: [] },
  // The one place that knows intrinsic functions.
  templates: { what: 'synthesized templates as data', rooms: ['text', 'rules', 'access'], packages: [] },
  // One judgement for templates and accounts.
  proof: { what: 'what is meant is there, and nothing else', rooms: ['text', 'rules', 'access'], packages: [] },
  // Knows stacks and templates, and nothing of what is in them.
  validation: {
    what: 'what passed is not validated again',
    rooms: ['files', 'rules'],
    packages: ['aws-cdk-lib', 'cdk-nag', 'constructs'],
    files: true,
  },
  // An account as AWS's APIs give it, in a file that anybody may have written.
  account: { what: 'an account as it is: the snapshot', rooms: ['text', 'rules', 'access'], packages: [] },
  // Of the SDK only types: what asks AWS is given by the command.
  'account/readers': {
    what: 'what a snapshot asks of AWS',
    rooms: ['text', 'rules', 'account'],
    packages: [
      '@aws-sdk/client-cloudformation',
      '@aws-sdk/client-iam',
      '@aws-sdk/client-kms',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-s3-control',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sts',
      '@aws-sdk/client-transfer',
    ],
  },
  'definitions/yaml': {
    what: 'files, places, edits',
    rooms: ['text', 'rules'],
    packages: ['yaml', 'zod'],
    files: true,
  },
  'definitions/language': { what: 'every key of the language', rooms: ['text', 'rules'], packages: ['zod'] },
  'definitions/model': { what: 'what a definition says', rooms: ['text', 'rules'], packages: [] },
  'definitions/profiles': {
    what: 'what a vendor needs',
    rooms: ['text', 'rules', 'files', 'definitions/yaml', 'definitions/language', 'definitions/model'],
    packages: ['zod'],
    files: true,
  },
  'definitions/judging': {
    what: 'what is wrong, and how to fix it',
    rooms: [
      ...['text', 'rules', 'files', 'definitions/yaml', 'definitions/language', 'definitions/model'],
      'definitions/profiles',
    ],
    packages: ['zod'],
    files: true,
  },
  definitions: {
    what: 'YAML in, clients and problems out',
    rooms: ['text', 'rules', 'definitions/judging', 'definitions/yaml', 'definitions/model', 'definitions/profiles'],
    packages: [],
    files: true,
  },
  checks: {
    what: 'proves confinement in templates',
    rooms: ['text', 'files', 'rules', 'access', 'templates', 'proof'],
    packages: ['aws-cdk-lib', 'constructs'],
    files: true,
  },
  constructs: {
    what: 'buckets, roles, users, keys',
    rooms: ['text', 'rules'],
    packages: ['aws-cdk-lib', 'constructs'],
  },
  // The one thin place that joins definitions and constructs.
  app: {
    what: 'the CDK app: a stack for each client',
    rooms: ['text', 'rules', 'definitions', 'constructs', 'templates', 'checks', 'validation'],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
  },
  // Compares definitions and templates; it makes neither.
  changes: {
    what: 'what differs between two versions',
    rooms: ['text', 'rules', 'definitions', 'access', 'templates'],
    packages: ['@aws-cdk/cloudformation-diff'],
  },
  // Judges by what it is told of AWS; it asks nothing itself.
  rotation: { what: 'an access key through two slots', rooms: ['text', 'rules', 'definitions'], packages: [] },
  // Judges; what it is given was read by others.
  verification: {
    what: 'an account against the definitions',
    rooms: ['text', 'rules', 'definitions/model', 'access', 'account', 'proof'],
    packages: [],
  },
  // An account read backwards: what it is given was read by others, and others write what it says.
  discovery: {
    what: 'an account as definitions',
    rooms: ['text', 'rules', 'definitions/yaml', 'access', 'account'],
    packages: [],
  },
  // Acts as a vendor through an interface; the command fills it with the AWS SDK.
  connection: { what: 'acts as the vendor, and judges', rooms: ['text', 'rules', 'causes'], packages: [] },
  handoff: { what: 'what goes to the vendor', rooms: ['text', 'rules', 'causes', 'definitions', 'html'], packages: [] },
  report: { what: 'the whole deployment as one page', rooms: ['text', 'rules', 'definitions', 'html'], packages: [] },
  'report/page': { what: 'what runs in the page itself', rooms: ['report'], packages: [] },
  // Logs are read in pieces, whatever is in them.
  'usage/logs': {
    what: 'requests in the logs of S3 and CloudTrail',
    rooms: ['text', 'files'],
    packages: [],
    files: true,
  },
  usage: {
    what: 'who used what, from logs',
    rooms: ['text', 'rules', 'causes', 'definitions', 'usage/logs'],
    packages: [],
  },
  review: { what: 'what is due, for its owners', rooms: ['text', 'rules', 'definitions'], packages: [] },
  explain: { what: 'what an error message means', rooms: ['text', 'rules', 'causes', 'definitions'], packages: [] },
  // Reads what strangers wrote; it writes nothing.
  requests: { what: 'what somebody asks for in an issue', rooms: ['text', 'rules', 'definitions'], packages: [] },
  // What is to be deployed, and in which words.
  deploy: {
    what: 'what to deploy, and how',
    rooms: ['text', 'rules', 'definitions', 'changes'],
    packages: [],
  },
  'command/host': {
    what: 'what the command talks to',
    rooms: ['rules', 'causes', 'files', 'definitions/yaml', 'connection', 'deploy', 'rotation', 'account/readers'],
    packages: ['cross-spawn'],
    files: true,
  },
  'command/terminal': {
    what: 'tables, colours, progress',
    rooms: ['text', 'rules', 'definitions', 'command/host'],
    packages: ['string-width'],
  },
  'command/git': {
    what: 'definitions and app at a commit',
    rooms: ['text', 'rules', 'files', 'definitions', 'deploy', 'command/host'],
    packages: [],
    files: true,
  },
  'command/aws': {
    what: 'the AWS SDK, loaded when asked',
    rooms: ['text', 'rules', 'causes', 'rotation', 'connection', 'deploy', 'account/readers', 'command/host'],
    packages: [
      '@aws-sdk/client-cloudformation',
      '@aws-sdk/client-iam',
      '@aws-sdk/client-kms',
      '@aws-sdk/client-rolesanywhere',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-s3-control',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sts',
      '@aws-sdk/client-transfer',
      '@aws-sdk/credential-providers',
    ],
    files: true,
  },
  'command/deployment': {
    what: 'definitions, app and account, as read',
    rooms: [
      ...[
        'text',
        'rules',
        'files',
        'definitions',
        'templates',
        'changes',
        'connection',
        'account',
        'report',
        'verification',
      ],
      ...['command/host', 'command/terminal'],
    ],
    packages: [],
    files: true,
  },
  'command/init': {
    what: 'a package in a repository',
    rooms: ['text', 'command/host'],
    packages: [],
    files: true,
  },
  'command/rollout': {
    what: 'what a deployment does, step by step',
    rooms: [
      ...['text', 'rules', 'definitions', 'deploy'],
      ...['command/host', 'command/terminal', 'command/git', 'command/deployment'],
    ],
    packages: [],
  },
  'command/completion': { what: 'what a shell completes', rooms: [], packages: [] },
  'command/new': {
    what: 'from answers to a definition',
    rooms: ['text', 'rules', 'files', 'definitions', 'requests', 'command/host', 'command/terminal'],
    packages: [],
    files: true,
  },
  'command/discovered': {
    what: 'from what was found to files that pass',
    rooms: [
      ...['text', 'rules', 'definitions', 'discovery'],
      ...['command/host', 'command/terminal', 'command/deployment'],
    ],
    packages: [],
    files: true,
  },
  command: {
    what: 'the command: options in, words out',
    rooms: [
      ...BELOW_COMMAND,
      'command/host',
      'command/terminal',
      'command/git',
      'command/aws',
      'command/deployment',
      'command/rollout',
      'command/completion',
      'command/init',
      'command/new',
      'command/discovered',
    ],
    lazy: ['app'],
    packages: ['commander'],
    files: true,
  },
  'command/program': {
    what: 'verbs with their options',
    rooms: ['text', 'rules', 'command', 'command/deployment', 'command/host', 'command/terminal', 'command/new'],
    packages: ['commander'],
  },
};

/** Whether a room may import another that stands inside an allowed one. */
export function mayImport(room: Room, other: string, lazy: boolean): boolean {
  const allowed = lazy ? [...room.rooms, ...(room.lazy ?? [])] : room.rooms;
  // `command` has rooms of different floors, so each is named; what is inside `definitions` is one floor to the others.
  return allowed.some((name) => other === name || (name !== 'command' && other.startsWith(`${name}/`)));
}
