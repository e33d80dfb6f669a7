import { shellWord } from './shell';

/** A command of this program, as somebody types it for the same folder of definitions. */
export function ownCommand(words: string, dir: string): string {
  return `npx bucket-integrations ${words}${isUsual(dir) ? '' : ` --dir ${shellWord(dir)}`}`;
}

/** A command of the CDK, as somebody types it for the same folder of definitions. */
export function cdkCommand(words: string, dir: string): string {
  return `npx cdk ${words}${isUsual(dir) ? '' : ` -c integrations=${shellWord(dir)}`}`;
}

function isUsual(dir: string): boolean {
  return /^(?:\.[\\/])?integrations[\\/]*$/.test(dir);
}
