import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** @default - XML */
  readonly type?: string;
}

/** Another body, with which a request is passed on. */
export interface Rewritten {
  readonly body: string;
}

/** What is answered instead, or what is asked instead; undefined where the request is passed on as it is. */
export type Asked = Answer | Rewritten | undefined;

/** What somebody between a client and a server does, who passes on whatever gets no answer from here. */
export interface Between {
  /** Hears of a request before the server does. */
  readonly asked?: (asked: IncomingMessage, body: Buffer) => Asked | Promise<Asked>;
  /** Hears of the server's answer before the client does. */
  readonly answered?: (asked: IncomingMessage, body: Buffer, status: number) => Answer | undefined;
}

/** A server on loopback that passes every request on, and lets somebody listen and answer instead. */
export class GoBetween {
  private constructor(private readonly server: Server) {}

  static async start(
    target: string,
    { asked = () => undefined, answered = () => undefined }: Between,
  ): Promise<GoBetween> {
    const { hostname, port } = new URL(target);
    const server = createServer((message, answer) => {
      // As a proxy it is asked for whole addresses, whose host no name server may know.
      const [whole] = /^http:\/\/[^/]+/.exec(message.url ?? '') ?? [];
      if (whole !== undefined) {
        message.url = message.url?.slice(whole.length);
        message.headers.host = `${hostname}:${port}`;
      }
      const say = ({ status, body, type = 'text/xml' }: Answer) =>
        answer.writeHead(status, { 'content-type': type }).end(body);
      const chunks: Buffer[] = [];
      message.on('data', (chunk) => chunks.push(chunk));
      message.on('end', async () => {
        const given = Buffer.concat(chunks);
        let own: Asked;
        try {
          own = await asked(message, given);
        } catch (error) {
          answer.writeHead(500).end(String(error));
          return;
        }
        if (own && 'status' in own) {
          say(own);
          return;
        }
        const body = own ? Buffer.from(own.body) : given;
        const { method, url: path } = message;
        const headers = own ? { ...message.headers, 'content-length': String(body.length) } : message.headers;
        const passed = request({ hostname, port, method, path, headers }, (response) => {
          const instead = answered(message, given, response.statusCode ?? 0);
          if (instead) {
            response.resume();
            say(instead);
            return;
          }
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
        });
        passed.on('error', () => answer.writeHead(502).end());
        passed.end(body);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new GoBetween(server);
  }

  /** Its address; by name, since moto takes an IP address for a bucket's host. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

/** The form that a request to one of AWS's query APIs is; undefined where it is none. */
export function formOf({ headers }: IncomingMessage, body: Buffer): URLSearchParams | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? new URLSearchParams(body.toString()) : undefined;
}
