/**
 * A deployer for tests. It puts a synthesized template onto servers that enforce its policies, as CloudFormation would
 * onto AWS, through ordinary AWS calls: buckets, roles, users and keys on Ceph's gateway; secrets and KMS keys on moto.
 *
 *     const home = await newAccount();                                    // servers/accounts.ts
 *     const { kohler } = synthesize(files, { account: home.id, region: REGION });   // test/support/synth.ts
 *     const stack = stackOf('kohler', home);
 *     const { setup, outputs, operations } = await stack.deploy(kohler);
 *     const { roleArn, externalId, bucket, prefix } = setup.kohler_reltio;
 *     const session = await assume(vendor, { roleArn, externalId });      // servers/clients.ts
 *     await clientsOf(session).s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}a`, Body: 'a' }));
 *     await stack.destroy();
 *
 * - A second `deploy` compares with what the stack remembers and creates, updates, replaces, deletes or retains, in the
 *   order of dependencies; what is removed goes last, in reverse. `operations` says what was done, in order.
 * - `sabotage` changes the template before it is deployed: take one condition away, and see who gets in.
 * - `stopAfter: n` throws {@link Interrupted} after n operations, as if the run had been killed; deploying again goes on.
 * - `import` takes over what is there, as an import change set does; `revertDrift` makes it be as the template says.
 * - A vendor's principals are users of another account: `newUser(away.id, 'vendor')` is
 *   `arn:aws:iam::<away.id>:user/vendor`. As on AWS, a policy that names an account, or by itself a user, that is not
 *   there is refused ({@link InvalidPrincipal}).
 * - A user of another account calls a bucket by `foreignBucket(home.id, bucket)`; sessions of roles and users of the
 *   bucket's own account by its name.
 * - A type or property that this project does not emit is an error before anything is done; an action, principal or
 *   condition that the gateway can't be told, one at the resource that has it. What the project emits and the servers
 *   can't enforce is in `notJudged`, with the reason, and never silently dropped: print {@link notJudgedTable}.
 *
 * What the gateway words differently from AWS is in translate.ts, all of it.
 */
import type { SetupInformation } from '../../../lib/rules/setup-information';
import type { Resource, Template } from '../../support/synth';
import type { Account } from '../servers/accounts';
import { REGION } from '../servers/ceph';
import { acceptable, typeOf } from './acceptable';
import { importOf, type Mapping } from './import';
import type { NotJudged } from './not-judged';
import { inOrder, resolve } from './references';
import { type Policy, type Remembered, toRemember } from './remembered';
import { type Made, Place, type Properties } from './resource-type';
import { type Operation, Run, refusedAs } from './run';

export { DeploymentFailed, Interrupted, type Operation } from './run';

/** What a deployment came to. */
export interface Deployed {
  readonly operations: readonly Operation[];
  /** As `cdk deploy --outputs-file` writes them for one stack: output → value. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Integration → what its vendor gets. */
  readonly setup: Readonly<Record<string, SetupInformation>>;
  /** What was deployed and no server here enforces. */
  readonly notJudged: readonly NotJudged[];
}

export interface DeployOptions {
  /** Changes a copy of the template before it is deployed. */
  readonly sabotage?: (template: Template) => Template;
  /** After how many operations the run is killed. */
  readonly stopAfter?: number;
  /** Also put right what the stack takes to be as the template says: it may not be. */
  readonly revertDrift?: boolean;
}

/** A client's stack, of which nothing is deployed yet; a part of it is `kohler-Part2`, and deployed after it. */
export function stackOf(client: string, account: Account): DeployedStack {
  return new DeployedStack(`integrations-${client}`, account);
}

/** One stack in an account: what it has made so far, and what a template still makes of that. */
export class DeployedStack {
  /** By logical id, in the order in which they were made. Holds keys' secrets, so it is shown to nobody. */
  readonly #resources = new Map<string, Remembered>();
  /** What has been replaced and not been removed yet. */
  #replaced: { logicalId: string; resource: Remembered }[] = [];

  constructor(
    readonly stackName: string,
    readonly account: Account,
    readonly region: string = REGION,
  ) {}

