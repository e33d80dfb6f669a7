import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { KINDS } from '../definitions/schema';
import { Capability } from '../rules/confinement';
import { checkSessionDuration, parseSessionDuration } from '../rules/duration';
import { type Finding, quote } from '../rules/finding';
import { checkDate } from '../rules/restrictions';
import { access } from './access';
import { adopt } from './adopt';
import { changed } from './changed';
import { check } from './check';
import { NO_COLORS, painter } from './colors';
import { completion, SHELLS } from './completion';
import { deploy } from './deploy';
import { diff } from './diff';
import { handoff } from './handoff';
import { dressed, examplesHelp } from './help';
import { Exit, Failure, type Host } from './host';
import { init } from './init';
import { list } from './list';
import { newIntegration } from './new';
import { newFromIssue } from './new-from-issue';
import { report } from './report';
import { rotate } from './rotate';
import { testConnection } from './test-connection';
import { showVendor, vendors } from './vendors';

const DESCRIPTION = `Gives each client or vendor access to exactly one key prefix of one client's S3 bucket.
Definitions are files in a folder; cdk deploy makes them so.`;

const UNNAMED = 'name the client and the vendor (bucket-integrations new kohler reltio), or add --from-issue FILE';

/**
 * Runs the command.
 *
 * @param argv the words after the command's name
 * @returns what the process ends with
 */
