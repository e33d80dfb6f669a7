/** One client in several places of one app, and what leads from one to another. */
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  ClientBucket,
  ConfinementChecks,
  DirectTrustIntegration,
  RolesAnywhereIntegration,
  WebIdentityIntegration,
} from '../../lib';
import { RECORDED_INTENT } from '../../lib/rules/recorded-intent';
import { checkedApp, stopped } from '../support/validated';

const VENDOR = 'arn:aws:iam::123456789876:role/sender';
const DEV = { account: '111111111111', region: 'eu-west-1' };
const PROD = { account: '222222222222', region: 'eu-west-1' };
const ELSEWHERE = { account: '111111111111', region: 'us-east-1' };

/** A client with an integration of every kind. */
function client(stack: Stack, bucketName?: string) {
  const clientBucket = new ClientBucket(stack, 'Bucket', {
    clientName: 'kohler',
    bucketName,
    createEncryptionKey: true,
  });
  const props = { clientBucket, principals: [VENDOR] };
  const adobe = new AssumedRoleIntegration(stack, 'adobe', { ...props, vendorName: 'adobe', selfAssume: true });
  new DirectTrustIntegration(stack, 'reltio', { ...props, vendorName: 'reltio' });
  new DirectTrustIntegration(stack, 'point', { ...props, vendorName: 'point', accessPoint: true });
  new AccessKeyIntegration(stack, 'sap', { clientBucket, vendorName: 'sap' });
  new RolesAnywhereIntegration(stack, 'boomi', {
    clientBucket,
    vendorName: 'boomi',
    trustAnchorArn: `arn:aws:rolesanywhere:${stack.region}:${stack.account}:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab`,
    commonName: 'c',
  });
  new WebIdentityIntegration(stack, 'token', {
    clientBucket,
    vendorName: 'token',
    provider: 'https://login.example.com/x',
    audiences: ['a'],
    subjects: ['s'],
  });
  return { stack, clientBucket, adobe, role: adobe.node.findChild('Role') as CfnRole };
}

/** A client in two stacks. */
const PLACES: Readonly<Record<string, (app: App) => readonly Stack[]>> = {
  'two accounts': (app) => [new Stack(app, 'dev', { env: DEV }), new Stack(app, 'prod', { env: PROD })],
  'two Regions': (app) => [new Stack(app, 'dev', { env: DEV }), new Stack(app, 'prod', { env: ELSEWHERE })],
  'two Stages': (app) => [
    new Stack(new Stage(app, 'dev', { env: DEV }), 'kohler'),
    new Stack(new Stage(app, 'prod', { env: PROD }), 'kohler'),
  ],
  // The stages of a pipeline are in its stack.
  'two pipelines': (app) => [
    new Stack(new Stage(new Stack(app, 'dev-pipeline'), 'dev', { env: DEV }), 'kohler'),
    new Stack(new Stage(new Stack(app, 'prod-pipeline'), 'prod', { env: PROD }), 'kohler'),
  ],
  'two Stages of which nobody says where': (app) => [
    new Stack(new Stage(app, 'dev'), 'kohler'),
    new Stack(new Stage(app, 'prod'), 'kohler'),
  ],
  'a place that is known and one that is not': (app) => [new Stack(app, 'dev', { env: DEV }), new Stack(app, 'prod')],
};

