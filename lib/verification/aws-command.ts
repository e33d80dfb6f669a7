/** Commands of the AWS CLI, for somebody to paste into a shell. */
import { shellWord } from '../text/shell';

/** Options by their names; `true` is one without a value. */
export type CommandOptions = Readonly<Record<string, string | true | undefined>>;

/** The CLI reads these from elsewhere, and a hostile snapshot may name anything. */
const FROM_ELSEWHERE = /^(?:file|fileb|https?):\/\//i;

/**
 * A command, each value quoted for a POSIX shell.
 * @returns null where a value would not mean itself
 */
export function awsCommand(service: string, operation: string, options: CommandOptions): string | null {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.some(([, value]) => value === '' || FROM_ELSEWHERE.test(String(value)))) return null;
  const words = given.map(([name, value]) => {
    if (value === true) return `--${name}`;
    const text = String(value);
    // What begins with a hyphen would be taken for an option.
    return text.startsWith('-') ? `--${name}=${shellWord(text)}` : `--${name} ${shellWord(text)}`;
  });
  return ['aws', service, operation, ...words].join(' ');
}

/** Commands one after the other; null where one of them is not known, or there is none. */
export function inTurn(commands: readonly (string | null)[]): string | null {
  const known = [...new Set(commands)].filter((command) => command !== null);
  return known.length === new Set(commands).size && known.length > 0 ? known.join(' && ') : null;
}
