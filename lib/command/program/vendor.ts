import { type Command, Option } from 'commander';
import { accept } from '../accept';
import { HANDOFF_CHOICES, handoff } from '../handoff';
import { rotate } from '../rotate';
import { resume, suspend } from '../status';
import { testConnection } from '../test-connection';
import { capabilities, duration } from './option-values';
import { command, type Program, withFolder, withFormat } from './program';
import { certificateOptions, tokenOptions } from './trust-options';

/** Adds the commands of what a vendor gets: its setup information, its keys, its connection. */
export function vendorCommands({ program, host, end }: Program): void {
  command(
    program,
    'handoff',
    'Write the setup information for the vendor.',
    'handoff kohler_reltio',
    'handoff kohler_reltio --format html --outputs outputs.json > reltio.html',
    'handoff kohler_reltio --for-vendor terraform --outputs outputs.json > reltio.tf',
  )
    .argument('<name>', 'the integration, for example kohler_reltio')
    .addOption(new Option('--format <format>', 'how it is written').choices(HANDOFF_CHOICES.format).default('markdown'))
    .addOption(
      new Option('--for-vendor <format>', "what the vendor's own account must allow, instead")
        .choices(HANDOFF_CHOICES.forVendor)
        .conflicts(['format', 'json', 'internal', 'since']),
    )
    .addOption(new Option('--internal', 'what is ours to do, instead: not for the vendor').default(false))
    .addOption(new Option('--since <ref>', 'say what has changed since this git ref').conflicts('internal'))
    .addOption(
      new Option('--outputs <file>', 'a file of cdk deploy --outputs-file: what is deployed').conflicts('fromStack'),
    )
    .option('--from-stack', 'read what is deployed from CloudFormation', false)
    .addOption(
      new Option('--reveal-secret', 'show the access key on this terminal, after asking')
        .default(false)
        .conflicts(['outputs', 'fromStack', 'format', 'json', 'forVendor', 'internal', 'since']),
    )
    .action((name, options, self: Command) => end(handoff(name, withFormat(options, self), host)));
  dryRun(
    tokenOptions(
      certificateOptions(
        command(
          program,
          'accept',
          'Write what the vendor sent into a pending definition: asks for anything you leave out.',
          'accept kohler_okta-workflows',
          'accept kohler_adobe --external-id 5ez83245-6b31 --principal arn:aws:iam::111122223333:role/exporter',
        )
          .argument('<name>', 'the integration, for example kohler_adobe')
          .option('--principal <arn...>', 'its role or user ARN')
          .option('--external-id <id...>', 'the external ID, or several of which it sends one')
          .option('--no-external-id', 'it sends none'),
      ),
    ).option('--site <name>', "the vendor's site"),
  ).action((name, options, self: Command) => {
    const externalId = self.getOptionValueSource('externalId') === 'cli' ? options.externalId : undefined;
    return end(accept(name, { ...options, externalId }, host));
  });
  dryRun(
    command(program, 'suspend', 'Take access away, and keep names, keys and data.', 'suspend kohler_adobe').argument(
      '<name>',
      'the integration, for example kohler_adobe',
    ),
  ).action((name, options) => end(suspend(name, options, host)));
  dryRun(
    command(program, 'resume', 'Give a suspended integration its access again.', 'resume kohler_adobe').argument(
      '<name>',
      'the integration, for example kohler_adobe',
    ),
  ).action((name, options) => end(resume(name, options, host)));
  command(
    program,
    'rotate',
    'Take the next step of rotating an access key.',
    'rotate kohler_adobe --dry-run',
    'rotate kohler_adobe',
  )
    .argument('<name>', 'the integration, for example kohler_adobe')
    .option('--dry-run', 'show the step, and leave the definition unchanged', false)
    .option('--without-aws', 'use the definition alone: do not ask AWS what is deployed and used', false)
    .addOption(
      new Option('--even-if-used', 'retire the older key even if it was used in the last day')
        .default(false)
        .conflicts('withoutAws'),
    )
    .addOption(
      new Option('--even-if-unused', 'retire the older key even if the newer one was never used')
        .default(false)
        .conflicts('withoutAws'),
    )
    .action((name, options) => end(rotate(name, options, host)));
  command(
    program,
    'test-connection',
    'Act as the vendor: try everything that it may do, and check that nothing else works.',
    'test-connection reltio.json --profile reltio',
    'test-connection boomi.json --json',
  )
    .argument('<file>', 'a hand-off as JSON, or setup information alone')
    .option('--profile <aws-profile>', 'a profile of the AWS configuration files: the credentials of the vendor')
    .option('--token-file <file>', 'a token of an identity provider, for web-identity')
    .addOption(
      new Option('--access <capabilities>', 'what is granted, if the file does not say').argParser(capabilities),
    )
    .addOption(
      new Option('--duration <time>', 'the session duration to ask for').argParser(duration).default(900, '15m'),
    )
    .option('--object <key>', 'an existing object under the prefix, if none can be written')
    .option('--outside <key>', 'an existing object outside the prefix, which must not be readable')
    .option('--any-bucket', 'use the credentials of this shell for any bucket and role that the file names', false)
    .action((file, options, self: Command) => end(testConnection(file, withFolder(options, self), host)));
}

/** A command that edits a definition. */
function dryRun(command: Command): Command {
  return command.option('--dry-run', 'show the edit, and leave the definition unchanged', false);
}
