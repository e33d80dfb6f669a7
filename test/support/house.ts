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
  'rules',
  'definitions',
  'changes',
  'deploy',
  'handoff',
  'report',
  'rotation',
  'connection',
  'requests',
];

/** From the lowest floor up. Whoever adds a room says here where it stands. */
export const HOUSE: Readonly<Record<string, Room>> = {
  text: { what: 'small texts: quoted, counted, dated', rooms: [], packages: [] },
  html: { what: 'pages in one file', rooms: [], packages: [] },
  rules: { what: "S3's and IAM's words: who may do what", rooms: ['text'], packages: [] },
  // Knows stacks and templates, and nothing of what is in them.
  validation: {
    what: 'what passed is not validated again',
    rooms: ['rules'],
    packages: ['aws-cdk-lib', 'cdk-nag', 'constructs'],
    files: true,
  },
  'definitions/yaml': { what: 'files, places, edits', rooms: ['text', 'rules'], packages: ['yaml'], files: true },
  'definitions/language': { what: 'every key of the language', rooms: ['text', 'rules'], packages: ['zod'] },
  'definitions/model': { what: 'what a definition says', rooms: ['text', 'rules'], packages: [] },
  'definitions/profiles': {
    what: 'what a vendor needs',
    rooms: ['text', 'rules', 'definitions/yaml', 'definitions/language', 'definitions/model'],
    packages: ['yaml', 'zod'],
    files: true,
  },
  'definitions/judging': {
    what: 'what is wrong, and how to fix it',
    rooms: ['text', 'rules', 'definitions/yaml', 'definitions/language', 'definitions/model', 'definitions/profiles'],
    packages: ['zod'],
    files: true,
  },
  definitions: {
    what: 'YAML in, clients and problems out',
    rooms: ['text', 'rules', 'definitions/judging', 'definitions/yaml', 'definitions/model', 'definitions/profiles'],
    packages: [],
    files: true,
  },
  checks: { what: 'proves confinement in templates', rooms: ['text', 'rules'], packages: ['aws-cdk-lib'], files: true },
  constructs: {
    what: 'buckets, roles, users, keys',
    rooms: ['text', 'rules'],
    packages: ['aws-cdk-lib', 'constructs'],
  },
  // The one thin place that joins definitions and constructs.
  app: {
    what: 'the CDK app: a stack for each client',
    rooms: ['text', 'rules', 'definitions', 'constructs', 'checks', 'validation'],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
  },
  // Compares definitions and templates; it makes neither.
  changes: {
    what: 'what differs between two versions',
    rooms: ['text', 'rules', 'definitions', 'checks'],
    packages: ['@aws-cdk/cloudformation-diff'],
  },
  // Judges by what it is told of AWS; it asks nothing itself.
  rotation: { what: 'an access key through two slots', rooms: ['text', 'rules', 'definitions'], packages: [] },
  // Acts as a vendor through an interface; the command fills it with the AWS SDK.
  connection: { what: 'acts as the vendor, and judges', rooms: ['text', 'rules'], packages: [] },
  handoff: { what: 'what goes to the vendor', rooms: ['text', 'rules', 'definitions', 'html'], packages: [] },
  report: { what: 'the whole deployment as one page', rooms: ['text', 'rules', 'definitions', 'html'], packages: [] },
  'report/page': { what: 'what runs in the page itself', rooms: ['report'], packages: [] },
  // Reads what strangers wrote; it writes nothing.
  requests: { what: 'what somebody asks for in an issue', rooms: ['text', 'rules', 'definitions'], packages: [] },
  // What is to be deployed, and in which words.
  deploy: {
    what: 'what is to be deployed, and how',
    rooms: ['text', 'rules', 'definitions', 'changes'],
    packages: [],
  },
  'command/host': {
    what: 'what the command talks to',
    rooms: ['connection', 'deploy', 'rotation'],
    packages: [],
    files: true,
  },
  'command/terminal': {
    what: 'tables, colours, progress',
    rooms: ['text', 'definitions', 'command/host'],
    packages: [],
  },
  'command/git': {
    what: 'definitions and app as they were',
    rooms: ['text', 'rules', 'definitions', 'deploy', 'command/host'],
    packages: [],
    files: true,
  },
  'command/aws': {
    what: 'the AWS SDK, loaded when asked',
    rooms: ['text', 'rules', 'rotation', 'connection', 'deploy', 'command/host'],
    packages: [
      '@aws-sdk/client-cloudformation',
      '@aws-sdk/client-iam',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sts',
      '@aws-sdk/credential-providers',
    ],
    files: true,
  },
  'command/deployment': {
    what: 'definitions and app, as read',
    rooms: ['text', 'rules', 'definitions', 'changes', 'command/host', 'command/terminal'],
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
    rooms: ['text', 'rules', 'definitions', 'requests', 'command/host', 'command/terminal'],
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
      'command/new',
    ],
    lazy: ['app'],
    packages: ['commander'],
    files: true,
  },
  'command/program': {
    what: 'verbs with their options',
    rooms: ['text', 'rules', 'command', 'command/host', 'command/terminal', 'command/new'],
    packages: ['commander'],
  },
};

/** Whether a room may import another that stands inside an allowed one. */
export function mayImport(room: Room, other: string, lazy: boolean): boolean {
  const allowed = lazy ? [...room.rooms, ...(room.lazy ?? [])] : room.rooms;
  // `command` has rooms of different floors, so each is named; what is inside `definitions` is one floor to the others.
  return allowed.some((name) => other === name || (name !== 'command' && other.startsWith(`${name}/`)));
}
