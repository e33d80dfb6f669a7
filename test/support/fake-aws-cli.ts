/** The AWS CLI on a snapshot: the commands that take findings back, done to the data. What it does not know it refuses. */
import type { Raw } from './deployed-account';

/** Does commands, joined by `&&`, to an account. */
export function runAws(account: Raw, commandLine: string): void {
  for (const command of split(words(commandLine), '&&')) {
    const [program, service = '', operation = '', ...options] = command;
    if (program !== 'aws') throw new Error(`${program} is not the AWS CLI`);
    const known = COMMANDS[`${service} ${operation}`];
    if (!known) throw new Error(`no test knows aws ${service} ${operation}`);
    known(account, optionsOf(options));
  }
}

/** The words of a POSIX shell, of single quotes and plain characters alone. */
function words(line: string): string[] {
  const found: string[] = [];
  for (const match of line.matchAll(/((?:'[^']*'|\\'|[^\s'\\])+)/g)) {
    found.push(match[0].replace(/'([^']*)'|\\'/g, (_, inner: string | undefined) => inner ?? "'"));
  }
  return found;
}

function split(all: readonly string[], at: string): string[][] {
  const parts: string[][] = [[]];
  for (const word of all) word === at ? parts.push([]) : parts.at(-1)?.push(word);
  return parts;
}

type Options = Readonly<Record<string, string>>;

function optionsOf(given: readonly string[]): Options {
  const options: Record<string, string> = {};
  for (let at = 0; at < given.length; at += 1) {
    const [, name = '', value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(given[at] ?? '') ?? [];
    if (name === '') throw new Error(`${given[at]} is not an option`);
    if (value !== undefined) options[name] = value;
    else if (given[at + 1] === undefined || given[at + 1]?.startsWith('--')) options[name] = 'true';
    else {
      at += 1;
      options[name] = given[at] ?? '';
    }
  }
  return options;
}

function one(list: Raw[], is: (each: Raw) => boolean): Raw {
  const found = list.find(is);
  if (!found) throw new Error('an error occurred (NoSuchEntity)');
  return found;
}

function without(list: Raw[], is: (each: Raw) => boolean): Raw[] {
  one(list, is);
  return list.filter((each) => !is(each));
}

const LISTS = { role: 'RoleDetailList', user: 'UserDetailList', group: 'GroupDetailList' } as const;
const NAMES = { role: 'RoleName', user: 'UserName', group: 'GroupName' } as const;
const INLINE = { role: 'RolePolicyList', user: 'UserPolicyList', group: 'GroupPolicyList' } as const;
type Kind = keyof typeof LISTS;

function holder(account: Raw, kind: Kind, options: Options): Raw {
  return one(account.iam[LISTS[kind]], (each) => each[NAMES[kind]] === options[`${kind}-name`]);
}

function ofHolders(kind: Kind): Readonly<Record<string, (account: Raw, options: Options) => void>> {
  return {
    [`iam delete-${kind}-policy`]: (account, options) => {
      const found = holder(account, kind, options);
      found[INLINE[kind]] = without(found[INLINE[kind]], (each) => each.PolicyName === options['policy-name']);
    },
    [`iam put-${kind}-policy`]: (account, options) => {
      const found = holder(account, kind, options);
      const PolicyName = options['policy-name'];
      const PolicyDocument = JSON.parse(options['policy-document'] ?? '');
      const others = found[INLINE[kind]].filter((each: Raw) => each.PolicyName !== PolicyName);
      found[INLINE[kind]] = [...others, { PolicyName, PolicyDocument }];
    },
    [`iam detach-${kind}-policy`]: (account, options) => {
      const found = holder(account, kind, options);
      found.AttachedManagedPolicies = without(
        found.AttachedManagedPolicies,
        (each) => each.PolicyArn === options['policy-arn'],
      );
    },
    [`iam delete-${kind}-permissions-boundary`]: (account, options) => {
      holder(account, kind, options).PermissionsBoundary = undefined;
    },
    [`iam put-${kind}-permissions-boundary`]: (account, options) => {
      holder(account, kind, options).PermissionsBoundary = { PermissionsBoundaryArn: options['permissions-boundary'] };
    },
  };
}

const bucket = (account: Raw, options: Options) => one(account.buckets, ({ Name }) => Name === options.bucket);

const COMMANDS: Readonly<Record<string, (account: Raw, options: Options) => void>> = {
  ...ofHolders('role'),
  ...ofHolders('user'),
  ...ofHolders('group'),
  'iam update-assume-role-policy': (account, options) => {
    holder(account, 'role', options).AssumeRolePolicyDocument = JSON.parse(options['policy-document'] ?? '');
  },
  'iam update-role': (account, options) => {
    holder(account, 'role', options);
    account.maxSessionDurations[options['role-name'] ?? ''] = Number(options['max-session-duration']);
  },
  'iam remove-user-from-group': (account, options) => {
    const user = holder(account, 'user', options);
    user.GroupList = without(user.GroupList, (name) => name === options['group-name']);
  },
  'iam delete-login-profile': (account, options) => {
    account.loginProfiles = without(account.loginProfiles, (name) => name === options['user-name']);
  },
  'iam delete-access-key': (account, options) => {
    account.accessKeys = without(account.accessKeys, ({ AccessKeyId }) => AccessKeyId === options['access-key-id']);
  },
  'iam update-access-key': (account, options) => {
    one(account.accessKeys, ({ AccessKeyId }) => AccessKeyId === options['access-key-id']).Status = options.status;
  },
  'iam add-client-id-to-open-id-connect-provider': (account, options) => {
    const arn = options['open-id-connect-provider-arn'];
    one(account.oidcProviders, ({ Arn }) => Arn === arn).ClientIDList.push(options['client-id']);
  },
  's3api put-bucket-policy': (account, options) => {
    bucket(account, options).Policy = JSON.parse(options.policy ?? '');
  },
  's3api delete-bucket-policy': (account, options) => {
    bucket(account, options).Policy = null;
  },
  's3api put-bucket-acl': (account, options) => {
    const { Acl } = bucket(account, options);
    const policy = options['access-control-policy'];
    if (policy !== undefined) {
      const { Grants, Owner } = JSON.parse(policy);
      if (Owner.ID !== Acl.Owner.ID || Grants.some(({ Grantee }: Raw) => !Grantee.Type))
        throw new Error('an error occurred (MalformedACLError)');
      Acl.Grants = Grants;
      return;
    }
    if (options.acl !== 'private') throw new Error(`no test knows the ACL ${options.acl}`);
    Acl.Grants = Acl.Grants.filter(({ Grantee }: Raw) => Grantee.ID === Acl.Owner.ID);
  },
  's3api put-public-access-block': (account, options) => {
    const flags = (options['public-access-block-configuration'] ?? '').split(',').map((each) => each.split('='));
    bucket(account, options).PublicAccessBlock = Object.fromEntries(
      flags.map(([name, value]) => [name, value === 'true']),
    );
  },
  's3api put-bucket-ownership-controls': (account, options) => {
    const found = bucket(account, options);
    const [, ObjectOwnership] = /^Rules=\[\{ObjectOwnership=(\w+)\}\]$/.exec(options['ownership-controls'] ?? '') ?? [];
    const isPrivate = found.Acl.Grants.every(({ Grantee }: Raw) => Grantee.ID === found.Acl.Owner.ID);
    if (!ObjectOwnership || !isPrivate) throw new Error('an error occurred (InvalidBucketAclWithObjectOwnership)');
    found.OwnershipControls = { Rules: [{ ObjectOwnership }] };
  },
  's3api put-bucket-encryption': (account, options) => {
    bucket(account, options).Encryption = JSON.parse(options['server-side-encryption-configuration'] ?? '');
  },
  's3api put-bucket-versioning': (account, options) => {
    bucket(account, options).Versioning = { Status: options['versioning-configuration']?.replace('Status=', '') };
  },
  's3api put-bucket-lifecycle-configuration': (account, options) => {
    bucket(account, options).Lifecycle = JSON.parse(options['lifecycle-configuration'] ?? '');
  },
  's3api put-bucket-logging': (account, options) => {
    bucket(account, options).Logging = JSON.parse(options['bucket-logging-status'] ?? '').LoggingEnabled;
  },
  's3api put-bucket-notification-configuration': (account, options) => {
    bucket(account, options).Notifications = JSON.parse(options['notification-configuration'] ?? '');
  },
  's3api delete-bucket-website': (account, options) => {
    bucket(account, options).Website = null;
  },
  's3api put-bucket-replication': (account, options) => {
    bucket(account, options).Replication = JSON.parse(options['replication-configuration'] ?? '');
  },
  's3api delete-bucket-replication': (account, options) => {
    bucket(account, options).Replication = null;
  },
  's3api delete-bucket-inventory-configuration': (account, options) => {
    const found = bucket(account, options);
    found.Inventories = without(found.Inventories, ({ Id }) => Id === options.id);
  },
  's3control delete-access-point': (account, options) => {
    const found = one(account.buckets, ({ AccessPoints }) =>
      AccessPoints.some(({ Name }: Raw) => Name === options.name),
    );
    found.AccessPoints = without(found.AccessPoints, ({ Name }) => Name === options.name);
  },
  's3control put-access-point-policy': (account, options) => {
    const points = account.buckets.flatMap(({ AccessPoints }: Raw) => AccessPoints);
    one(points, ({ Name }) => Name === options.name).Policy = JSON.parse(options.policy ?? '');
  },
  's3control delete-access-grant': (account, options) => {
    const id = options['access-grant-id'];
    account.accessGrants = without(account.accessGrants, ({ AccessGrantId }) => AccessGrantId === id);
  },
  'kms put-key-policy': (account, options) => {
    one(account.keys, ({ Arn }) => Arn === options['key-id']).Policy = JSON.parse(options.policy ?? '');
  },
  'kms revoke-grant': (account, options) => {
    const key = one(account.keys, ({ Arn }) => Arn === options['key-id']);
    key.Grants = without(key.Grants, ({ GrantId }) => GrantId === options['grant-id']);
  },
  'secretsmanager delete-resource-policy': (account, options) => {
    one(account.secrets, ({ Arn }) => Arn === options['secret-id']).Policy = null;
  },
  'secretsmanager put-resource-policy': (account, options) => {
    one(account.secrets, ({ Arn }) => Arn === options['secret-id']).Policy = JSON.parse(
      options['resource-policy'] ?? '',
    );
  },
  'transfer delete-user': (account, options) => {
    account.transferUsers = without(account.transferUsers, ({ UserName }) => UserName === options['user-name']);
  },
  'transfer delete-access': (account, options) => {
    const id = options['external-id'];
    account.transferAccesses = without(account.transferAccesses, ({ ExternalId }) => ExternalId === id);
  },
  'rolesanywhere delete-profile': (account, options) => {
    account.rolesAnywhereProfiles = without(account.rolesAnywhereProfiles, isProfile(options));
  },
  'rolesanywhere disable-profile': (account, options) => {
    one(account.rolesAnywhereProfiles, isProfile(options)).enabled = false;
  },
  'rolesanywhere enable-profile': (account, options) => {
    one(account.rolesAnywhereProfiles, isProfile(options)).enabled = true;
  },
  'rolesanywhere update-profile': (account, options) => {
    const profile = one(account.rolesAnywhereProfiles, isProfile(options));
    if (options['duration-seconds']) profile.durationSeconds = Number(options['duration-seconds']);
    if (options['no-accept-role-session-name']) profile.acceptRoleSessionName = false;
    if (options['accept-role-session-name']) profile.acceptRoleSessionName = true;
  },
  'rolesanywhere put-attribute-mapping': (account, options) => {
    const profile = one(account.rolesAnywhereProfiles, isProfile(options));
    const mapping = one(profile.attributeMappings, (each) => each.certificateField === options['certificate-field']);
    mapping.mappingRules = [{ specifier: options['mapping-rules']?.replace('specifier=', '') }];
  },
  'rolesanywhere update-trust-anchor': (account, options) => {
    one(account.trustAnchors, isAnchor(options)).source = JSON.parse(options.source ?? '');
  },
  'rolesanywhere disable-trust-anchor': (account, options) => {
    one(account.trustAnchors, isAnchor(options)).enabled = false;
  },
  'rolesanywhere enable-trust-anchor': (account, options) => {
    one(account.trustAnchors, isAnchor(options)).enabled = true;
  },
  'cloudformation delete-stack': (account, options) => {
    account.stacks = without(account.stacks, ({ StackName }) => StackName === options['stack-name']);
  },
};

const isProfile = (options: Options) => (each: Raw) => each.profileArn.endsWith(`profile/${options['profile-id']}`);
const isAnchor = (options: Options) => (each: Raw) =>
  each.trustAnchorArn.endsWith(`trust-anchor/${options['trust-anchor-id']}`);
