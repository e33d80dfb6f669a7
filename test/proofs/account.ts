/** What a folder of definitions comes to, deployed: one account, in which every client's policies meet. */
import { createHash } from 'node:crypto';
import { Judge } from '../support/judge';
import { HOME, resolved } from '../support/resolve';
import { type Resource, synthesize, type Template } from '../support/synth';
import { type Bucket, CANONICAL, type Folder, type Integration, type Internal } from './definitions';

/** What a key that was not made here says: the account's own policies decide. */
const DELEGATED: Resource = {
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${HOME.account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  },
};

/** Keys are judged one at a time, and a handle has nothing to judge. */
const UNJUDGED = ['AWS::KMS::Key', 'AWS::CloudFormation::WaitConditionHandle'];

export class Account {
  readonly integrations: readonly Integration[];
  readonly internals: readonly Internal[];
  private readonly template: Template;
  private readonly madeKeys = new Map<string, Resource>();
  private readonly judges = new Map<string, Judge>();

  constructor(folder: Folder) {
    this.integrations = folder.integrations;
    this.internals = folder.internals;
    const stacks = Object.entries(synthesize(folder.files));
    const exports = new Map(
      stacks.flatMap(([stack, { Outputs = {} }]) =>
        Object.values(Outputs).flatMap(({ Export, Value }) =>
          Export ? [[Export.Name, this.idsOf(stack, stacks).get(attributeOf(Value)) ?? '']] : [],
        ),
      ) as [string, string][],
    );
    const templates = stacks.map(([stack, template]) =>
      this.deploy(stack, template, this.idsOf(stack, stacks), exports),
    );
    this.template = {
      Resources: Object.assign({}, ...templates.map(({ Resources }) => Resources)),
      Outputs: Object.assign({}, ...templates.map(({ Outputs }) => Outputs)),
    };
  }

  /** The names of all buckets that are spoken of. */
  get buckets(): string[] {
    return [...new Set([...this.integrations, ...this.internals].map(({ bucket }) => bucket.name))];
  }

  /** The ARN of a bucket's key, if it has one. */
  keyOf({ name, kmsKey }: Bucket): string | undefined {
    if (kmsKey !== 'create') return kmsKey;
    const made = Object.values(this.template.Resources).find(({ Properties }) => Properties.BucketName === name);
    const [rule] = made?.Properties.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    return rule?.ServerSideEncryptionByDefault.KMSMasterKeyID;
  }

  /** The ARN of the trust anchor that is trusted. */
  anchorOf({ client, vendor, trustAnchor }: Integration): string {
    if (trustAnchor !== 'certificate') return trustAnchor;
    const output = Object.values(this.template.Outputs).find(({ Value }) =>
      String(Value).includes(`"integration":"${client}_${vendor}"`),
    );
    return JSON.parse(String(output?.Value)).trustAnchorArn;
  }

  /** Judges by everything that is deployed; of keys, by this one's policy. */
  judge(key = ''): Judge {
    const judge = this.judges.get(key) ?? new Judge(this.withKey(key));
    this.judges.set(key, judge);
    return judge;
  }

  private withKey(key: string): Template {
    const Key = this.madeKeys.get(key) ?? DELEGATED;
    return { ...this.template, Resources: { ...this.template.Resources, Key } };
  }

  /** The ARNs of a stack's keys and anchors, by what asks for them. */
  private idsOf(stack: string, stacks: readonly [string, Template][]): Map<string, string> {
    const { Resources = {} } = stacks.find(([id]) => id === stack)?.[1] ?? {};
    const client = stack.replace(/-Part\d+$/, '');
    const there = [...this.integrations, ...this.internals].find((one) => one.client === client);
    const region = there?.region ?? HOME.region;
    return new Map(
      Object.entries(Resources).flatMap(([id, { Type }]): [string, string][] => {
        const unique = uuid(`${stack}/${id}`);
        if (Type === 'AWS::KMS::Key') return [[`${id}.Arn`, `arn:aws:kms:${region}:${HOME.account}:key/${unique}`]];
        if (Type !== 'AWS::RolesAnywhere::TrustAnchor') return [];
        return [[`${id}.TrustAnchorArn`, `arn:aws:rolesanywhere:${region}:${HOME.account}:trust-anchor/${unique}`]];
      }),
    );
  }

  /** A stack's resources under ids that no other has, and without what the simulator doesn't know. */
  private deploy(
    stack: string,
    template: Template,
    arns: ReadonlyMap<string, string>,
    exports: ReadonlyMap<string, string>,
  ): Template {
    const { Resources, Outputs } = resolved(
      JSON.parse(JSON.stringify(template), (_, value) => known(value, arns, exports)),
    );
    for (const [id, resource] of Object.entries(Resources)) {
      if (resource.Type === 'AWS::KMS::Key') this.madeKeys.set(arns.get(`${id}.Arn`) ?? '', resource);
    }
    const own = <T>(all: Readonly<Record<string, T>>) =>
      Object.fromEntries(Object.entries(all).map(([id, one]) => [`${stack}/${id}`, one]));
    const others = Object.entries(Resources).filter(([, { Type }]) => !UNJUDGED.includes(Type));
    return { Resources: own(Object.fromEntries(others)), Outputs: own(Outputs ?? {}) };
  }
}

function attributeOf(value: unknown): string {
  return (value as Record<'Fn::GetAtt', string[]>)['Fn::GetAtt'].join('.');
}

/** Gives each key and anchor an ARN of its own, wherever it is named, and a canonical user the account that it stands for. */
function known(value: unknown, arns: ReadonlyMap<string, string>, exports: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::ImportValue': imported } = value as Record<string, string>;
  if (imported !== undefined) return exports.get(imported) ?? value;
  const { 'Fn::GetAtt': attribute, CanonicalUser: canonical } = value as Record<string, string[] | string>;
  if (Array.isArray(attribute)) return arns.get(attribute.join('.')) ?? value;
  if (canonical === undefined) return value;
  return { AWS: [canonical].flat().map((id) => `arn:aws:iam::${CANONICAL[id]}:root`) };
}

function uuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
