import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that was made to the server, and what came of it. */
export interface Call {
  /** The service that the request was signed for, such as `cloudformation`. */
  readonly service: string;
  /** The API's name for it; of S3, the HTTP method. */
  readonly action: string;
  /** The stack that it names, if any. */
  readonly stack?: string;
  readonly status: number;
}

/**
 * A server on loopback that passes every request on to moto, and writes down what was asked.
 *
 * It mends two answers, without which no deployment after the second gets past moto. The CDK CLI deletes its last change
 * set and then waits until it is gone: moto fails at deleting one that isn't there, and says that the *stack* doesn't exist.
 */
export class Recorder {
  /** Every call so far, in order. */
  readonly calls: Call[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(target: string): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server, new URL(target));
    server.on('request', (asked, answer) => recorder.pass(asked, answer));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return recorder;
  }

  /** Its address; by name, since moto takes an IP address for a bucket's host. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** The calls that were made while something was done. */
  async during<T>(what: () => Promise<T>): Promise<{ result: T; calls: Call[] }> {
    const from = this.calls.length;
    const result = await what();
    return { result, calls: this.calls.slice(from) };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const chunks: Buffer[] = [];
    asked.on('data', (chunk) => chunks.push(chunk));
    asked.on('end', () => {
      const body = Buffer.concat(chunks);
      const { hostname, port } = this.target;
      const { method, url: path, headers } = asked;
      const passed = request({ hostname, port, method, path, headers }, (response) => {
        const call = { ...callOf(asked, body), status: response.statusCode ?? 0 };
        this.calls.push(call);
        const mended = mend(call);
        if (mended) {
          response.resume();
          answer.writeHead(mended.status, { 'content-type': 'text/xml' }).end(mended.body);
          return;
        }
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      passed.on('error', () => answer.writeHead(502).end());
      passed.end(body);
    });
  }
}

/**
 * What AWS says instead.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html
 */
function mend({ action, status }: Call): { readonly status: number; readonly body: string } | undefined {
  if (action === 'DeleteChangeSet' && status === 500) {
    return { status: 200, body: '<DeleteChangeSetResponse><DeleteChangeSetResult/></DeleteChangeSetResponse>' };
  }
  if (action === 'DescribeChangeSet' && status === 400) {
    const error = '<Type>Sender</Type><Code>ChangeSetNotFound</Code><Message>ChangeSet does not exist</Message>';
    return { status: 404, body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
  }
  return undefined;
}

function callOf({ headers, method = '' }: IncomingMessage, body: Buffer): Omit<Call, 'status'> {
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return { service, action: target.split('.').at(-1) ?? '' };
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return { service, action: method };
  const form = new URLSearchParams(body.toString());
  // It may be named by its ARN.
  const stack = form.get('StackName')?.replace(/^arn:.*:stack\/([^/]+)\/.*$/, '$1');
  return { service, action: form.get('Action') ?? '', stack };
}
