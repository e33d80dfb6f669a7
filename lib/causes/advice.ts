import { namesOf } from '../rules/names';
import { shellWord } from '../text/shell';
import type { Grantee } from './grantee';

/** The command that deploys the client of an integration, as it is typed. */
export function deployCommand({ integration }: Pick<Grantee, 'integration'>): string {
  return `npx cdk deploy ${shellWord(namesOf(integration).client)}`;
}