describe.each(Object.entries(PLACES))('one client in %s', (where, stacks) => {
  const isKnown = ['two accounts', 'two Stages', 'two pipelines'].includes(where);
  const made = (names: readonly (string | undefined)[] = []) => {
    const app = checkedApp();
    const [dev, prod] = stacks(app).map((stack, at) => client(stack, names[at]));
    if (!dev || !prod) throw new Error('two stacks');
    return { app, dev, prod };
  };

  test.each([[[]], [['kohler-dev', 'kohler-prod']]])('is no alarm', (names) => {
    expect(stopped(made(names).app)).toEqual([]);
  });

  test('a role of one that reads the bucket of the other is one', () => {
    const { app, dev } = made(['kohler-dev', 'kohler-prod']);
    dev.role.addPropertyOverride('Policies.0.PolicyDocument.Statement.1.Resource', 'arn:aws:s3:::kohler-prod');
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^changed-access: adobeRole/));
  });

  test("a role of one turned into the other's, trust and all, is one", () => {
    const { app, dev, prod } = made(['kohler-dev', 'kohler-prod']);
    dev.role.policies = prod.stack.resolve(prod.role.policies);
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^changed-access: adobeRole/));
  });

  test('a statement for the role of one in the bucket of the other is one', () => {
    const { app, dev, prod } = made(['kohler-dev', 'kohler-prod']);
    const principal = `arn:aws:iam::${dev.stack.account}:role/kohler_adobe`;
    prod.clientBucket.bucket.addToResourcePolicy(
      PolicyStatement.fromJson({
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::kohler-prod/*',
      }),
    );
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^unknown-statement: BucketPolicy/));
  });

  test('what is meant in the bucket of one is not meant in the other', () => {
    const { app, dev, prod } = made();
    const statement = PolicyStatement.fromJson({
      Effect: 'Allow',
      Principal: { AWS: VENDOR },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::integrations-kohler/*',
    });
    for (const { clientBucket } of [dev, prod]) expect(clientBucket.bucketName).toBe('integrations-kohler');
    prod.clientBucket.bucket.addToResourcePolicy(statement);
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^unknown-statement: BucketPolicy/));
  });

  test('a reader of ours in one for the other is none', () => {
    if (!isKnown) return;
    const { app, dev, prod } = made(['kohler-dev', 'kohler-prod']);
    new CfnRole(dev.stack, 'Reader', {
      assumeRolePolicyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${PROD.account}:root` }, Action: 'sts:AssumeRole' },
        ],
      },
      policies: [
        {
          policyName: 'p',
          policyDocument: {
            Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::kohler-*' }],
          },
        },
      ],
    });
    expect(prod.stack.account).toBe(PROD.account);
    expect(stopped(app)).toEqual([]);
  });
});

test('an integration in another Region than its bucket and key is what it is meant to be', () => {
  const made = (change: (role: CfnRole) => void) => {
    const app = checkedApp();
    const [one, other] = [DEV, ELSEWHERE].map(
      (env, at) => new Stack(app, `s${at}`, { env, crossRegionReferences: true }),
    );
    if (!one || !other) throw new Error('two stacks');
    const clientBucket = new ClientBucket(one, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
    const adobe = new AssumedRoleIntegration(other, 'adobe', {
      clientBucket,
      vendorName: 'adobe',
      principals: [VENDOR],
    });
    change(adobe.node.findChild('Role') as CfnRole);
    return stopped(app);
  };
  expect(made(() => undefined)).toEqual([]);
  expect(made((role) => role.addPropertyOverride('Policies.0.PolicyDocument.Statement.3.Resource', '*'))).toEqual([
    expect.stringMatching(/^changed-access: adobeRole/),
  ]);
});

test('who is ours beside the accounts of the stacks is said to the checks', () => {
  const add = (app: App) => {
    const stack = new Stack(app, 'kohler', { env: PROD });
    const { clientBucket } = client(stack);
    const allow = (Principal: object, Condition?: object) =>
      clientBucket.bucket.addToResourcePolicy(
        PolicyStatement.fromJson({
          Effect: 'Allow',
          Principal,
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::integrations-kohler/*',
          Condition,
        }),
      );
    allow({ AWS: `arn:aws:iam::${DEV.account}:root` });
    allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } });
    return stopped(app);
  };
  expect(add(checkedApp())).toHaveLength(2);
  expect(add(checkedApp({ ownAccounts: [DEV.account] }))).toHaveLength(1);
  // Our organization has the integrations' own roles as well, which must not have the whole bucket.
  expect(add(checkedApp({ ownAccounts: [DEV.account], organization: 'o-abcdefghij' }))).toEqual([
    expect.stringMatching(/^unknown-statement: BucketPolicy\w+: it adds to what kohler_adobe is meant to have/),
  ]);
});

test('on a Stage, that Stage alone is judged', () => {
  const add = (where: 'app' | 'stage') => {
    const app =
      where === 'app' ? checkedApp() : new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
    const [one, other] = ['one', 'other'].map((id) => new Stage(app, id, { env: DEV }));
    if (!one || !other) throw new Error('two stages');
    if (where === 'stage') Validations.of(one).addPlugins(new ConfinementChecks());
    client(new Stack(one, 'kohler'));
    new CfnBucketPolicy(new Stack(other, 'more'), 'Policy', {
      bucket: 'integrations-kohler',
      policyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::integrations-kohler/*' },
        ],
      },
    });
    return stopped(app);
  };
  const said = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  expect(add('app')).toContainEqual(expect.stringContaining('unknown-statement'));
  expect(said).not.toHaveBeenCalled();
  expect(add('stage')).toEqual([]);
  expect(said).toHaveBeenCalledWith(
    'ConfinementChecks judges one/kohler, and not 1 other stack of the app: add it to the app to judge them together\n',
  );
  said.mockRestore();
});

describe('intents on the construct tree', () => {
  const made = () => {
    const app = checkedApp();
    return { app, ...client(new Stack(app, 'kohler', { env: DEV })) };
  };

  test('cannot be replaced, nor changed', () => {
    const { adobe } = made();
    const carried = (adobe as unknown as Record<symbol, { intent: { confinement: { prefix: string } } }>)[
      RECORDED_INTENT
    ];
    expect(() => Object.defineProperty(adobe, RECORDED_INTENT, { value: {} })).toThrow(TypeError);
    expect(() => {
      if (carried) carried.intent.confinement.prefix = '';
    }).toThrow(TypeError);
    expect(carried?.intent.confinement.prefix).toBe('adobe/');
  });

  test('in another form are a violation that names both', () => {
    const { app, adobe } = made();
    Object.defineProperty(adobe, Symbol.for('cdk-bucket-integrations/intent@7'), { value: {} });
    expect(stopped(app)).toEqual([
      expect.stringMatching(/^forged-intent: adobe: its intent has the format 7, .* these checks read format 1$/),
    ]);
  });

  test('of a copy of this package are read as well', () => {
    const { app, stack } = made();
    jest.isolateModules(() => {
      const copy = jest.requireActual(
        '../../lib/constructs/client-bucket',
      ) as typeof import('../../lib/constructs/client-bucket');
      const again = jest.requireActual(
        '../../lib/constructs/assumed-role-integration',
      ) as typeof import('../../lib/constructs/assumed-role-integration');
      const other = new Stack(app, 'acme', { env: DEV });
      const clientBucket = new copy.ClientBucket(other, 'Bucket', { clientName: 'acme' });
      new again.AssumedRoleIntegration(other, 'adobe', {
        clientBucket: clientBucket as never,
        vendorName: 'adobe',
        principals: [VENDOR],
      });
    });
    expect(stack.node.root).toBe(app);
    expect(stopped(app)).toEqual([]);
  });

  test('a note that no construct made is forged', () => {
    const { app, stack } = made();
    stack.addMetadata('BucketIntegrations::kohler_ghost', '{}');
    expect(stopped(app)).toEqual([expect.stringMatching(/^forged-intent: BucketIntegrations::kohler_ghost: /)]);
  });
});

test('a macro of somebody’s own is one violation of its template; one of AWS’s is none', () => {
  const add = (transform: string) => {
    const app = checkedApp();
    const { stack } = client(new Stack(app, 'kohler', { env: DEV }));
    stack.addTransform(transform);
    return stopped(app);
  };
  expect(add('AWS::LanguageExtensions')).toEqual([]);
  expect(add('Company::Macro')).toEqual([expect.stringMatching(/^unread-template: Transform: .*Company::Macro/)]);
});

test('an app without a client is nobody’s business', () => {
  const app = checkedApp();
  const stack = new Stack(app, 'x');
  stack.addTransform('Company::Macro');
  new Bucket(stack, 'B').addToResourcePolicy(
    PolicyStatement.fromJson({ Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 's3:*', Resource: '*' }),
  );
  expect(stopped(app)).toEqual([]);
});
