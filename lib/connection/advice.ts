import { namesOf } from '../rules/names';
import { shellWord } from '../text/shell';
import type { ReceivedHandoff } from './received-handoff';

/** The command that deploys the client of a hand-off, as it is typed. */
export function deployCommand({ integration }: ReceivedHandoff): string {
  return `npx cdk deploy ${shellWord(namesOf(integration).client)}`;
}
