import { git } from '../../lib/command/git/git';
import type { Aws } from '../../lib/command/host/aws';
import { NoAws } from '../../lib/command/host/failure';
import type { Git } from '../../lib/command/host/git';
import type { Host } from '../../lib/command/host/host';
import type { Run as RunProgram } from '../../lib/command/host/run';
import { cli } from '../../lib/command/program/cli';

/** What a run of the command came to. */
export interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  /** Answers to the questions, in order; without them nobody is there to answer. */
  readonly answers?: readonly string[];
  /** What standard input holds; without it there is none. */
  readonly input?: string;
  readonly aws?: Partial<Aws>;
  /** What the terminal can do; without it there is none. */
  readonly colors?: Host['colors'];
  readonly errWidth?: number;
  readonly page?: Host['page'];
  readonly progress?: Host['progress'];
  readonly clock?: Host['clock'];
  /** The git that is installed, where there is no other. */
  readonly git?: Git;
  /** Stands in for other programs, which are not run. */
  readonly program?: RunProgram;
}

/** Runs the command without a process. */
export async function runWith(
  { width, answers, input, aws, git: runGit = git, program, ...terminal }: RunOptions,
  ...argv: string[]
): Promise<Run> {
  let [out, err] = ['', ''];
  const left = [...(answers ?? [])];
  const unexpected = () => Promise.reject(new Error('AWS was asked'));
  const exit = await cli(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ask:
      answers &&
      ((question) => {
        err += `${question}\n`;
        const answer = left.shift();
        return answer === undefined ? Promise.reject(new Error(`nobody answers ${question}`)) : Promise.resolve(answer);
      }),
    input: input === undefined ? undefined : () => Promise.resolve(Buffer.from(input)),
    today: '2026-11-22',
    width,
    ...terminal,
    aws: {
      ...{ stackOutputs: unexpected, secretValue: unexpected, user: unexpected, heldKeyId: unexpected },
      vendor: unexpected,
      account: unexpected,
      stacks: () => Promise.reject(new NoAws('aws-refused', 'there are no AWS credentials', 'log in')),
      ...aws,
    },
    git: runGit,
    run: program ?? ((name) => Promise.reject(new Error(`${name} was run`))),
  });
  return { exit, out, err };
}

export function run(...argv: string[]): Promise<Run> {
  return runWith({}, ...argv);
}
