/** Everything that has to be there before requests are made: accounts, people, stacks, sessions. */
import { DeleteUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { SetupInformation } from '../../../lib/rules/setup-information';
import { HOME } from '../../support/resolve';
import { synthesize, type Template } from '../../support/synth';
import { DeployedStack } from '../deployer/deployer';
import { type Account, newAccount, newUser } from '../servers/accounts';
import type { Key } from '../servers/ceph';
import { assume, type Credentials, clientsOf, motoClients } from '../servers/clients';
import { userName } from '../servers/users';
import { SESSION } from './calls';
import { definitions, definitionsBefore } from './folder';
import { actors, idOf, type Who } from './request';
import { nameOf, PEOPLE, type Person, SIMULATED_CLIENT, SUBJECTS, type Subject } from './subjects';

type Setups = Readonly<Record<string, SetupInformation>>;

export class Scene {
  private readonly held = new Map<string, Credentials>();
  private readonly stacks = new Map<string, DeployedStack>();

  private constructor(
    readonly home: Account,
    private readonly accounts: ReadonlyMap<string, string>,
  ) {}

  /**
   * Deploys all subjects into accounts of their own: first as they were before anything was suspended or had expired,
   * when each vendor opens a session, and then as they are.
   */
  static async set(): Promise<Scene> {
    const home = await newAccount();
    const outside = [...new Set(Object.values(PEOPLE).map(accountOf))].filter((account) => account !== HOME.account);
    const others = await Promise.all(outside.map(async (account) => [account, (await newAccount()).id] as const));
    const scene = new Scene(home, new Map([[HOME.account, home.id], ...others]));
    for (const [person, arn] of Object.entries(PEOPLE) as [Person, string][]) {
      scene.held.set(idOf({ person }), await newUser(scene.here(accountOf(arn)), arn.split('/')[1] ?? ''));
    }
    const before = await scene.deploy(definitionsBefore());
    for (const one of SUBJECTS.filter(({ client }) => client !== SIMULATED_CLIENT))
      await scene.openSessions(one, before);
    await scene.deploy(definitions());
    return scene;
  }

  /** A text with the accounts as they are called on the servers of this run. */
  here(text: string): string {
    return text.replace(/(?<!\d)\d{12}(?!\d)/g, (account) => this.accounts.get(account) ?? account);
  }

  /** What somebody has to show; nothing where it is nobody. */
  credentialsOf(who: Who): Credentials | undefined {
    return this.held.get(idOf(who));
  }

  private async deploy(files: Readonly<Record<string, string>>): Promise<Setups> {
    const setups: Record<string, SetupInformation> = {};
    for (const [client, template] of Object.entries(synthesize(files))) {
      if (client === SIMULATED_CLIENT) continue;
      const stack = this.stacks.get(client) ?? new DeployedStack(`integrations-${client}`, this.home);
      this.stacks.set(client, stack);
      const here = JSON.parse(this.here(JSON.stringify(template))) as Template;
      Object.assign(setups, (await stack.deploy(here)).setup);
    }
    return setups;
  }

  /** What a vendor has in hand, from its hand-off on. */
  private async openSessions(one: Subject, setups: Setups): Promise<void> {
    const name = nameOf(one);
    const [vendor] = actors({ ...one, kind: 'direct-trust' });
    const { roleArn = '', secrets } = setups[name] ?? {};
    if (one.kind === 'assumed-role' && one.status !== 'pending') {
      const as = vendor && this.credentialsOf(vendor);
      if (!as) throw new Error(`nobody may assume ${name}`);
      const [externalId] = one.externalIds ?? [];
      this.held.set(idOf({ sessionOf: name }), await assume(as, { roleArn, externalId, sessionName: SESSION }));
    }
    if (one.kind === 'access-key') {
      const key = await this.secret(secrets?.a);
      this.held.set(idOf({ keyOf: name }), key);
      if (one.status === 'suspended') this.held.set(idOf({ tokenOf: name }), await this.token(name, key));
    }
  }

  private async secret(SecretId: string | undefined): Promise<Key> {
    const { secrets } = await motoClients(this.home.id);
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    return JSON.parse(SecretString) as Key;
  }

  /** AWS gives a session token to every key; the gateway wants a policy that says so. */
  private async token(name: string, key: Key): Promise<Credentials> {
    const { iam } = clientsOf(this.home.admin);
    const policy = { UserName: userName(this.home.id, name), PolicyName: 'token' };
    const Statement = [{ Effect: 'Allow', Action: 'sts:GetSessionToken', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ ...policy, PolicyDocument }));
    const { Credentials: given } = await clientsOf(key).sts.send(new GetSessionTokenCommand({}));
    await iam.send(new DeleteUserPolicyCommand(policy));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = given ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }
}

const accountOf = (arn: string) => arn.split(':')[4] ?? '';
