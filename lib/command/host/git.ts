/** What a run of git came to. */

export interface GitRun {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs git in a folder, without a shell.
 * @param input for its standard input
 */
export type Git = (folder: string, args: readonly string[], input?: string) => Promise<GitRun>;
