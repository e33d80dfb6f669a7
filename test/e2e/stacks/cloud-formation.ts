/**
 * Somebody before moto in whose CloudFormation everything that a template of this app says comes to be: moto's reports success
 * for much that it does not do (policies of buckets, secrets, identity providers, settings, updates of roles). Stacks with
 * anything else, as those of `cdk bootstrap`, are moto's.
 */
import type { IncomingMessage } from 'node:http';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Answer, type Asked, formOf, GoBetween } from '../servers/between';
import { isOfThisApp, Stacks, type Template } from './stacks';

export class CloudFormationOfServices {
  private readonly places = new Map<string, Promise<Place>>();
  private readonly accounts = new Map<string, Promise<string>>();

  private constructor(private readonly target: string) {}

  static start(target: string): Promise<GoBetween> {
    const made = new CloudFormationOfServices(target);
    return GoBetween.start(target, { asked: (message, body) => made.asked(message, body) });
  }

  private async asked(message: IncomingMessage, body: Buffer): Promise<Asked> {
    const [, accessKeyId = '', region = '', service = ''] =
      /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(message.headers.authorization ?? '') ?? [];
    if (service === 'rolesanywhere') return rolesAnywhere(message, await this.place(accessKeyId, region));
    if (/^\/v20180820\/accessgrantsinstance\//.test(message.url ?? ''))
      return errorOf(404, 'AccessGrantsInstanceNotExistsError', 'there are no access grants');
    if (service !== 'cloudformation') return undefined;
    const form = formOf(message, body);
    return form && (await this.place(accessKeyId, region)).answer(form);
  }

  /** The account and Region of whoever asks: moto tells accounts apart by access keys, and checks no signature. */
  private async place(accessKeyId: string, region: string): Promise<Place> {
    const credentials = { accessKeyId, secretAccessKey: 'any' };
    const whose = this.accounts.get(accessKeyId) ?? accountOf(this.target, region, credentials);
    this.accounts.set(accessKeyId, whose);
    const account = await whose;
    const key = `${account} ${region}`;
    const known = this.places.get(key) ?? Promise.resolve(new Place(this.target, account, region, credentials));
    this.places.set(key, known);
    return known;
  }
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

async function accountOf(endpoint: string, region: string, credentials: Credentials): Promise<string> {
  const { Account = '' } = await new STSClient({ endpoint, region, credentials }).send(
    new GetCallerIdentityCommand({}),
  );
  return Account;
}

/** An account's CloudFormation in a Region. */
class Place {
  readonly stacks: Stacks;
  private readonly s3: S3Client;
  private readonly templates = new Map<string, string>();

  constructor(endpoint: string, account: string, region: string, credentials: Credentials) {
    this.stacks = new Stacks({ endpoint, account, region, credentials });
    this.s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  }

  async answer(form: URLSearchParams): Promise<Asked> {
    // It may be named by its ARN.
    const stack = (form.get('StackName') ?? '').replace(/^arn:.*:stack\/([^/]+)\/.*$/, '$1');
    const resources = this.stacks.resourcesOf(stack);
    switch (form.get('Action')) {
      case 'CreateStack':
      case 'UpdateStack':
        return this.put(stack, form);
      case 'DeleteStack':
        await this.stacks.remove(stack);
        return undefined;
      case 'GetTemplate':
        return (
          resources && xml('GetTemplate', `<TemplateBody>${escaped(this.templates.get(stack) ?? '')}</TemplateBody>`)
        );
      case 'DescribeStackResources':
        return resources && xml('DescribeStackResources', listed('StackResources', stack, resources));
      case 'ListStackResources':
        return resources && xml('ListStackResources', listed('StackResourceSummaries', stack, resources));
      default:
        return undefined;
    }
  }

  private async put(stack: string, form: URLSearchParams): Promise<Asked> {
    const text = form.get('TemplateBody') ?? (await this.fetched(form.get('TemplateURL') ?? ''));
    const template = JSON.parse(text) as Template;
    if (!isOfThisApp(template)) return undefined;
    let shown: Template;
    try {
      shown = await this.stacks.apply(stack, template);
    } catch (error) {
      return errorOf(400, 'ValidationError', error instanceof Error ? error.message : String(error));
    }
    this.templates.set(stack, text);
    const others = [...form].filter(([name]) => !/^(?:Template(?:Body|URL)|Parameters\.)/.test(name));
    return { body: String(new URLSearchParams([...others, ['TemplateBody', JSON.stringify(shown)]])) };
  }

  private async fetched(url: string): Promise<string> {
    const { hostname, pathname } = new URL(url);
    const [, host] = /^(.+)\.s3[.-]/.exec(hostname) ?? [];
    const [first = '', ...rest] = decodeURIComponent(pathname).slice(1).split('/');
    const at =
      host === undefined ? { Bucket: first, Key: rest.join('/') } : { Bucket: host, Key: [first, ...rest].join('/') };
    const { Body } = await this.s3.send(new GetObjectCommand(at));
    return (await Body?.transformToString()) ?? '';
  }
}

function listed(list: string, stack: string, resources: NonNullable<ReturnType<Stacks['resourcesOf']>>): string {
  const members = [...resources].map(([id, { type, ref }]) => {
    const physical = ref === '' ? '' : `<PhysicalResourceId>${escaped(ref)}</PhysicalResourceId>`;
    const status =
      '<ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp>';
    return `<member><StackName>${escaped(stack)}</StackName><LogicalResourceId>${escaped(id)}</LogicalResourceId>${physical}<ResourceType>${type}</ResourceType>${status}</member>`;
  });
  return `<${list}>${members.join('')}</${list}>`;
}

/** The anchors and profiles that stacks say. */
function rolesAnywhere({ url = '' }: IncomingMessage, { stacks }: Place): Answer {
  const shown = (type: string, kind: 'trustAnchor' | 'profile') =>
    stacks.all(`AWS::RolesAnywhere::${type}`).map(({ ref, attributes, properties }) => ({
      [`${kind}Id`]: ref,
      [`${kind}Arn`]: attributes[`${type}Arn`],
      ...lowered(properties),
    }));
  const path = url.split('?')[0];
  const answer =
    path === '/profiles'
      ? { profiles: shown('Profile', 'profile') }
      : path === '/trustanchors'
        ? { trustAnchors: shown('TrustAnchor', 'trustAnchor') }
        : { message: 'the stand-in does not know this of Roles Anywhere' };
  return { status: 'message' in answer ? 400 : 200, body: JSON.stringify(answer), type: 'application/json' };
}

/** Names as the API has them, which CloudFormation writes with a capital. */
function lowered(value: unknown): object {
  const inside = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(inside);
    return typeof each === 'object' && each !== null ? lowered(each) : each;
  };
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [
      name.replace(/^[A-Z]/, (first) => first.toLowerCase()),
      inside(member),
    ]),
  );
}

function xml(action: string, result: string): Answer {
  const body = `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
  return { status: 200, body };
}

function errorOf(status: number, code: string, message: string): Answer {
  const error = `<Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message>`;
  return { status, body: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
