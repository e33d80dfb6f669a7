/** The second judge: a server that enforces the policies, asked over HTTP by each vendor's own SDK. */
import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { translate } from '../deployer/translate';
import { foreignBucket } from '../servers/accounts';
import { type Clients, clientsOf } from '../servers/clients';
import { userName } from '../servers/users';
import { act, letIn } from './acts';
import type { Document, Statement } from './documents';
import { type Furniture, furnish } from './furniture';
import { type Circumstances, idOf, MORE, type Request, type Who } from './request';
import { Scene } from './scene';
import { subject } from './subjects';

export class Gateway {
  private readonly clients = new Map<string, Clients>();
  private readonly owner: Clients;

  private constructor(
    private readonly scene: Scene,
    private readonly furniture: Furniture,
  ) {
    this.owner = clientsOf(scene.home.admin);
  }

  static async open(): Promise<Gateway> {
    const scene = await Scene.set();
    return new Gateway(scene, await furnish(clientsOf(scene.home.admin).s3));
  }

  /** Whether a request is let through. */
  allows({ who, call, circumstances }: Pick<Request, 'who' | 'call' | 'circumstances'>): Promise<boolean> {
    const { id } = this.scene.home;
    const outside = 'person' in who || 'nobody' in who;
    return letIn(
      act(call, this.clientsFor(who, circumstances), {
        ...this.furniture,
        bucketName: (bucket) => (outside ? foreignBucket(id, bucket) : bucket),
        roleArn: (integration) => `arn:aws:iam::${id}:role/${integration}`,
      }),
    );
  }

  /**
   * Puts other statements into one policy that was deployed.
   * @throws Untranslatable where the gateway can't be told one of them; then nothing has changed
   */
  async put({ kind, of }: Document, statements: readonly Statement[]): Promise<void> {
    const { iam, s3 } = this.owner;
    const document = JSON.parse(this.scene.here(JSON.stringify({ Version: '2012-10-17', Statement: statements })));
    const said = (as: Parameters<typeof translate>[1]) => JSON.stringify(translate(document, as).policy);
    switch (kind) {
      case 'trust':
        await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: of, PolicyDocument: said('trust') }));
        break;
      case 'access':
        await this.putInline(of, 'access', said('identity'));
        break;
      case 'bucket policy':
        await s3.send(new PutBucketPolicyCommand({ Bucket: of, Policy: said('bucket') }));
        break;
      case 'key policy':
        throw new Error('the gateway has no KMS keys');
    }
  }

  /** Somebody gives the role or user of an integration more than the integration does. */
  async giveMore(integration: string): Promise<void> {
    await this.putInline(integration, 'more', JSON.stringify({ Version: '2012-10-17', Statement: [MORE] }));
  }

  /** And takes it back. */
  async takeBack(integration: string): Promise<void> {
    const { iam } = this.owner;
    const [PolicyName, UserName] = ['more', userName(this.scene.home.id, integration)];
    if (subject(integration).kind === 'access-key')
      await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
    else await iam.send(new DeleteRolePolicyCommand({ RoleName: integration, PolicyName }));
  }

  private async putInline(integration: string, PolicyName: string, PolicyDocument: string): Promise<void> {
    const { iam } = this.owner;
    const UserName = userName(this.scene.home.id, integration);
    if (subject(integration).kind === 'access-key') {
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
    } else {
      await iam.send(new PutRolePolicyCommand({ RoleName: integration, PolicyName, PolicyDocument }));
    }
  }

  private clientsFor(who: Who, { plainHttp, address }: Circumstances): Clients {
    const id = [idOf(who), plainHttp, address].join();
    const known = this.clients.get(id);
    if (known) return known;
    const credentials = this.scene.credentialsOf(who);
    if (!credentials && !('nobody' in who)) throw new Error(`there are no credentials of ${idOf(who)}`);
    const made = clientsOf(credentials ?? { accessKeyId: 'none', secretAccessKey: 'none' }, { plain: plainHttp });
    edited(made, (headers) => {
      if (credentials === undefined) delete headers.authorization;
      if (address !== undefined) headers['x-forwarded-for'] = address;
    });
    this.clients.set(id, made);
    return made;
  }
}

/** Clients whose requests are edited after they were signed. */
function edited({ s3, sts }: Clients, edit: (headers: Record<string, string>) => void): void {
  for (const client of [s3, sts]) {
    // biome-ignore lint/suspicious/noExplicitAny: both clients' stacks take the same middleware
    (client.middlewareStack as any).add(
      // biome-ignore lint/suspicious/noExplicitAny: of a request only its headers are touched
      (next: (args: any) => Promise<unknown>) => (args: any) => {
        edit(args.request.headers);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'edited' },
    );
  }
}
