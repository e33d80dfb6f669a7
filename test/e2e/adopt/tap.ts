import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How CloudFormation identifies the types that it can import, of those that this project makes. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/**
 * A server on loopback that passes every request on, keeps the forms that were sent to CloudFormation, and answers
 * GetTemplateSummary as AWS does: moto knows nothing of imports.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html
 */
export class Tap {
  /** What CloudFormation was asked, in order. */
  readonly forms: URLSearchParams[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(target: string): Promise<Tap> {
    const server = createServer();
    const tap = new Tap(server, new URL(target));
    server.on('request', (asked, answer) => tap.pass(asked, answer));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return tap;
  }

  /** Its address; by name, since moto takes an IP address for a bucket's host. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** The last form of an action. */
  last(action: string): URLSearchParams {
    const form = this.forms.findLast((each) => each.get('Action') === action);
    if (!form) throw new Error(`nobody asked for ${action}`);
    return form;
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
      const { method, url: path, headers } = asked;
      if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
        const form = new URLSearchParams(body.toString());
        this.forms.push(form);
        if (form.get('Action') === 'GetTemplateSummary') {
          answer.writeHead(200, { 'content-type': 'text/xml' }).end(summary());
          return;
        }
      }
      const { hostname, port } = this.target;
      const passed = request({ hostname, port, method, path, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      passed.on('error', () => answer.writeHead(502).end());
      passed.end(body);
    });
  }
}

function summary(): string {
  const members = Object.entries(IDENTIFIERS).map(
    ([type, property]) =>
      `<member><ResourceType>${type}</ResourceType><ResourceIdentifiers><member>${property}</member></ResourceIdentifiers></member>`,
  );
  const summaries = `<ResourceIdentifierSummaries>${members.join('')}</ResourceIdentifierSummaries>`;
  return `<GetTemplateSummaryResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateSummaryResult>${summaries}</GetTemplateSummaryResult></GetTemplateSummaryResponse>`;
}
