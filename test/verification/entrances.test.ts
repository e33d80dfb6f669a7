/** One way in is one finding, however many innocent roles are thereby reached; what takes it back leaves these alone. */

import { HOME, type Raw } from '../support/deployed-account';
import { runAws } from '../support/fake-aws-cli';
import { allKinds, judged, OWN, VENDOR } from './account-of-all-kinds';
import { EVERYDAY } from './everyday';
import {
  addBootstrap,
  addGroup,
  addKeyOf,
  addRole,
  addUser,
  allow,
  attach,
  document,
  root,
  trust,
} from './messes/edits';

const STRANGER = '999900001111';
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const GITHUB = `arn:aws:iam::${HOME.account}:oidc-provider/token.actions.githubusercontent.com`;

/** A company's account on a day without a mess. */
function everyday(): Raw {
  const { account } = allKinds();
  for (const { name, make } of EVERYDAY)
    if (!/bootstrap|pipeline|existing bucket|access grant|break-glass/.test(name)) make(account);
  addBootstrap(account);
  deployRole(account, 'repo:octo-org/integrations:environment:production');
  for (const name of ['payroll', 'reports', 'etl']) {
    addRole(account, name, trust({ AWS: `arn:aws:iam::${HOME.account}:role/admin` }), document(allow('s3:*')));
  }
  return account;
}

function deployRole(account: Raw, sub: string): void {
  const Condition = {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    [sub.includes('*') ? 'StringLike' : 'StringEquals']: { 'token.actions.githubusercontent.com:sub': sub },
  };
  const trusts = document({
    Effect: 'Allow',
    Principal: { Federated: GITHUB },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  });
  addRole(account, 'deploy', trusts, document(allow('sts:AssumeRole', `arn:aws:iam::${HOME.account}:role/cdk-*`)));
}

const role = (account: Raw, name: string) => account.iam.RoleDetailList.find(({ RoleName }: Raw) => RoleName === name);

interface Case {
  readonly name: string;
  readonly make: (account: Raw) => void;
  readonly code: string;
  /** Where it is found, and nothing else. */
  readonly at: string;
  readonly undo: RegExp;
}

const CASES: readonly Case[] = [
  {
    name: "the administrator's policy on a vendor's role",
    make: (account) => attach(account, role(account, 'kohler_adobe'), ADMIN),
    code: 'more-access',
    at: 'kohler_adobe',
    undo: /^aws iam detach-role-policy --role-name kohler_adobe --policy-arn \S+AdministratorAccess$/,
  },
  {
    name: 'an access key of an administrator',
    make: (account) => {
      attach(account, addUser(account, 'root-like'), ADMIN);
      addKeyOf(account, 'root-like', 'AKIAIOSFODNN7ADMINKEY');
    },
    code: 'unknown-principal',
    at: 'user/root-like',
    undo: /^aws iam delete-access-key --user-name root-like --access-key-id AKIAIOSFODNN7ADMINKEY$/,
  },
  {
    name: 'a deploying role that any repository may assume',
    make: (account) => {
      account.iam.RoleDetailList = account.iam.RoleDetailList.filter(({ RoleName }: Raw) => RoleName !== 'deploy');
      deployRole(account, 'repo:*');
    },
    code: 'unknown-principal',
    at: 'role/deploy',
    undo: /^aws iam update-assume-role-policy --role-name deploy .*"Effect":"Deny"/,
  },
  {
    name: "a stranger's account in the trust of a role of the landing zone",
    make: (account) => {
      const { AWS: stranger } = root(STRANGER);
      const both = trust({ AWS: [root(OWN).AWS, stranger] });
      role(account, 'AWSControlTowerExecution').AssumeRolePolicyDocument = both;
    },
    code: 'unknown-principal',
    at: 'role/AWSControlTowerExecution',
    undo: new RegExp(`^aws iam update-assume-role-policy --role-name AWSControlTowerExecution .*"AWS":"[^"]*${OWN}`),
  },
  {
    name: "a vendor's role in the trust of an administrator",
    make: (account) => {
      const own = [root(HOME.account).AWS, `arn:aws:iam::${HOME.account}:role/integrations/kohler_adobe`];
      role(account, 'admin').AssumeRolePolicyDocument = trust({ AWS: own });
    },
    code: 'unknown-principal',
    at: 'role/admin',
    undo: new RegExp(
      `^aws iam update-assume-role-policy --role-name admin .*"AWS":"arn:aws:iam::${HOME.account}:root"`,
    ),
  },
  {
    name: "a vendor's user in a group of administrators",
    make: (account) => {
      addGroup(account, 'admins', document(allow('*')));
      account.iam.UserDetailList.find(({ UserName }: Raw) => UserName === 'kohler_boomi').GroupList.push('admins');
    },
    code: 'more-access',
    at: 'user/integrations/kohler_boomi',
    undo: /^aws iam remove-user-from-group --user-name kohler_boomi --group-name admins$/,
  },
];

test('nothing is found on a day without a mess', () => {
  expect(judged(everyday()).findings).toEqual([]);
});

test.each(CASES.map((each) => [each.name, each] as const))('one finding: %s', (_, { make, code, at, undo }) => {
  const account = everyday();
  make(account);
  const before = structuredClone(account);
  const { findings } = judged(account);
  expect(findings.map((each) => [each.code, each.principal?.endsWith(at)])).toEqual([[code, true]]);
  const [found] = findings;
  expect(found?.message).toMatch(/; the same way leads to \d+ further roles?.*: arn:aws:iam::/);
  expect(found?.undo).toMatch(undo);
  runAws(account, found?.undo ?? '');
  expect(judged(account).findings).toEqual([]);
  // Whoever is reached that way is as before.
  const others = ({ iam }: Raw) =>
    [...iam.RoleDetailList, ...iam.GroupDetailList].filter(({ Arn }: Raw) => !Arn.endsWith(at.replace(/^.*\//, '')));
  expect(others(account)).toEqual(others(before));
});

test('two ways in that know nothing of each other are two findings, though one leads to all that the other does', () => {
  const account = everyday();
  const [key, landing] = [CASES[1], CASES[3]];
  key?.make(account);
  landing?.make(account);
  // A third leads nowhere but to one whom the others become.
  addRole(account, 'helper', trust(root(VENDOR)), document(allow('sts:AssumeRole', '*')));
  const { findings } = judged(account);
  const names = findings.map(({ principal }) => principal?.split('/').at(-1)).sort();
  expect(names).toEqual(['AWSControlTowerExecution', 'helper', 'root-like']);
  for (const { undo } of findings) runAws(account, undo ?? '');
  expect(judged(account).findings).toEqual([]);
});

test('who deploys by exact claims does not hide who deploys by any', () => {
  const account = everyday();
  const trusts = structuredClone(role(account, 'deploy'));
  const made = { ...trusts, RoleName: 'a-deploy', Arn: trusts.Arn.replace('deploy', 'a-deploy') };
  account.iam.RoleDetailList.unshift(made);
  const wide = everyday();
  CASES[2]?.make(wide);
  role(account, 'deploy').AssumeRolePolicyDocument = role(wide, 'deploy').AssumeRolePolicyDocument;
  expect(judged(account).findings.map(({ principal }) => principal)).toEqual([
    `arn:aws:iam::${HOME.account}:role/deploy`,
  ]);
});
