import type { Account } from '../servers/accounts';
import { clientsOf, motoClients } from '../servers/clients';
import type { NotJudged } from './not-judged';
import { refuseMissing } from './principals';
import { translate } from './translate';
import type { PolicyKind } from './translation';

/** A resource that is there. */
export interface Made {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives; of an access key, its secret. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a type of resource is made with. */
export type Properties = Readonly<Record<string, unknown>>;

/** How this project's resources of one type come, change and go. */
export interface ResourceType<P = Properties> {
  /** What a change of each property does, as CloudFormation documents it. Any other property is an error. */
  readonly properties: { readonly [K in keyof P]-?: 'update' | 'replace' };
  /** Properties that are remembered, and that no server here enforces. */
  readonly notJudged?: { readonly [K in keyof P]?: string };
  /** Why nothing at all of it is enforced. */
  readonly unjudged?: string;
  /** Properties of which only a digest is remembered. */
  readonly secret?: readonly (keyof P)[];
  create(place: Place, properties: P): Promise<Made>;
  /** One that is there already, and can be imported; undefined where there is none. */
  find?(place: Place, properties: P): Promise<Made | undefined>;
  /** @throws where the change can't be made */
  update(place: Place, made: Made, properties: P, before: P): Promise<void>;
  /** Nothing where it is gone already. */
  remove(place: Place, made: Made, properties: P): Promise<void>;
}

/** Where resources are made, by its administrator. */
export class Place {
  private constructor(
    readonly account: Account,
    readonly region: string,
    readonly gateway: ReturnType<typeof clientsOf>,
    readonly moto: Awaited<ReturnType<typeof motoClients>>,
    private readonly note: (rule: NotJudged) => void,
  ) {}

  static async of(account: Account, region: string, note: (rule: NotJudged) => void): Promise<Place> {
    return new Place(account, region, clientsOf(account.admin), await motoClients(account.id, region), note);
  }

  /** A policy as the gateway takes it, once AWS would take it. */
  async policy(document: unknown, kind: PolicyKind): Promise<string> {
    if (kind !== 'identity') await refuseMissing(document);
    const { policy, notJudged } = translate(document, kind);
    notJudged.forEach(this.note);
    return JSON.stringify(policy);
  }
}

/** What a call gives; undefined where it fails with one of these. */
export async function unless<T>(names: readonly string[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (names.includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Completes what has just been made; where that fails, it is taken away again, as CloudFormation does. */
export async function completed<T>(made: T, complete: () => Promise<void>, undo: () => Promise<void>): Promise<T> {
  try {
    await complete();
    return made;
  } catch (error) {
    await undo();
    throw error;
  }
}

/** An object of which nothing but these keys is understood. */
export function exactly<T extends object>(of: string, value: T, keys: readonly (keyof T & string)[]): T {
  const strange = Object.keys(value).find((key) => !(keys as readonly string[]).includes(key));
  if (strange !== undefined) throw new Error(`${of} has ${strange}, which this project does not emit`);
  return value;
}
