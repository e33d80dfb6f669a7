/**
 * Families of changes to a template: what a sentence of the contract says must stop a synth, in several spellings, and twins
 * that are like them and let nobody in. Each file of `families/` has some of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RuleId } from '../../lib/checks/rules';
import type { Violation } from '../../lib/checks/violation';
import type { AlsoOurs } from '../../lib/templates';
import { foundIn } from '../support/confined';
import { HOME } from '../support/resolve';
import { synthesizeApp, type Template } from '../support/synth';

/** What is merged into a template: resources by their ids, other sections by their names; `null` takes something away. */
type Patch = Readonly<Record<string, unknown>>;

export interface Family {
  /** A sentence of the contract, or what follows from it. */
  readonly says: string;
  /** Where it is documented that the spellings are leaks, or guard less. */
  readonly source?: string;
  readonly rule: RuleId;
  readonly leaks: Readonly<Record<string, Patch>>;
  readonly twins?: Readonly<Record<string, Patch>>;
}

const FOLDER = join(__dirname, 'families');

/** Every family, by the file that it is in. */
export const FAMILIES: readonly Family[] = readdirSync(FOLDER)
  .sort()
  .flatMap((file) => parse(readFileSync(join(FOLDER, file), 'utf8'), { maxAliasCount: -1, merge: true }) as Family[]);

/** A client with a key of its own, and an integration of each kind that matters to the families. */
const CLIENT = {
  'settings.yaml': 'accessLogs: {bucket: our-access-logs}',
  'kohler/client.yaml': 'bucket: {kmsKey: create, lifecycle: {expireOldVersionsAfterDays: 30}}',
  'kohler/role.yaml':
    'kind: assumed-role\nprincipals: [arn:aws:iam::123456789876:role/sender]\nexternalId: abc\nmaxSessionDuration: 2h\n',
  'kohler/user.yaml': 'kind: access-key\nreason: a test\n',
  'kohler/point.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::123456789876:role/sender]\naccessPoint: true\n',
  'kohler/cert.yaml':
    'kind: roles-anywhere\ntrustAnchor: {arn: "arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab"}\nsubject: {commonName: c}\n',
};

let made: {
  readonly app: ReturnType<typeof synthesizeApp>['app'];
  readonly text: string;
  readonly names: [string, string][];
};

/** The app and the template to which patches are made. */
export function base(): typeof made {
  if (made) return made;
  const { app, templates } = synthesizeApp(CLIENT);
  const template = templates.kohler as Template;
  const idOf = (type: string, name?: string) =>
    Object.entries(template.Resources).find(
      ([, { Type, Properties }]) =>
        Type === `AWS::${type}` && (name === undefined || Object.values(Properties).includes(name)),
    )?.[0] ?? '';
  const names: [string, string][] = [
    ['CLIENT_BUCKET', idOf('S3::Bucket')],
    ['CLIENT_POLICY', idOf('S3::BucketPolicy')],
    ['CLIENT_KEY', idOf('KMS::Key')],
    ['VENDOR_ROLE', idOf('IAM::Role', 'kohler_role')],
    ['VENDOR_USER', idOf('IAM::User')],
    ['VENDOR_ACCESS_KEY', idOf('IAM::AccessKey')],
    ['VENDOR_SECRET', idOf('SecretsManager::Secret')],
    ['VENDOR_POINT', idOf('S3::AccessPoint')],
    ['VENDOR_PROFILE', idOf('RolesAnywhere::Profile')],
  ];
  made = { app, text: JSON.stringify(template), names };
  return made;
}

const SECTIONS: ReadonlySet<string> = new Set([
  'Outputs',
  'Parameters',
  'Conditions',
  'Mappings',
  'Transform',
  'Metadata',
]);

/** What the checks find where a patch is merged into the template, `rule: place: reason` each. */
export function foundWith(patch: Patch, ours: AlsoOurs = {}): readonly string[] {
  return violationsWith(patch, ours).map(({ rule, place, reason }) => `${rule}: ${place.id} ${place.at}: ${reason}`);
}

/** What the checks find where a patch is merged into the template. */
export function violationsWith(patch: Patch, ours: AlsoOurs = {}): readonly Violation[] {
  const { app, text, names } = base();
  const template = JSON.parse(text);
  const written = names.reduce((all, [name, id]) => all.replaceAll(name, id), JSON.stringify(patch));
  for (const [name, change] of Object.entries(JSON.parse(written))) {
    const parent = SECTIONS.has(name) ? template : template.Resources;
    if (change === null && parent[name] === undefined) throw new Error(`there is no ${name}`);
    parent[name] = merged(parent[name], change);
  }
  const { account, region } = HOME;
  return foundIn(app, { kohler: template }, { account, region }, ours);
}

function merged(old: unknown, change: unknown): unknown {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change ?? undefined;
  const into: Record<string, unknown> =
    typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...(old as object) } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete into[name];
    else into[name] = merged(into[name], value);
  }
  return into;
}
