/**
 * In the place of the SDK's client of Roles Anywhere, which not every registry has: it asks the server that stands in for AWS,
 * and finds nothing where that server knows no Roles Anywhere.
 */
interface Command {
  readonly path: string;
}

export class RolesAnywhereClient {
  readonly config = {};

  async send({ path }: Command): Promise<object> {
    const { AWS_ENDPOINT_URL: endpoint = '', AWS_ACCESS_KEY_ID: id, AWS_REGION: region } = process.env;
    const authorization = `AWS4-HMAC-SHA256 Credential=${id}/20260101/${region}/rolesanywhere/aws4_request`;
    const answer = await fetch(`${endpoint}${path}`, { headers: { authorization } });
    return answer.ok && answer.headers.get('content-type') === 'application/json'
      ? ((await answer.json()) as object)
      : {};
  }
}

export class ListTrustAnchorsCommand implements Command {
  readonly path = '/trustanchors';
}

export class ListProfilesCommand implements Command {
  readonly path = '/profiles';
}
