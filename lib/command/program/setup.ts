import { Argument, type Command } from 'commander';
import { adopt } from '../adopt';
import { completion, SHELLS } from '../completion';
import { init } from '../init';
import { showVendor, vendors } from '../vendors';
import { bare, command, type Program, withFolder } from './program';

/** Adds the commands that set things up: repositories, what exists already, the catalogue, the shell. */
export function setupCommands({ program, host, end }: Program): void {
  bare(
    program,
    'init',
    'Create a repository for your own definitions.',
    'init our-integrations --from cdk-bucket-integrations-0.1.0.tgz',
  )
    .argument('<dir>', 'a new folder')
    .option(
      '--from <spec>',
      'where npm gets this package from: a tarball, which goes into the repository, or what npm takes',
    )
    .option('--json', 'print one JSON document', false)
    .action((dir, options) => end(init(dir, options, host)));
  command(
    program,
    'adopt',
    'List the resources of a stack that exist already, for cdk import.',
    'adopt kohler kohler-data reltio-exporter > mapping.json',
  )
    .argument('<client>', 'the client, for example kohler')
    .argument('<names...>', 'the buckets, roles and users that exist')
    .option('--bucket-policy', 'the buckets have a policy, which is adopted too', false)
    .action((client, names, options) => end(adopt(client, names, options, host)));
  const catalogue = command(program, 'vendors', 'Show the known vendors.', 'vendors', 'vendors show boomi').action(
    (options, self: Command) => end(vendors(withFolder(options, self), host)),
  );
  command(catalogue, 'show', 'Show one vendor.', 'vendors show boomi')
    .argument('<vendor>', 'the name of its profile')
    .action((name, _, self: Command) => end(showVendor(name, withFolder(self.optsWithGlobals(), self), host)));
  bare(
    program,
    'completion',
    'Print a script that makes your shell complete commands, options and names.',
    'completion bash > ~/.local/share/bash-completion/completions/bucket-integrations',
    'completion zsh > ~/.zfunc/_bucket-integrations',
  )
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .action((shell) => end(completion(shell, program, host)));
}
