import { explore, plainJson, readPolicy } from './lib/access';
const A = ['111122223333'];
const pol = (S: unknown, id: string) => readPolicy(plainJson({ Statement: S }), { scope: 's', id, at: 'x' });
const holders: any[] = [];
for (let i = 0; i < 4000; i++) {
  const id = `role${i}`;
  const Principal = i % 4 === 0 ? { AWS: 'arn:aws:iam::666677778888:root' } : i % 4 === 1 ? { Service: 'lambda.amazonaws.com' } : { AWS: `arn:aws:iam::111122223333:role/role${(i * 7) % 4000}` };
  holders.push({ kind: 'role', account: A, arn: [`arn:aws:iam::111122223333:role/${id}`], name: [id], place: { scope: 's', id, at: '' },
    trust: pol([{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }], id),
    held: [pol([{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'kms:Decrypt', `dynamodb:*`], Resource: [`arn:aws:s3:::app-${i}-*`, `arn:aws:s3:::*-logs/*`, 'arn:aws:kms:*:111122223333:key/*'] },
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'iam:PassRole'], Resource: [`arn:aws:iam::*:role/role${(i * 3) % 4000}`, `arn:aws:iam::111122223333:role/x${i}*`] },
      { Effect: 'Allow', Action: ['logs:*', 'cloudwatch:Put*'], Resource: '*' }], id)] });
}
const targets: any[] = []; const doors: any[] = [];
for (let i = 0; i < 500; i++) {
  const n = [`arn:aws:s3:::client-${i}`];
  targets.push({ kind: 'bucket', account: A, names: [n] });
  doors.push({ kind: 'bucket', account: A, names: [n], place: { scope: 's', id: `b${i}`, at: '' }, policy: pol([{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 's3:*', Resource: [`arn:aws:s3:::client-${i}`, `arn:aws:s3:::client-${i}/*`], Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::111122223333:role/role${i}*` } } }], `b${i}`) });
}
const c = process.cpuUsage();
const e = explore({ ours: { accounts: [A] }, holders, doors, whole: [A] } as any, targets);
const paths = e.paths.length, ins = e.insiders().length;
const d = process.cpuUsage(c); console.log(paths, ins, 'cpu', (d.user + d.system) / 1000);
