import type { IncomingMessage } from 'node:http';
import { type Answer, formOf, GoBetween } from '../servers/between';

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
 * Somebody before moto who writes down what was asked.
 *
 * Two answers are mended, without which no deployment after the second gets past moto. The CDK CLI deletes its last change
 * set and then waits until it is gone: moto fails at deleting one that isn't there, and says that the *stack* doesn't exist.
 */
export class Recorder {
  private constructor(
    private readonly server: GoBetween,
    /** Every call so far, in order. */
    readonly calls: readonly Call[],
  ) {}

  static async before(target: string): Promise<Recorder> {
    const calls: Call[] = [];
    const server = await GoBetween.start(target, {
      answered: (message, body, status) => {
        const call = { ...callOf(message, body), status };
        calls.push(call);
        return mend(call);
      },
    });
    return new Recorder(server, calls);
  }

  get url(): string {
    return this.server.url;
  }

  /** The calls that were made while something was done. */
  async during<T>(what: () => Promise<T>): Promise<{ result: T; calls: Call[] }> {
    const from = this.calls.length;
    const result = await what();
    return { result, calls: this.calls.slice(from) };
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/**
 * What AWS says instead.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html
 */
function mend({ action, status }: Call): Answer | undefined {
  if (action === 'DeleteChangeSet' && status === 500) {
    return { status: 200, body: '<DeleteChangeSetResponse><DeleteChangeSetResult/></DeleteChangeSetResponse>' };
  }
  if (action === 'DescribeChangeSet' && status === 400) {
    const error = '<Type>Sender</Type><Code>ChangeSetNotFound</Code><Message>ChangeSet does not exist</Message>';
    return { status: 404, body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
  }
  return undefined;
}

function callOf(message: IncomingMessage, body: Buffer): Omit<Call, 'status'> {
  const { headers, method = '' } = message;
  const [, service = ''] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return { service, action: target.split('.').at(-1) ?? '' };
  const form = formOf(message, body);
  if (!form) return { service, action: method };
  // It may be named by its ARN.
  const stack = form.get('StackName')?.replace(/^arn:.*:stack\/([^/]+)\/.*$/, '$1');
  return { service, action: form.get('Action') ?? '', stack };
}
