import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { Template } from '../../support/synth';
import { REGION } from '../servers/ceph';
import { motoCredentials } from '../servers/clients';
import { endpoints } from '../servers/endpoints';
import { standIns } from '../servers/stand-ins';
import { Arrived, type ArrivedStack, type Properties } from './arrived';
import { type Asked, askedBy, outputsAskedBy } from './asked';
import { compare, type Row, verdict } from './compare';
import { Recorder } from './recorder';

/** A stack with everything that was asked for in it and what is there of it. */
export interface Found {
  readonly stack: ArrivedStack;
  readonly outputsAsked: Readonly<Record<string, unknown>>;
  readonly resources: readonly { readonly asked: Asked; readonly properties: Properties | undefined }[];
}

/** An account of moto's that nothing else in the run uses, seen through a {@link Recorder}. */
export class Cloud {
  private constructor(
    readonly account: string,
    readonly recorder: Recorder,
    readonly arrived: Arrived,
    /** The same for AWS's tools. */
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async open(): Promise<Cloud> {
    const account = `5${String(randomInt(1e11)).padStart(11, '0')}`;
    const credentials = await motoCredentials(account);
    const recorder = await Recorder.before(endpoints().moto);
    return new Cloud(account, recorder, new Arrived({ endpoint: recorder.url, region: REGION, credentials }), {
      AWS_ENDPOINT_URL: recorder.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    });
  }

  /** What a template asks for, beside what is there. */
  async find(name: string, template: Template): Promise<Found> {
    const stack = await this.arrived.stack(name);
    const place = { account: this.account, region: REGION, physical: stack.physical };
    const resources = askedBy(template, place).map(async (asked) => {
      // What no client of the SDK that is here reads can only be told from the stack itself.
      const unread = !this.arrived.types.includes(asked.type);
      if (unread && asked.physicalId !== undefined) throw new Error(`nobody knows how to read ${asked.type} back`);
      return { asked, properties: unread ? undefined : await this.arrived.properties(asked) };
    });
    return { stack, outputsAsked: outputsAskedBy(template, place), resources: await Promise.all(resources) };
  }

  close(): Promise<void> {
    return this.recorder.close();
  }
}

/**
 * What the CDK CLI is told before moto where stacks are updated, or their outputs read, in its environment. moto tells change
 * sets of one name apart by nothing, and the CLI gives all of its own one name, so that it waits forever until another stack's
 * is gone; it forgets the outputs of change sets; and at an update it takes the toolkit's version for a parameter's name.
 */
export const WITHOUT_CHANGE_SETS = { CDK_METHOD: 'direct', CDK_PREVIOUS_PARAMETERS: 'false' };

/** What became of a stack, row by row. */
export function judged(name: string, found: Found, before?: Found): Row[] {
  const of = (id: string) => before?.resources.find(({ asked }) => asked.id === id);
  const rows = found.resources.flatMap(({ asked, properties }) =>
    compare(name, asked, properties, of(asked.id)?.properties),
  );
  const outputs = Object.entries(found.outputsAsked).map(([id, value]) => ({
    stack: name,
    id,
    type: 'AWS::CloudFormation::Stack',
    property: 'Outputs',
    verdict: verdict('Outputs', value, found.stack.outputs[id], before?.stack.outputs[id]),
  }));
  return [...rows, ...outputs];
}

/** The resource types that moto says its CloudFormation makes. */
export function typesOfMoto(): ReadonlySet<string> {
  const ask = 'from moto.cloudformation.parsing import get_model_map as types; print(*types())';
  const names = execFileSync('python3', ['-c', ask], { env: standIns().env, encoding: 'utf8' });
  return new Set(names.trim().split(' '));
}
