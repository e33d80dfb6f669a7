import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { REGION } from './ceph';

/** How requests reach the gateway. */
export interface GatewayOptions {
  /** The port of Ceph's gateway. */
  readonly port: number;
  /** Whether requests count as sent over TLS. */
  readonly tls: boolean;
}

/**
 * A proxy that mends what keeps stock clients from Ceph's gateway:
 *
 * - The gateway knows no `sts:ExternalId`. The external ID of a request is repeated as its `Referer`, which it knows as
 *   `aws:Referer`; a `Referer` that the client sent never arrives.
 * - It learns from `X-Forwarded-Proto` whether TLS was used.
 * - It takes a signature for any region. S3 names the right one.
 * - Its STS and IAM errors lack the element that AWS has around them, without which an SDK can't read their code; a role
 *   that is not there is told apart from one that may not be assumed; a key that is not there has S3's code.
 * - It knows no session name in a trust policy and no address but the proxy's: `RoleSessionName` is repeated as
 *   `User-Agent`, and `X-Forwarded-For` says where a request counts as sent from.
 * - It encrypts nothing and is not told which encryption is denied (deployer/encryption.ts): no request that asks for any
 *   reaches it.
 *
 * Nothing that is signed is touched.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (AuthorizationHeaderMalformed)
 */
export function startGateway(options: GatewayOptions): Promise<{ server: Server; endpoint: string }> {
  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing, options).catch((error: unknown) => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(String(error));
    });
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      resolve({ server, endpoint: `http://127.0.0.1:${port}` });
    });
  });
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, { port, tls }: GatewayOptions) {
  const signed = signedRegion(incoming);
  if (signed !== undefined && signed !== REGION) {
    incoming.resume();
    outgoing.writeHead(400, XML).end(wrongRegion(signed));
    return;
  }
  const encryption = Object.keys(incoming.headers).find((name) => name.startsWith(ENCRYPTION));
  if (encryption !== undefined) {
    incoming.resume();
    const error = `<Error><Code>NotImplemented</Code><Message>${encryption} is not judged here</Message></Error>`;
    outgoing.writeHead(501, XML).end(error);
    return;
  }
  const headers: NodeJS.Dict<string | string[]> = { ...incoming.headers, 'x-forwarded-proto': tls ? 'https' : 'http' };
  delete headers.referer;
  // Of a request that waits for 100 (Continue) and is refused, Ceph takes the body for the next request.
  delete headers.expect;
  // STS and IAM; what goes to S3 streams through.
  const form = String(incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const body = form ? await whole(incoming) : undefined;
  const asked = new URLSearchParams(body?.toString('utf8'));
  const [externalId, sessionName] = [asked.get('ExternalId'), asked.get('RoleSessionName')];
  if (externalId) headers.referer = externalId;
  if (sessionName) headers['user-agent'] = sessionName;
  headers['x-forwarded-for'] ??= '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    const onward = request(
      { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        answer.once('error', reject);
        outgoing.once('close', resolve);
        const status = answer.statusCode ?? 502;
        if (body && status >= 400) {
          const role = body.includes('Action=AssumeRole');
          whole(answer).then((error) => answerError(outgoing, status, error.toString('utf8'), role), reject);
          return;
        }
        outgoing.writeHead(status, answer.rawHeaders);
        answer.pipe(outgoing);
      },
    );
    onward.once('error', reject);
    if (body) onward.end(body);
    else incoming.pipe(onward);
  });
}

const ENCRYPTION = 'x-amz-server-side-encryption';
const XML = { 'content-type': 'application/xml' };

/** Words an error as AWS's query services do; STS doesn't tell which roles there are. */
function answerError(outgoing: ServerResponse, status: number, xml: string, assumesRole: boolean): void {
  const [error] = /<Error>[\s\S]*<\/Error>/.exec(xml) ?? [];
  if (error === undefined) {
    outgoing.writeHead(status, XML).end(xml);
    return;
  }
  const hidden = assumesRole && error.includes('<Code>NoSuchEntity</Code>');
  const worded = error
    .replace('<Code>InvalidAccessKeyId</Code>', '<Code>InvalidClientTokenId</Code>')
    .replace('<Code>NoSuchEntity</Code>', `<Code>${hidden ? 'AccessDenied' : 'NoSuchEntity'}</Code>`);
  outgoing.writeHead(hidden ? 403 : status, XML).end(`<ErrorResponse>${worded}</ErrorResponse>`);
}

/** The region that a request to S3 is signed for; undefined where none is named. */
function signedRegion({ headers, url = '' }: IncomingMessage): string | undefined {
  const presigned = new URL(url, 'http://gateway').searchParams.get('X-Amz-Credential');
  const scope = presigned ?? /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1];
  const [, region] = /\/\d{8}\/([^/]+)\/s3\//.exec(scope ?? '') ?? [];
  return region;
}

function wrongRegion(region: string): string {
  const message = `The authorization header is malformed; the region '${region}' is wrong; expecting '${REGION}'`;
  return `<Error><Code>AuthorizationHeaderMalformed</Code><Message>${message}</Message><Region>${REGION}</Region></Error>`;
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
