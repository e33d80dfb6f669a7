import { InvalidArgumentError, Option } from 'commander';
import type { Shard } from '../deployment/shard';

/** The option that limits a command to a share of the clients, so that several jobs divide them. */
export function shardOption(): Option {
  return new Option('--shard <share>', 'a share of the clients: 2/8 is every eighth by name, beginning with the second')
    .argParser((value: string): Shard => {
      const [, share, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(value) ?? [];
      if (share === undefined || Number(share) > Number(of))
        throw new InvalidArgumentError('write which share of how many, such as 2/8');
      return { share: Number(share), of: Number(of) };
    })
    .conflicts('client');
}
