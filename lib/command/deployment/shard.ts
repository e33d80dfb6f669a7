import { existsSync } from 'node:fs';
import { clientFolders } from '../../definitions/client-folders';
import { Exit, Failure } from '../host/failure';

/** One of so many shares of the clients. */
export interface Shard {
  readonly share: number;
  readonly of: number;
}

/** The options with the clients of the share, where one is asked for. */
export function withShard<
  O extends { readonly dir: string; readonly client: readonly string[]; readonly shard?: Shard },
>(options: O): O {
  const { dir, shard } = options;
  // What is wrong with the folder is the command's to say.
  if (!shard || !existsSync(dir)) return options;
  const all = clientFolders(dir).sort();
  if (all.length < shard.of)
    throw new Failure(
      'empty-share',
      `${shard.of} shares are more than the ${all.length} clients of ${dir}`,
      `divide them into at most ${Math.max(all.length, 1)}`,
      { exit: Exit.USAGE },
    );
  return { ...options, client: all.filter((_, at) => at % shard.of === shard.share - 1) };
}
