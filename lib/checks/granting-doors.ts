/** Services that let somebody into buckets beside their policies: access grants, Lake Formation, shares between accounts. */
import { covers, isKnown, type Json, literalText, type Value, valueText } from '../access';
import { allowsOthers, type DoorCheck, door, isOurArn, leadingBy, under, WAY_IN, type Wrong } from './door-check';
import type { JudgedApp } from './judged-app';

/** All buckets of the account are at `s3://`. */
const isEverything = (scope: Value) => /^s3:\/\/(?:\\?\*)?$/.test(valueText(scope));

export const grantsLocation: DoorCheck = (resource, judged, guarded) =>
  under(resource.properties, ['LocationScope']).some(isEverything)
    ? door('LocationScope', `it is ${WAY_IN}`)
    : leadingBy('LocationScope')(resource, judged, guarded);

/**
 * A grant at a location that no template shows may be anywhere; at one of all buckets, it is where its prefix says.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-grant-create.html
 */
export const accessGrant: DoorCheck = ({ properties }, judged, guarded) => {
  const { app } = judged;
  const ids = under(properties, ['AccessGrantsLocationId']).map(valueText);
  const known = app
    .ofType('AWS::S3::AccessGrantsLocation')
    .filter((location) => ids.includes(valueText(app.valueOf(location))));
  const prefixes = under(properties, ['AccessGrantsLocationConfiguration', 'S3SubPrefix']);
  const scopes = known.flatMap((location) => under(location.properties, ['LocationScope']));
  const leads = scopes.some((scope) =>
    isEverything(scope) ? prefixes.some((prefix) => guarded.mayLead(prefix)) : guarded.mayLead(scope),
  );
  if (known.length > 0 && !leads) return [];
  // Users and groups of the company's own directory are ours.
  const types = under(properties, ['Grantee', 'GranteeType']).map(literalText);
  if (types.length > 0 && types.every((type) => type?.startsWith('DIRECTORY_'))) return [];
  return under(properties, ['Grantee', 'GranteeIdentifier']).every((arn) => isOurArn(arn, judged))
    ? []
    : door('Grantee', "it lets somebody who is not ours into a client's bucket, or may");
};

/**
 * Who may use an access point of several Regions. One that the app makes is judged by its buckets; one that no template shows
 * may lead into any bucket that leaves it to access points.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html
 */
export const multiRegionPolicy: DoorCheck = (resource, judged) => {
  const made = judged.app.ofType('AWS::S3::MultiRegionAccessPoint').map((each) => valueText(judged.app.valueOf(each)));
  const isMade = under(resource.properties, ['MrapName']).every((name) => made.includes(valueText(name)));
  return !isMade && allowsOthers(resource, 'Policy', judged)
    ? door('Policy', `it lets somebody who is not ours through an access point that may be ${WAY_IN}`)
    : [];
};

/**
 * Who may use what Lake Formation registers.
 *
 * @see https://docs.aws.amazon.com/lake-formation/latest/dg/cross-account-permissions.html
 */
export const lakePermissions =
  (principal: readonly string[], location: readonly string[]): DoorCheck =>
  ({ properties }, judged, guarded) => {
    if (under(properties, principal).every((who) => isOurLakePrincipal(who, judged))) return [];
    const registered = judged.app
      .ofType('AWS::LakeFormation::Resource')
      .flatMap((each) => under(each.properties, ['ResourceArn']));
    return [...under(properties, location), ...registered].some((value) => guarded.mayLead(value))
      ? door(principal[0] ?? '', "it lets somebody who is not ours into a client's bucket, or may")
      : [];
  };

function isOurLakePrincipal(who: Value, judged: JudgedApp): boolean {
  const text = literalText(who) ?? '';
  if (text === 'IAM_ALLOWED_PRINCIPALS') return true;
  const account = /^\d{12}:IAMPrincipals$/.test(text) ? [text.slice(0, 12)] : who;
  return covers(judged.world.ours.accounts, account) || isOurArn(who, judged);
}

/**
 * Shares of what leads to buckets: an instance of access grants, an authority that vouches for certificates, a vault of backups.
 *
 * @see https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
export const resourceShare: DoorCheck = ({ properties }, judged) => {
  const { ours } = judged.world;
  const isOurs = (who: Value) =>
    covers(ours.accounts, who) ||
    isOurArn(who, judged) ||
    (ours.organization !== undefined && valueText(who).split('/').includes(valueText(ours.organization)));
  const others = judged.app
    .ofType('AWS::RAM::PrincipalAssociation')
    .flatMap((each) => under(each.properties, ['Principal']));
  return [...under(properties, ['Principals']), ...others].every(isOurs)
    ? []
    : sharing('ResourceArns', properties, judged);
};

export const resourceAssociation: DoorCheck = ({ properties }, judged) => sharing('ResourceArn', properties, judged);

function sharing(name: string, properties: Json, { app, meant }: JudgedApp): readonly Wrong[] {
  const made = [
    ...app.ofType('AWS::S3::AccessGrantsInstance').map((each) => app.valueOf(each, 'AccessGrantsInstanceArn')),
    ...(meant.integrations.some(({ trustAnchor }) => trustAnchor)
      ? app.ofType('AWS::ACMPCA::CertificateAuthority').flatMap((each) => [app.valueOf(each), app.valueOf(each, 'Arn')])
      : []),
  ].filter(isKnown);
  const own = new Set(made.map(valueText));
  return under(properties, [name]).some(
    (arn) =>
      own.has(valueText(arn)) ||
      /:s3:[^:]*:[^:]*:access-grants\/|:backup:[^:]*:[^:]*:backup-vault:/.test(valueText(arn)),
  )
    ? door(name, "it shares what leads to clients' buckets with somebody who is not ours, or may")
    : [];
}