  /**
   * Makes of the stack what the template says, or goes on with it after a run that did not come to its end.
   *
   * @throws {@link Interrupted}, {@link DeploymentFailed}, or an error that says what of the template this project
   *   does not emit; then nothing has been done
   */
  async deploy(given: Template, { sabotage, stopAfter, revertDrift }: DeployOptions = {}): Promise<Deployed> {
    const template = sabotage ? sabotage(structuredClone(given)) : given;
    acceptable(template);
    const order = inOrder(template);
    const run = new Run(stopAfter, revertDrift);
    const place = await Place.of(this.account, this.region, (rule) => run.notJudged.push(rule));
    for (const logicalId of order) {
      await refusedAs(logicalId, () => this.#put(logicalId, template, place, run));
    }
    await this.#clean(new Set(order), place, run);
    const outputs = Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, String(this.#resolve(Value))]),
    );
    const exported = exportsOf(this.account);
    for (const [name, { Export }] of Object.entries(template.Outputs ?? {})) {
      if (Export !== undefined) exported.set(Export.Name, outputs[name] ?? '');
    }
    return { operations: run.operations, outputs, setup: setupIn(outputs), notJudged: run.notJudged };
  }

  /**
   * Takes over what exists already, and changes nothing: from then on it is the stack's, which takes it to be as the template
   * says, whether it is or not.
   *
   * @param mapping logical id → the property that identifies the resource, as `cdk import --resource-mapping` reads it
   * @throws where CloudFormation refuses the import
   */
  async import(template: Template, mapping: Mapping): Promise<void> {
    const place = await Place.of(this.account, this.region, () => undefined);
    const wanted = importOf(template, mapping, [...this.#resources.keys()]);
    for (const logicalId of inOrder(wanted)) {
      const resource = wanted.Resources[logicalId] as Resource;
      const type = typeOf(resource.Type);
      const properties = this.#resolve(resource.Properties) as Properties;
      const made = await type.find?.(place, properties);
      if (!made) throw new Error(`there is no ${resource.Type} ${JSON.stringify(mapping[logicalId])} to import`);
      this.#resources.set(logicalId, { ...toRemember(resource, type, properties), ...made });
    }
  }

  /** Removes the stack; what it retains stays. */
  destroy(options?: DeployOptions): Promise<Deployed> {
    return this.deploy({ Resources: {}, Outputs: {} }, options);
  }

  async #put(logicalId: string, template: Template, place: Place, run: Run): Promise<void> {
    const resource = template.Resources[logicalId];
    if (!resource) return;
    const type = typeOf(resource.Type);
    const properties = this.#resolve(resource.Properties ?? {}) as Properties;
    run.unjudged(resource.Type, type, properties);
    const remembered = toRemember(resource, type, properties);
    const before = this.#resources.get(logicalId);
    const change = before === undefined ? 'create' : run.changeOf(before, remembered, type);
    const remember = ({ physicalId, attributes }: Made) =>
      this.#resources.set(logicalId, { ...remembered, physicalId, attributes });
    const done = (did: Operation['did'], made: Made) => {
      remember(made);
      run.did({ did, logicalId, type: resource.Type, physicalId: made.physicalId });
    };
    if (before === undefined) {
      done('created', await type.create(place, properties));
    } else if (change === 'replace') {
      const made = await type.create(place, properties);
      this.#replaced.push({ logicalId, resource: before });
      done('replaced', made);
    } else if (change === 'update') {
      await type.update(place, before, properties, before.properties);
      done('updated', before);
    } else {
      // Policies of removal and dependencies are the stack's own and change silently.
      remember(before);
    }
  }

  /** Removes what has been replaced and what is no longer wanted, what depends on others first. */
  async #clean(wanted: ReadonlySet<string>, place: Place, run: Run): Promise<void> {
    for (const replaced of this.#replaced.toReversed()) {
      await this.#drop(replaced.logicalId, replaced.resource, replaced.resource.onReplacement, place, run, () => {
        this.#replaced = this.#replaced.filter((each) => each !== replaced);
      });
    }
    const left = new Map([...this.#resources].filter(([logicalId]) => !wanted.has(logicalId)));
    while (left.size > 0) {
      const needed = new Set([...left.values()].flatMap(({ dependencies }) => dependencies));
      const [next] = [...left].filter(([logicalId]) => !needed.has(logicalId));
      if (!next) throw new Error('what is left to remove depends on itself');
      const [logicalId, resource] = next;
      await this.#drop(logicalId, resource, resource.onRemoval, place, run, () => this.#resources.delete(logicalId));
      left.delete(logicalId);
    }
  }

  async #drop(
    logicalId: string,
    resource: Remembered,
    policy: Policy,
    place: Place,
    run: Run,
    forget: () => void,
  ): Promise<void> {
    const { type, physicalId, properties } = resource;
    if (policy === 'Delete') {
      await refusedAs(logicalId, () => typeOf(type).remove(place, resource, properties));
    }
    forget();
    run.did({ did: policy === 'Delete' ? 'deleted' : 'retained', logicalId, type, physicalId });
  }

  #resolve(value: unknown): unknown {
    const { account, region, stackName } = this;
    return resolve(value, { account: account.id, region, stackName }, this.#resources, exportsOf(account));
  }
}

/** What the stacks of an account export, by name. */
const EXPORTS = new WeakMap<Account, Map<string, string>>();

function exportsOf(account: Account): Map<string, string> {
  const exported = EXPORTS.get(account) ?? new Map<string, string>();
  EXPORTS.set(account, exported);
  return exported;
}

/** The outputs that are setup information. */
function setupIn(outputs: Readonly<Record<string, string>>): Record<string, SetupInformation> {
  const setups = Object.entries(outputs)
    .filter(([name]) => name.includes('SetupInformation'))
    .map(([, value]) => JSON.parse(value) as SetupInformation);
  return Object.fromEntries(setups.map((setup) => [setup.integration, setup]));
}
