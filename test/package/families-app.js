/**
 * Runs in an app of somebody else's, with the package as it is packed: makes a client for each patch that it is given, merges
 * the patch into the template, and prints the ids of the violations that stop the synth.
 */
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, CfnResource, Duration, Stack, Validations } = require('aws-cdk-lib');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  ClientBucket,
  ConfinementChecks,
  DirectTrustIntegration,
  RolesAnywhereIntegration,
} = require('cdk-bucket-integrations');

const PRINCIPALS = ['arn:aws:iam::123456789876:role/sender'];
const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab';
const SECTIONS = new Set(['Outputs', 'Parameters', 'Conditions', 'Mappings', 'Transform', 'Metadata']);

/** The client of test/sabotages/families.ts, by constructs. */
function client(app) {
  const stack = new Stack(app, 'kohler', {
    stackName: 'integrations-kohler',
    env: { account: '999988887777', region: 'eu-west-1' },
  });
  const clientBucket = new ClientBucket(stack, 'Bucket', {
    clientName: 'kohler',
    createEncryptionKey: true,
    expireOldVersionsAfter: Duration.days(30),
    serverAccessLogsBucket: Bucket.fromBucketName(stack, 'Bucket-Logs', 'our-access-logs'),
  });
  const made = (vendorName) => ({ clientBucket, vendorName });
  new AccessKeyIntegration(stack, 'user', made('user'));
  new DirectTrustIntegration(stack, 'point', { ...made('point'), principals: PRINCIPALS, accessPoint: true });
  new RolesAnywhereIntegration(stack, 'cert', { ...made('cert'), trustAnchorArn: ANCHOR, commonName: 'c' });
  new AssumedRoleIntegration(stack, 'role', {
    ...made('role'),
    principals: PRINCIPALS,
    externalIds: ['abc'],
    maxSessionDuration: Duration.hours(2),
  });
  return stack;
}

/** The logical ids behind the names by which patches call what is there. */
function namesIn(stack) {
  const all = stack.node.findAll().filter((each) => CfnResource.isCfnResource(each));
  const idOf = (type, test = () => true) => {
    const found = all.find((each) => each.cfnResourceType === `AWS::${type}` && test(each));
    return String(stack.resolve(found.logicalId));
  };
  return [
    ['CLIENT_BUCKET', idOf('S3::Bucket')],
    ['CLIENT_POLICY', idOf('S3::BucketPolicy')],
    ['CLIENT_KEY', idOf('KMS::Key')],
    ['VENDOR_ROLE', idOf('IAM::Role', (role) => role.roleName === 'kohler_role')],
    ['VENDOR_USER', idOf('IAM::User')],
    ['VENDOR_ACCESS_KEY', idOf('IAM::AccessKey')],
    ['VENDOR_SECRET', idOf('SecretsManager::Secret')],
    ['VENDOR_POINT', idOf('S3::AccessPoint')],
    ['VENDOR_PROFILE', idOf('RolesAnywhere::Profile')],
  ];
}

function merged(old, change) {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change ?? undefined;
  const into = typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete into[name];
    else into[name] = merged(into[name], value);
  }
  return into;
}

function patched(template, patch, names) {
  const written = names.reduce((all, [name, id]) => all.replaceAll(name, id), JSON.stringify(patch));
  const copy = structuredClone(template);
  for (const [name, change] of Object.entries(JSON.parse(written))) {
    const parent = SECTIONS.has(name) ? copy : copy.Resources;
    parent[name] = merged(parent[name], change);
  }
  return copy;
}

/** The ids of what stops the synth of a client with a patch. */
function idsWith(patch) {
  const outdir = mkdtempSync(join(tmpdir(), 'families-'));
  const app = new App({ analyticsReporting: false, stackTraces: false, treeMetadata: false, outdir });
  Validations.of(app).addPlugins(new ConfinementChecks());
  const stack = client(app);
  const whole = stack._toCloudFormation.bind(stack);
  stack._toCloudFormation = () => patched(stack.resolve(whole()), patch, namesIn(stack));
  try {
    app.synth();
    return [];
  } catch (error) {
    const [, path] = /(\S+validation-report\.json)/.exec(String(error)) ?? [];
    if (path === undefined) throw error;
    const { pluginReports } = JSON.parse(readFileSync(path, 'utf8'));
    return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

console.error = () => {};
const patches = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const found = patches.map((patch) => idsWith(patch));
process.stdout.write(JSON.stringify(found));
