import { join } from 'node:path';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { newUser } from '../servers/accounts';
import { type Credentials, clientsOf } from '../servers/clients';
import { newKey } from '../servers/users';
import { BUCKET, type Changes, granted, named, type Scene } from './scene';

/** Something wrong with one integration, with the steps that must tell it: step, outcome, cause and who must mend it. */
export interface Sabotage extends Changes {
  readonly name: string;
  /** Whose integration. */
  readonly of: string;
  /** What somebody did without deploying; gives what undoes it. */
  readonly byHand?: (scene: Scene) => Promise<() => Promise<unknown>>;
  /** What is wrong with the hand-off instead. */
  readonly handoff?: object;
  /** Other credentials than the vendor's. */
  readonly credentials?: (scene: Scene) => Promise<Credentials | undefined>;
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly expected: readonly (readonly string[])[];
}

/** Sets the clock of a process back by two hours. */
const LATE = join(__dirname, 'late.js');

export const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'a wrong external ID in the hand-off',
    of: 'reltio',
    handoff: { externalId: 'X_SFCRole=2_a/c' },
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'a role that is not there',
    of: 'reltio',
    handoff: { roleArn: 'arn:aws:iam::111122223333:role/nobody' },
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'somebody else of the same account',
    of: 'reltio',
    credentials: ({ away }) => newUser(away.id, 'stranger'),
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'a trust without the external ID',
    of: 'reltio',
    spoil: (template) => {
      delete named(template, 'kohler_reltio').Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals[
        'sts:ExternalId'
      ];
    },
    expected: [
      ['assume-without-external-id', 'works', 'external-id-not-asked', 'owner'],
      ['assume-with-wrong-external-id', 'works', 'external-id-not-compared', 'owner'],
    ],
  },
  {
    name: 'a trust without the session name',
    of: 'named',
    spoil: (template) => {
      delete named(template, 'kohler_named').Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals[
        'sts:RoleSessionName'
      ];
    },
    expected: [['assume-with-other-session-name', 'works', 'session-name-not-compared', 'owner']],
  },
  {
    name: 'no list',
    of: 'reltio',
    spoil: (template) => {
      granted(template, 'kohler_reltio', 'List').Action = ['s3:ListBucketMultipartUploads'];
    },
    expected: [['list', 'denied', 'not-granted', 'owner']],
  },
  {
    name: 'a list that is not bound to the prefix',
    of: 'reltio',
    spoil: (template) => {
      delete granted(template, 'kohler_reltio', 'List').Condition;
    },
    expected: [
      ['neighbour-list', 'works', 'list-not-confined', 'owner'],
      ['bare-prefix', 'works', 'list-not-confined', 'owner'],
      ['root-list', 'works', 'list-not-confined', 'owner'],
      ['head-bucket', 'works', 'list-not-confined', 'owner'],
    ],
  },
  {
    name: 'a list that is bound without the slash',
    of: 'adobe',
    spoil: (template) => {
      granted(template, 'kohler_adobe', 'List').Condition = { StringLike: { 's3:prefix': 'adobe*' } };
    },
    expected: [
      ['neighbour-list', 'works', 'list-no-slash', 'owner'],
      ['bare-prefix', 'works', 'list-no-slash', 'owner'],
    ],
  },
  {
    name: 'a list of the root that nobody told',
    of: 'reltio',
    edits: {
      'kohler/reltio.yaml': 'access: [list, read, write, delete, root-list]',
    },
    expected: [
      ['root-list', 'works', 'root-listed', 'owner'],
      ['head-bucket', 'works', 'root-listed', 'owner'],
    ],
  },
  {
    name: 'objects without the slash',
    of: 'reltio',
    spoil: (template) => {
      granted(template, 'kohler_reltio', 'Objects').Resource = `arn:aws:s3:::${BUCKET}/reltio*`;
    },
    expected: [
      ['neighbour-put', 'works', 'no-slash', 'owner'],
      ['neighbour-delete', 'works', 'no-slash', 'owner'],
    ],
  },
  {
    name: 'objects of the whole bucket',
    of: 'adobe',
    spoil: (template) => {
      granted(template, 'kohler_adobe', 'Objects').Resource = `arn:aws:s3:::${BUCKET}/*`;
    },
    expected: [
      ['neighbour-put', 'works', 'objects-not-confined', 'owner'],
      ['neighbour-delete', 'works', 'objects-not-confined', 'owner'],
    ],
  },
  {
    name: 'reading of the whole bucket',
    of: 'look',
    argv: ['--outside', 'other/secret.csv'],
    spoil: (template) => {
      granted(template, 'kohler_look', 'Objects').Resource = `arn:aws:s3:::${BUCKET}/*`;
    },
    expected: [['neighbour-get', 'works', 'objects-not-confined', 'owner']],
  },
  {
    name: 'no put',
    of: 'reltio',
    spoil: (template) => {
      const objects = granted(template, 'kohler_reltio', 'Objects');
      objects.Action = objects.Action.filter((action) => action !== 's3:PutObject');
    },
    expected: [
      ['put', 'denied', 'not-granted', 'owner'],
      ['multipart', 'denied', 'not-granted', 'owner'],
      ['abort', 'denied', 'not-granted', 'owner'],
    ],
  },
  {
    name: 'a delete that nobody told',
    of: 'trust',
    edits: { 'kohler/trust.yaml': 'access: [list, read, write, tags, delete]' },
    expected: [['delete', 'works', 'more-granted', 'owner']],
  },
  {
    name: 'writing that nobody told',
    of: 'look',
    edits: { 'kohler/look.yaml': 'access: [list, read, write, delete]' },
    expected: [
      ['put', 'works', 'more-granted', 'owner'],
      ['delete', 'works', 'more-granted', 'owner'],
    ],
  },
  {
    name: 'a bucket policy that can be read',
    of: 'reltio',
    byHand: async ({ home }) => {
      const { iam } = clientsOf(home.admin);
      const extra = { RoleName: 'kohler_reltio', PolicyName: 'by-hand' };
      const statement = { Effect: 'Allow', Action: 's3:GetBucketPolicy', Resource: `arn:aws:s3:::${BUCKET}` };
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      await iam.send(new PutRolePolicyCommand({ ...extra, PolicyDocument }));
      return () => iam.send(new DeleteRolePolicyCommand(extra));
    },
    expected: [['bucket-policy', 'works', 'policy-readable', 'owner']],
  },
  {
    name: 'no bucket',
    of: 'reltio',
    handoff: { bucket: 'integrations-nobody' },
    expected: [['location', 'error', 'no-bucket', 'owner']],
  },
  {
    name: 'another region in the hand-off',
    of: 'reltio',
    handoff: { region: 'us-west-2' },
    expected: [['location', 'error', 'wrong-region', 'owner']],
  },
  {
    name: 'a key that was taken away',
    of: 'adobe',
    credentials: async () => newKey(),
    expected: [['location', 'error', 'unknown-key', 'vendor or owner']],
  },
  {
    name: "a key of the vendor's own that was deleted",
    of: 'reltio',
    credentials: async () => newKey(),
    expected: [['assume', 'error', 'unknown-key', 'vendor']],
  },
  {
    name: 'a wrong secret',
    of: 'adobe',
    credentials: async (scene) => ({
      ...(await scene.credentialsOf('adobe')),
      secretAccessKey: newKey().secretAccessKey,
    }),
    expected: [['location', 'error', 'wrong-secret', 'vendor']],
  },
  {
    name: 'no credentials',
    of: 'adobe',
    credentials: async () => undefined,
    expected: [['credentials', 'error', 'no-credentials', 'vendor']],
  },
  {
    name: 'a clock that is off',
    of: 'adobe',
    env: { NODE_OPTIONS: `--require "${LATE}"` },
    expected: [['location', 'error', 'clock-off', 'vendor']],
  },
  {
    name: 'no network',
    of: 'reltio',
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    expected: [['assume', 'error', 'no-network', 'network']],
  },
  {
    name: 'a suspended role',
    of: 'reltio',
    edits: { 'kohler/reltio.yaml': 'status: suspended' },
    expected: [['assume', 'denied', 'assume-denied', 'vendor or owner']],
  },
  {
    name: 'a suspended key',
    of: 'adobe',
    edits: { 'kohler/adobe.yaml': 'status: suspended' },
    expected: [['location', 'error', 'unknown-key', 'vendor or owner']],
  },
  {
    name: 'a session of a role that is suspended meanwhile',
    of: 'boomi',
    edits: { 'kohler/boomi.yaml': 'status: suspended' },
    expected: [
      ['location', 'denied', 'nothing-allowed', 'vendor or owner'],
      ['list', 'denied', 'nothing-allowed', 'vendor or owner'],
    ],
  },
  {
    name: 'suspended direct trust',
    of: 'trust',
    edits: { 'kohler/trust.yaml': 'status: suspended' },
    expected: [
      ['location', 'denied', 'nothing-allowed', 'vendor or owner'],
      ['list', 'denied', 'nothing-allowed', 'vendor or owner'],
    ],
  },
  {
    name: 'a day that is past, in the hand-off too',
    of: 'reltio',
    edits: { 'kohler/reltio.yaml': 'expires: 2020-01-01' },
    handoff: { expires: '2020-01-01' },
    expected: [['assume', 'denied', 'expired', 'owner']],
  },
];
