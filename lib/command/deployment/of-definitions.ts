import type { ReceivedHandoff } from '../../connection/received-handoff';
import { load } from '../../definitions/load';
import { bucketOf } from '../../definitions/model/model';
import { namesOf } from '../../rules/names';
import { parsePrincipal } from '../../rules/principal';
import { quote } from '../../text/quote';

/**
 * Why a hand-off is not of the definitions in a folder: anybody may have written it, and its bucket and role may be anybody's.
 *
 * @returns undefined where kind, bucket and role are those of the definition
 */
export function notOfDefinitions(handed: ReceivedHandoff, dir: string): string | undefined {
  const { client: name } = namesOf(handed.integration);
  // Of the other clients nothing is read; what is wrong with this one is for check to say.
  const client = load(dir, { clients: [name] }).deployment.clients.find((each) => each.name === name);
  const integration = client?.integrations.find((each) => each.name === handed.integration);
  if (!client || !integration) return `names ${handed.integration}, and ${dir} has no definition of it`;
  if (integration.kind !== handed.kind) return `names the kind ${handed.kind}, and the definition ${integration.kind}`;
  const bucket = bucketOf(client, integration).name;
  // An alias is made by S3, of a name that anybody may give an access point of theirs.
  if (handed.accessPointArn !== undefined)
    return `names the access point alias ${quote(handed.bucket)}, and no definition can tell whose that is`;
  if (bucket !== handed.bucket) return `names the bucket ${quote(handed.bucket)}, and the definition ${bucket}`;
  if (handed.roleArn === undefined || !('roleName' in integration)) return undefined;
  const role = parsePrincipal(handed.roleArn);
  const sameName = handed.roleArn.split('/').at(-1) === integration.roleName;
  const sameAccount = client.account === undefined || (role && 'account' in role && role.account === client.account);
  return sameName && sameAccount ? undefined : `names the role ${handed.roleArn}, which is not the definition's`;
}
