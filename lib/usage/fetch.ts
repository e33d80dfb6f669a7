import { bucketOf, type Client } from '../definitions/model/model';
import { shellWord } from '../text/shell';

/** A command that gets logs, and what it gets. */
export interface FetchCommand {
  readonly gets: string;
  readonly command: string;
}

/** So many days are named one by one; of more, all logs are fetched. */
const MOST_DAYS = 62;

/**
 * The commands that get the logs of some clients' buckets, to be run where there are credentials of their account: server
 * access logs from where `accessLogs` has them delivered, CloudTrail's from the bucket of the account's trail, and the last
 * ninety days of assumed roles from CloudTrail itself. They need the AWS CLI, the last one jq too.
 *
 * @param days `[first, last]`, as `YYYY-MM-DD`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html (names of log files)
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function fetchCommands(clients: readonly Client[], days?: readonly [string, string]): FetchCommand[] {
  const buckets = clients.flatMap((client) => [
    client.bucket,
    ...client.integrations.map((integration) => bucketOf(client, integration)),
  ]);
  const places = buckets.flatMap(({ accessLogs }) => accessLogs ?? []);
  const logs = unique(places.map(({ bucket, prefix = '' }) => `${bucket}/${prefix}`)).map((place) =>
    syncLogs(place, days),
  );
  const unknown = unique(buckets.filter(({ accessLogs }) => accessLogs === undefined).map(({ name }) => name));
  const homes = unique(clients.map(({ account, region }) => `${account ?? 'ACCOUNT'} ${region ?? 'REGION'}`));
  return [
    ...logs,
    ...unknown.map((name) => ({
      gets: `where the server access logs of ${name} are, if there are any: settings.yaml does not say`,
      command: `aws s3api get-bucket-logging --bucket ${shellWord(name)}`,
    })),
    ...homes.flatMap((home) => {
      const [account = '', region = ''] = home.split(' ');
      return [syncTrail(account, region, days), lookUp(account, region, days)];
    }),
  ];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Names begin with the prefix and the day: `PREFIX2026-11-27-21-32-16-E568B2907131C0C4`, in folders or not. */
function syncLogs(place: string, days: readonly [string, string] | undefined): FetchCommand {
  const only = daysBetween(days).map((day) => ` --include ${shellWord(`*${day}-*`)}`);
  const exclude = only.length > 0 ? ` --exclude '*'${only.join('')}` : '';
  return {
    gets: `server access logs in ${place}`,
    command: `aws s3 sync ${shellWord(`s3://${place}`)} access-logs/${exclude}`,
  };
}

function syncTrail(account: string, region: string, days: readonly [string, string] | undefined): FetchCommand {
  const folder = `AWSLogs/${account}/CloudTrail/${region}/`;
  const only = daysBetween(days).map((day) => ` --include ${shellWord(`${day.replaceAll('-', '/')}/*`)}`);
  const exclude = only.length > 0 ? ` --exclude '*'${only.join('')}` : '';
  const trail = `"$(aws cloudtrail describe-trails --region ${region} --query 'trailList[0].S3BucketName' --output text)"`;
  return {
    gets: `CloudTrail's logs of account ${account} in ${region}, if it has a trail; of objects only where its data events are on`,
    command: `aws s3 sync s3://${trail}/${folder} cloudtrail/${account}/${region}/${exclude}`,
  };
}

function lookUp(account: string, region: string, days: readonly [string, string] | undefined): FetchCommand {
  const [first, last] = days ?? [];
  const time = first === undefined ? '' : ` --start-time ${first}T00:00:00Z --end-time ${last}T23:59:59Z`;
  return {
    gets: `who assumed roles of account ${account} in ${region}, without a trail: the last 90 days`,
    command: `mkdir -p cloudtrail && aws cloudtrail lookup-events --region ${region} --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole${time} --query 'Events[].CloudTrailEvent' --output text | jq -s '{Records: .}' > cloudtrail/assume-role-${account}-${region}.json`,
  };
}

function daysBetween(days: readonly [string, string] | undefined): string[] {
  if (days === undefined) return [];
  const [from, to] = days.map((day) => Date.parse(`${day}T00:00:00Z`));
  const all: string[] = [];
  for (let at = from ?? 0; at <= (to ?? -1); at += 86_400_000) all.push(new Date(at).toISOString().slice(0, 10));
  return all.length > MOST_DAYS ? [] : all;
}
