import { type Command, Option } from 'commander';
import { Capability } from '../../rules/confinement';
import { KINDS } from '../../rules/vocabulary';
import { Exit, Failure } from '../host/failure';
import { newIntegration } from '../new';
import { newFromIssue } from '../new/from-issue';
import { date } from './option-values';
import { command, type Program } from './program';

const UNNAMED = 'name the client and the vendor (bucket-integrations new kohler reltio), or add --from-issue FILE';

/** Adds the command that writes definitions. */
export function newCommand({ program, host, end }: Program): void {
  command(
    program,
    'new',
    'Write the definition of a new integration.',
    'new kohler reltio --principal arn:aws:iam::123456789876:user/reltio.platform.jobs',
    'new --from-issue issue.md',
    'new acme billing-tool --outside-aws --no-certificate --no-token --reason "It takes a key only"',
  )
    .argument('[client]', 'the client, for example kohler; a new one gets a client.yaml')
    .argument('[vendor]', 'the vendor; a name of the catalogue selects its profile')
    .option('--from-issue <file>', 'take the answers from an issue made with the form; - is standard input')
    .option('--profile <vendor>', 'a vendor profile; bucket-integrations vendors shows all')
    .addOption(new Option('--kind <kind>', 'the kind, instead of the proposed one').choices(KINDS))
    .option('--in-aws', 'the vendor works in AWS')
    .option('--outside-aws', 'it does not')
    .option('--assumes-roles', 'it can assume a role')
    .option('--no-assumes-roles', 'it cannot')
    .option('--certificate', 'it can present a certificate')
    .option('--no-certificate', 'it cannot')
    .option('--token', 'it can present a token of an identity provider')
    .option('--no-token', 'it cannot')
    .option('--principal <arn...>', 'its role or user ARN')
    .option('--external-id <id>', 'the external ID, if the vendor makes it')
    .addOption(new Option('--access <capability...>', 'what it may do').choices(Object.values(Capability)))
    .option('--prefix <prefix>', 'where it may act')
    .option('--bucket <bucket>', 'a bucket of its own')
    .option('--reason <text>', 'why nothing safer is possible')
    .option('--description <text>', 'what it is for')
    .option('--request <ticket>', 'the ticket that requests it')
    .option('--owner <who>', 'who is responsible for it')
    .addOption(new Option('--expires <date>', 'the day on which access ends').argParser(date))
    .action((client, vendor, { outsideAws, ...options }, self: Command) => {
      // What was not said is asked: commander takes a --no- option as said.
      if (outsideAws && options.inAws)
        throw new Failure('options-conflict', '--in-aws and --outside-aws contradict each other', { exit: Exit.USAGE });
      const said = (name: string) => (self.getOptionValueSource(name) === 'cli' ? options[name] : undefined);
      const told = {
        inAws: outsideAws ? false : options.inAws,
        assumesRoles: said('assumesRoles'),
        certificate: said('certificate'),
        token: said('token'),
      };
      const all = { ...options, ...told };
      if (options.fromIssue !== undefined) return end(newFromIssue(client, vendor, all, host));
      if (vendor === undefined) throw new Failure('missing-name', UNNAMED, { exit: Exit.USAGE });
      return end(newIntegration(client, vendor, all, host));
    });
}