export async function cli(argv: readonly string[], given: Host): Promise<Exit> {
  let exit: Exit = Exit.DONE;
  const host = argv.includes('--no-color') ? { ...given, colors: NO_COLORS } : given;
  const program = dressed(new Command('bucket-integrations'), host)
    .description(DESCRIPTION)
    .exitOverride()
    .showHelpAfterError('(bucket-integrations --help shows how it is used)')
    .option('--no-color', 'plain text on a terminal too, as NO_COLOR=1 gives it')
    .addHelpText('after', '\nExit status: 0 done, 1 found something wrong, 2 wrong usage.')
    .addHelpText('after', examplesHelp(['check', 'new kohler reltio', 'handoff kohler_reltio', 'COMMAND --help']));

  const bare = (parent: Command, name: string, description: string, ...examples: string[]) =>
    parent
      .command(name)
      .description(description)
      .option('--no-color', 'plain text on a terminal too')
      .addHelpText('after', examplesHelp(examples));
  const command = (parent: Command, name: string, description: string, ...examples: string[]) =>
    bare(parent, name, description, ...examples)
      .addOption(new Option('--dir <dir>', 'the folder of the definitions').default('integrations'))
      .option('--json', 'print one JSON document', false);

  const today = () =>
    new Option('--today <date>', 'the day against which dates are judged').argParser(date).default(host.today);

  command(program, 'check', 'Validate every definition.', 'check', 'check --strict --json')
    .option('--strict', 'fail on warnings too', false)
    .addOption(today())
    .action((options) => {
      exit = check(options, { ...host, today: options.today });
    });
  command(program, 'list', 'Show clients and integrations.', 'list').action((options) => {
    exit = list(options, host);
  });
  command(program, 'access', 'Say who can do what, where and until when.', 'access', 'access kohler_adobe --json')
    .argument('[name]', 'one integration, for example kohler_adobe')
    .action((name, options) => {
      exit = access(name, options, host);
    });
  command(
    program,
    'report',
    'Write a page on the whole deployment: access map, dates, headroom.',
    'report --out report.html',
    'report --json --today 2027-01-31',
  )
    .option('--out <file>', 'the file to write; without it, or for -, it goes to standard output')
    .addOption(today())
    .action((options) => {
      exit = report(options, { ...host, today: options.today });
    });
  command(
    program,
    'diff',
    'Say what changes in who can do what, and in resources, since an earlier version.',
    'diff --base origin/main',
    'diff --base origin/main --format markdown --fail-on widening',
    'diff --base-assembly cdk.out.before',
  )
    .option('--base <ref>', 'a git branch, tag or commit to compare with')
    .option('--base-assembly <dir>', 'what cdk synth made of an earlier version, instead')
    .addOption(
      new Option('--format <format>', 'how it is written').choices(['text', 'markdown', 'json']).default('text'),
    )
    .addOption(new Option('--fail-on <what>', 'exit 1 where access grows').choices(['widening']))
    .action(async (options) => {
      exit = await diff(options.json ? { ...options, format: 'json' } : options, host);
    });
  sinceOf(
    command(
      program,
      'changed',
      'Say which clients are to be deployed: those that are not as they were.',
      'changed --base origin/main',
      'changed --record refs/deployed/production --json',
    ),
  ).action(async (options) => {
    exit = await changed(options, host);
  });
  sinceOf(
    command(
      program,
      'deploy',
      'Deploy the clients that are not as they were, with the CDK.',
      'deploy --record refs/deployed/production --handoffs handoffs',
      'deploy --base v1.2.0 --dry-run',
    ),
  )
    .addOption(new Option('--concurrency <count>', 'how many stacks at once').argParser(count).default(4))
    .option('--handoffs <dir>', 'write the hand-offs of new integrations there')
    .option('--end-removed', 'delete the stacks of removed clients; their buckets stay', false)
    .option('--dry-run', 'say what would be run, and run nothing', false)
    .action(async (options) => {
      exit = await deploy(options, host);
    });
  command(
    program,
    'new',
    'Write the definition of a new integration.',
    'new kohler reltio --principal arn:aws:iam::123456789876:user/reltio.platform.jobs',
    'new --from-issue issue.md',
    'new acme billing-tool --outside-aws --no-certificate --no-token --reason "It takes a key only"',
  )
    .argument('[client]', 'the client, for example kohler; a new one gets a client.yaml')
    .argument('[vendor]', "the vendor; of the catalogue's name, it is that vendor")
    .option('--from-issue <file>', 'take the answers from an issue made with the form; - is standard input')
    .option('--profile <vendor>', 'a vendor profile; bucket-integrations vendors shows all')
    .addOption(new Option('--kind <kind>', 'the kind, where you know better').choices(KINDS))
    .option('--in-aws', 'the vendor works in AWS')
    .option('--outside-aws', 'it does not')
    .option('--assumes-roles', 'it can assume a role')
    .option('--no-assumes-roles', 'it cannot')
    .option('--certificate', 'it can present a certificate')
    .option('--no-certificate', 'it cannot')
    .option('--token', 'it can present a token of an identity provider')
    .option('--no-token', 'it cannot')
    .option('--principal <arn...>', 'its role or user ARN')
    .option('--external-id <id>', 'the external ID, where the vendor makes it')
    .addOption(new Option('--access <capability...>', 'what it may do').choices(Object.values(Capability)))
    .option('--prefix <prefix>', 'where it may act')
    .option('--bucket <bucket>', 'a bucket of its own')
    .option('--reason <text>', 'why nothing safer will do')
    .option('--description <text>', 'what it is for')
    .option('--request <ticket>', 'the ticket in which it was asked for')
    .option('--owner <who>', 'who answers for it')
    .addOption(new Option('--expires <date>', 'the day on which access ends').argParser(date))
    .action(async (client, vendor, { outsideAws, ...options }, self: Command) => {
      // What was not said is asked: commander takes a --no- option as said.
      if (outsideAws && options.inAws)
        throw new Failure('--in-aws and --outside-aws contradict each other', Exit.USAGE);
      const said = (name: string) => (self.getOptionValueSource(name) === 'cli' ? options[name] : undefined);
      const told = {
        inAws: outsideAws ? false : options.inAws,
        assumesRoles: said('assumesRoles'),
        certificate: said('certificate'),
        token: said('token'),
      };
      const all = { ...options, ...told };
      if (options.fromIssue !== undefined) exit = await newFromIssue(client, vendor, all, host);
      else if (vendor === undefined) throw new Failure(UNNAMED, Exit.USAGE);
      else exit = await newIntegration(client, vendor, all, host);
    });
  command(
    program,
    'handoff',
    'Write the setup information for the vendor.',
    'handoff kohler_reltio',
    'handoff kohler_reltio --format html --outputs outputs.json > reltio.html',
  )
    .argument('<name>', 'the integration, for example kohler_reltio')
    .addOption(
      new Option('--format <format>', 'how it is written').choices(['markdown', 'html', 'json']).default('markdown'),
    )
    .option('--outputs <file>', 'a file of cdk deploy --outputs-file: what is deployed')
    .option('--from-stack', 'read what is deployed from CloudFormation', false)
    .option('--reveal-secret', 'show the access key on this terminal, after asking', false)
    .action(async (name, options) => {
      exit = await handoff(name, options.json ? { ...options, format: 'json' } : options, host);
    });
  command(
    program,
    'rotate',
    'Take the next step of rotating an access key.',
    'rotate kohler_adobe --dry-run',
    'rotate kohler_adobe',
  )
    .argument('<name>', 'the integration, for example kohler_adobe')
    .option('--dry-run', 'show the step, and leave the definition as it is', false)
    .option('--without-aws', 'go by the definition alone: AWS is not asked what is deployed and used', false)
    .option('--even-if-used', 'retire the older key though it was used in the last day', false)
    .option('--even-if-unused', 'retire the older key though the newer one was never used', false)
    .action(async (name, options) => {
      exit = await rotate(name, options, host);
    });
  command(
    program,
    'test-connection',
    'Act as the vendor: try all that it may do, and that nothing else works.',
    'test-connection reltio.json --profile reltio',
    'test-connection boomi.json --json',
  )
    .argument('<file>', 'a hand-off as JSON, or setup information alone')
    .option('--profile <aws-profile>', 'a profile of the AWS configuration files: the credentials of the vendor')
    .option('--token-file <file>', 'a token of an identity provider, for web-identity')
    .addOption(
      new Option('--access <capabilities>', 'what is granted, where the file does not say').argParser(capabilities),
    )
    .addOption(
      new Option('--duration <time>', 'how long a session is asked for').argParser(duration).default(900, '15m'),
    )
    .option('--object <key>', 'an object under the prefix that is there, where none can be written')
    .option('--outside <key>', 'an object outside the prefix that is there, and must not be readable')
    .action(async (file, options) => {
      exit = await testConnection(file, options, host);
    });
  program
    .command('init')
    .description('Lay out a repository of definitions of your own.')
    .argument('<dir>', 'a new folder')
    .option('--from <spec>', 'where npm gets this package from, for example a tarball')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExamples:\n  bucket-integrations init our-integrations')
    .action((dir, options) => {
      exit = init(dir, options, host);
    });
  command(
    program,
    'adopt',
    'Say which resources of a stack exist already, for cdk import.',
    'adopt kohler kohler-data reltio-exporter > mapping.json',
  )
    .argument('<client>', 'the client, for example kohler')
    .argument('<names...>', 'the buckets, roles and users that exist')
    .option('--bucket-policy', 'the buckets have a policy, which is adopted too', false)
    .action(async (client, names, options) => {
      exit = await adopt(client, names, options, host);
    });
  const catalogue = command(
    program,
    'vendors',
    'Show the vendors that are known.',
    'vendors',
    'vendors show boomi',
  ).action((options) => {
    exit = vendors(options, host);
  });
  command(catalogue, 'show', 'Show one vendor.', 'vendors show boomi')
    .argument('<vendor>', 'the name of its profile')
    .action((name, _, self: Command) => {
      exit = showVendor(name, self.optsWithGlobals(), host);
    });
  bare(
    program,
    'completion',
    'Print a script that makes your shell complete commands, options and names.',
    'completion bash > ~/.local/share/bash-completion/completions/bucket-integrations',
    'completion zsh > ~/.zfunc/_bucket-integrations',
  )
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .action((shell) => {
      exit = completion(shell, program, host);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.DONE : Exit.USAGE;
    if (!(error instanceof Failure)) throw error;
    host.err(`${painter(host.colors?.err)('red', error.message)}\n`);
    return error.exit;
  }
  return exit;
}

/** A command that compares with an earlier version. */
function sinceOf(command: Command): Command {
  return command
    .option('--base <ref>', 'compare with a git branch, tag or commit')
    .option('--record <ref>', 'compare with what this ref says was deployed, or with nothing where it is not there')
    .option('--all', 'every client, whether it changed or not', false);
}

function count(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('write a number from 1 to 999');
  return Number(value);
}

function date(value: string): string {
  refuse(checkDate(value));
  return value;
}

/** In seconds. */
function duration(value: string): number {
  refuse(checkSessionDuration(value));
  return parseSessionDuration(value) ?? 0;
}

function capabilities(value: string): Capability[] {
  const known: readonly string[] = Object.values(Capability);
  const given = value.split(',');
  const strange = given.find((one) => !known.includes(one));
  if (strange !== undefined)
    throw new InvalidArgumentError(`${quote(strange)} is not a capability; give some of ${known.join(',')}`);
  return given as Capability[];
}

function refuse([finding]: readonly Finding[]): void {
  if (finding) throw new InvalidArgumentError(`${finding.message}; ${finding.fix}`);
}
