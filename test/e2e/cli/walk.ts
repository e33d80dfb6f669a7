import { seconds } from '../servers/processes';
import { Cloud, type Found, judged } from './cloud';
import type { Row } from './compare';
import type { Files } from './definitions';
import { Deployment } from './deployment';
import type { Ended } from './ended';
import type { Call } from './recorder';

/** What a deployment came to. */
export interface Deployed {
  readonly ended: Ended;
  /** The calls that the CDK CLI made. */
  readonly calls: readonly Call[];
  /** What was asked for, and what became of it. */
  readonly rows: readonly Row[];
}

/** A folder of definitions on its way through deployments, in an account of its own. */
export class Walk {
  /** What is there, by stack, as it was last looked at. */
  found: Readonly<Record<string, Found>> = {};

  private constructor(
    readonly cloud: Cloud,
    readonly deployment: Deployment,
  ) {}

  /** Bootstraps an account. */
  static async begin(files: Files): Promise<Walk> {
    const cloud = await Cloud.open();
    const walk = new Walk(cloud, new Deployment(cloud.environment, cloud.account));
    walk.deployment.define(files);
    const { exit, err, out } = await timed('cdk bootstrap', () => walk.deployment.cdk('bootstrap'));
    if (exit === 0) return walk;
    await walk.end();
    throw new Error(`cdk bootstrap: ${err}${out}`);
  }

  /**
   * Deploys with these arguments, and looks at what is there then.
   * @throws where the CDK CLI fails, with all that it says
   */
  async deploy(what: string, ...argv: string[]): Promise<Deployed> {
    const { result, calls } = await this.cloud.recorder.during(() =>
      timed(`cdk deploy: ${what}`, () => this.deployment.deploy(...argv)),
    );
    if (result.exit !== 0) {
      const failed = calls.filter(({ status }) => status >= 400).map((call) => Object.values(call).join(' '));
      throw new Error([result.out, result.err, ...failed].join('\n'));
    }
    const rows = await timed(`what arrived: ${what}`, () => this.look());
    return { ended: result, calls, rows };
  }

  /** The names of the roles and users that are asked for, and of those that are there. */
  async names(): Promise<{ readonly asked: Names; readonly there: Names }> {
    const asked = (type: string, property: string) =>
      Object.values(this.found)
        .flatMap(({ resources }) => resources)
        .filter((each) => each.asked.type === type)
        .map((each) => String(each.asked.properties[property]))
        .sort();
    const { roles, users } = await this.cloud.arrived.names();
    return {
      asked: { roles: asked('AWS::IAM::Role', 'RoleName'), users: asked('AWS::IAM::User', 'UserName') },
      // The toolkit that deploys has roles too.
      there: { roles: roles.filter((name) => !name.startsWith('cdk-')), users },
    };
  }

  async end(): Promise<void> {
    this.deployment.remove();
    await this.cloud.close();
  }

  private async look(): Promise<Row[]> {
    const stacks = Object.entries(this.deployment.templates());
    const before = this.found;
    const found = await Promise.all(stacks.map(([name, template]) => this.cloud.find(name, template)));
    this.found = Object.fromEntries(stacks.map(([name], at) => [name, found[at] as Found]));
    return stacks.flatMap(([name], at) => judged(name, found[at] as Found, before[name]));
  }
}

interface Names {
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** Does something, and prints how long it took. */
export async function timed<T>(what: string, run: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const result = await run();
  process.stdout.write(`e2e: ${what}: ${seconds(began)}\n`);
  return result;
}
