import { type Command, Option } from 'commander';
import { Capability } from '../../rules/confinement';
import { KeySlot, KINDS, Status } from '../../rules/vocabulary';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { newIntegration } from '../new';
import { newFromIssue } from '../new/from-issue';
import type { NewOptions } from '../new/options';
import { accepted, dateAfter, days, sessionDuration, stackPart, trusts } from './option-values';
import { command, type Program } from './program';
import { certificateOptions, tokenOptions } from './trust-options';

/** Adds the command that writes definitions. */
export function newCommand({ program, host, end }: Program): void {
  const added = command(
    program,
    'new',
    'Write the definition of a new integration: asks for anything you leave out.',
    'new',
    'new kohler reltio --principal arn:aws:iam::123456789876:user/reltio.platform.jobs',
    'new --from-issue issue.md',
    'new acme billing-tool --outside-aws --no-certificate --no-token --reason "It takes a key only"',
  )
    .argument('[client]', 'the client, for example kohler; a new one gets a client.yaml')
    .argument('[vendor]', 'the vendor; a name of the catalogue selects its profile')
    .option('--from-issue <file>', 'take the answers from an issue made with the form; - is standard input')
    .option('-y, --yes', 'ask only what has no default');
  for (const group of GROUPS) group(added, host);
  added.action((client, vendor, { outsideAws, ...options }, self: Command) => {
    // What was not said is asked: commander takes a --no- option as said.
    if (outsideAws && options.inAws)
      throw new Failure('options-conflict', '--in-aws and --outside-aws contradict each other', 'leave one out', {
        exit: Exit.USAGE,
      });
    const said = (name: string) => (self.getOptionValueSource(name) === 'cli' ? options[name] : undefined);
    const told: NewOptions = {
      ...options,
      inAws: outsideAws ? false : options.inAws,
      assumesRoles: said('assumesRoles'),
      certificate: said('certificate'),
      token: said('token'),
      externalId: said('externalId'),
    };
    return options.fromIssue === undefined
      ? end(newIntegration(client, vendor, told, host))
      : end(newFromIssue(client, vendor, { ...told, fromIssue: options.fromIssue }, host));
  });
}

/** Options that belong together, under a heading of the help. */
const GROUPS: readonly ((command: Command, host: Host) => Command)[] = [
  (command) =>
    command
      .optionsGroup('How the vendor gets access:')
      .option('--profile <vendor>', 'a vendor profile; bucket-integrations vendors shows all')
      .addOption(new Option('--kind <kind>', 'the kind, instead of the proposed one').choices(KINDS))
      .option('--way <name>', "a way of the vendor's profile, where it has several")
      .option('--site <name>', "the vendor's site, where its profile differs by it")
      .option('--in-aws', 'the vendor works in AWS')
      .option('--outside-aws', 'it does not')
      .option('--assumes-roles', 'it can assume a role')
      .option('--no-assumes-roles', 'it cannot')
      .option('--certificate', 'it can present a certificate')
      .option('--no-certificate', 'it cannot')
      .option('--token', 'it can present a token of an identity provider')
      .option('--no-token', 'it cannot')
      .option('--reason <text>', 'why nothing safer is possible'),
  (command) =>
    command
      .optionsGroup('Who is trusted (a role, or a direct trust):')
      .addOption(new Option('--principal <arn...>', 'its role or user ARN').conflicts('trust'))
      .addOption(
        new Option('--trust <trust...>', 'a principal with its own external ID: "ARN EXTERNAL-ID"').argParser(trusts),
      )
      .option('--whole-account', 'its principals are whole accounts, and it sends no external ID')
      .addOption(
        new Option('--external-id <id...>', 'the external ID, or several of which it sends one').conflicts([
          'trust',
          'externalIdLater',
        ]),
      )
      .option('--no-external-id', 'it sends none')
      .option('--external-id-later', 'it makes the external ID itself, and we do not know it yet: pending')
      .option('--access-point', 'a direct trust through an access point of its own')
      .option('--role-name <name>', "the role's name, where the vendor dictates it")
      .option('--session-name <name>', 'the session name that it must use, exact or with * inside')
      .addOption(new Option('--session-duration <time>', 'the longest session, 15m to 12h').argParser(sessionDuration))
      .option('--session-tags', 'it sends session tags')
      .option('--source-identity', 'it sets a source identity')
      .option('--self-assume', 'the role may assume itself'),
  (command) =>
    certificateOptions(command.optionsGroup('Who is trusted (a certificate):')).option(
      '--accept-session-name',
      'the vendor may choose the name of its session',
    ),
  (command) => tokenOptions(command.optionsGroup('Who is trusted (tokens):')),
  (command, { today }) =>
    command
      .optionsGroup('What it may do:')
      .addOption(new Option('--access <capability...>', 'what it may do').choices(Object.values(Capability)))
      .addOption(new Option('--prefix <prefix>', 'where it may act').conflicts('wholeBucket'))
      .option('--whole-bucket', 'all of its own bucket')
      .addOption(new Option('--expires <date>', 'the day on which access ends').argParser(dateAfter(today)))
      .option('--source-ip <range...>', 'only from these addresses')
      .option('--vpc-endpoint <id...>', 'only through these VPC endpoints')
      .option('--source-vpc <id...>', 'only from these VPCs'),
  (command) =>
    command
      .optionsGroup('A bucket of its own:')
      .option('--bucket <bucket>', 'its name')
      .option('--bucket-existing', 'it exists already')
      .option('--bucket-kms-key <key>', 'encrypt with a KMS key: create, or the ARN of a key')
      .option('--bucket-unversioned', 'keep no earlier versions')
      .option('--bucket-event-bridge', 'emit object events to Amazon EventBridge')
      .addOption(daysOption('--abort-uploads-after <days>', 'clean up uploads that were never completed'))
      .addOption(daysOption('--expire-objects-after <days>', 'expire objects'))
      .addOption(daysOption('--expire-old-versions-after <days>', 'expire earlier versions')),
  (command, { today }) =>
    command
      .optionsGroup('For people:')
      .option('--description <text>', 'what it is for')
      .option('--request <ticket>', 'the ticket that requests it')
      .option('--owner <who>', 'who is responsible for it')
      .option('--contact <who>', 'who to reach at the vendor')
      .addOption(
        new Option('--review-by <date>', 'the day by which somebody asks whether it is needed').argParser(
          dateAfter(today),
        ),
      )
      .addOption(
        new Option('--accept <warning...>', 'a warning that is meant: CODE="why", or CODE@DATE="why"').argParser(
          accepted,
        ),
      )
      .addOption(
        new Option('--status <status>', 'pending or suspended: nobody can use it yet').choices(Object.values(Status)),
      )
      .addOption(
        new Option('--key-slots <slot...>', 'the slots that hold an access key').choices(Object.values(KeySlot)),
      )
      .addOption(new Option('--stack-part <number>', 'a further stack of its client').argParser(stackPart)),
];

function daysOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(days);
}
