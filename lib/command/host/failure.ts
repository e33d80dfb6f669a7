/** What a process ends with. */
export enum Exit {
  DONE = 0,
  /** Something is wrong with the user's input or system. */
  FOUND = 1,
  /** The command was used wrongly. */
  USAGE = 2,
}

/** Something wrong that is told in one line, without a stack trace. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exit: Exit = Exit.FOUND,
  ) {
    super(message);
  }
}

/** AWS cannot be asked here: there is no SDK, or there are no credentials. */
export class NoAws extends Failure {}
