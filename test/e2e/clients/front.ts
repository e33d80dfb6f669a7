import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Judge } from '../../support/judge';
import type { Account } from '../servers/accounts';
import { clientsOf } from '../servers/clients';
import { endpoints } from '../servers/endpoints';
import { type Permission, permissionsFor } from './actions';

/** A request to S3, and what came of it. */
export interface Asked {
  readonly accessKeyId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The action that was refused: by AWS's rules, or by the gateway. */
  readonly refused?: string;
  /** What the gateway answered, where it was asked. */
  readonly gateway?: number;
}

/**
 * A proxy between clients and the gateway. Each request is judged twice: by Ceph on its translation of the policies, and
 * by the simulator on the policies as they were synthesized. It succeeds where both let it. Ceph 16 is alone in that
 *
 * - who uploaded an object owns it, and may read it. The buckets of this project have ACLs disabled: an upload with an ACL
 *   other than `bucket-owner-full-control` is refused there.
 *   https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html
 * - it tells who may list the root that a key is not there (404), and nobody else. AWS tells who may list that key.
 *   https://github.com/ceph/ceph/pull/68577
 * - it never deletes several objects at once where deleting is limited to a prefix. Here the simulator alone judges.
 */
export class Front {
  /** Every request so far, in order. */
  readonly asked: Asked[] = [];
  private readonly server: Server = createServer((incoming, answer) => {
    this.pass(incoming, answer).catch((error) => {
      this.failures.push(error as Error);
      answer.destroy();
    });
  });
  private readonly users = new Map<string, string>();
  /** What nobody expected. */
  readonly failures: Error[] = [];
  private readonly admin: S3Client;

  private constructor(
    account: Account,
    private readonly judge: Judge,
  ) {
    this.admin = clientsOf(account.admin).s3;
  }

  /**
   * @param account the one that has the buckets
   * @param judge knows the policies
   */
  static async open(account: Account, judge: Judge): Promise<Front> {
    const front = new Front(account, judge);
    await new Promise<void>((ready) => front.server.listen(0, '127.0.0.1', ready));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Tells whose an access key is. Requests with others are left to the gateway. */
  know(accessKeyId: string, userName: string): void {
    this.users.set(accessKeyId, userName);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = incoming;
    const accessKeyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
    const user = this.users.get(accessKeyId);
    const permissions = user === undefined ? [] : permissionsFor({ method, path, headers });
    const note = (status: number, refused?: string, gateway?: number) =>
      this.asked.push({ accessKeyId, method, path: decodeURIComponent(path), status, refused, gateway });
    const say = (status: number, code: string, refused?: string, gateway?: number) => {
      note(status, refused, gateway);
      answer.writeHead(status, XML).end(method === 'HEAD' ? '' : error(code));
    };
    const whole = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString();
    };
    const acl = headers['x-amz-acl'];
    if (user !== undefined && acl !== undefined && acl !== 'bucket-owner-full-control' && path !== '/') {
      await whole();
      say(400, 'AccessControlListNotSupported', 'x-amz-acl');
      return;
    }
    if (user !== undefined && method === 'POST' && /[?&]delete\b/.test(path)) {
      const { body, refused } = await this.deleteEach(user, path, await whole());
      note(200, refused);
      answer.writeHead(200, XML).end(body);
      return;
    }
    const response = await this.forward(incoming, { method, path, headers });
    const status = response.statusCode ?? 502;
    const refused = (await this.refusedBy(user, permissions))?.action;
    if (refused !== undefined || (user !== undefined && (status === 403 || status === 404))) {
      response.resume();
      if (refused === undefined && (await this.isMissing(user, permissions))) say(404, 'NoSuchKey', undefined, status);
      // Ceph leaves out the message that clients show.
      else say(403, 'AccessDenied', refused ?? permissions.at(-1)?.action, status);
      return;
    }
    note(status, undefined, status);
    answer.writeHead(status, response.rawHeaders);
    response.pipe(answer);
  }

  private async refusedBy(
    user: string | undefined,
    permissions: readonly Permission[],
  ): Promise<Permission | undefined> {
    for (const each of permissions) {
      if (user !== undefined && !(await this.judge.may({ user }, each))) return each;
    }
    return undefined;
  }

  /** Whether what is read is not there, and whoever asks may know. */
  private async isMissing(user: string | undefined, permissions: readonly Permission[]): Promise<boolean> {
    const [read, ...others] = permissions;
    const [, Bucket = '', Key = ''] = /^arn:aws:s3:::([^/]+)\/(.+)$/.exec(read?.resource ?? '') ?? [];
    if (read?.action !== 's3:GetObject' || others.length > 0 || user === undefined) return false;
    const list = { action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}`, context: { 's3:prefix': Key } };
    if (await this.refusedBy(user, [list])) return false;
    try {
      await this.admin.send(new HeadObjectCommand({ Bucket, Key }));
      return false;
    } catch (error) {
      if ((error as Error).name === 'NotFound') return true;
      throw error;
    }
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
  private async deleteEach(user: string, path: string, xml: string): Promise<{ body: string; refused?: string }> {
    const [, Bucket = ''] = /^\/([^/?]+)/.exec(path) ?? [];
    let refused: string | undefined;
    const results: string[] = [];
    for (const [, Key = ''] of xml.matchAll(/<Key>([^<]+)<\/Key>/g)) {
      const permission = { action: 's3:DeleteObject', resource: `arn:aws:s3:::${Bucket}/${Key}` };
      if (await this.judge.may({ user }, permission)) {
        await this.admin.send(new DeleteObjectCommand({ Bucket, Key }));
        results.push(`<Deleted><Key>${Key}</Key></Deleted>`);
      } else {
        refused = permission.action;
        results.push(`<Error><Key>${Key}</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`);
      }
    }
    return { body: `<DeleteResult>${results.join('')}</DeleteResult>`, refused };
  }

  private forward(
    incoming: IncomingMessage,
    { method, path, headers }: { method: string; path: string; headers: IncomingMessage['headers'] },
  ): Promise<IncomingMessage> {
    const { hostname, port } = new URL(endpoints().gateway);
    return new Promise((resolve, reject) => {
      const onward = request({ hostname, port, method, path, headers }, resolve);
      onward.once('error', reject);
      incoming.pipe(onward);
    });
  }
}

const XML = { 'content-type': 'application/xml' };

const MESSAGES: Readonly<Record<string, string>> = {
  AccessDenied: 'Access Denied',
  AccessControlListNotSupported: 'The bucket does not allow ACLs',
  NoSuchKey: 'The specified key does not exist.',
};

function error(code: string): string {
  return `<Error><Code>${code}</Code><Message>${MESSAGES[code] ?? code}</Message></Error>`;
}
