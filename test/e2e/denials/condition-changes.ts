/** What can be switched off in the conditions of one statement. */
import type { Change, OwnTarget } from './changes';
import { conditioned, listed } from './documents';
import { bar, grant, OTHER_USER, toPrincipal, withExternalId } from './reasons';

/** How a request can miss a condition, by its key. */
const MISSES: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalArn': [OTHER_USER],
  'aws:CurrentTime': ['late'],
  'aws:SourceIp': ['other'],
  'aws:SourceVpce': ['missing', 'other'],
  's3:prefix': ['missing', 'beside', 'elsewhere'],
  's3:x-amz-acl': ['other'],
  'sts:ExternalId': ['missing', 'other'],
  'sts:RoleSessionName': ['other'],
  'kms:ViaService': ['missing', 'other'],
};

/** What is granted by one of several values. */
const BY_VALUE: Readonly<Record<string, (value: string) => string>> = {
  'aws:PrincipalArn': toPrincipal,
  'sts:ExternalId': withExternalId,
};

export function conditionChanges(target: OwnTarget): Change[] {
  return Object.entries(target.statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => changesOf(target, operator, key, listed(values))),
  );
}

function changesOf(target: OwnTarget, operator: string, key: string, values: readonly string[]): Change[] {
  const { statement, integration, permissions } = target;
  const misses = MISSES[key];
  if (!misses) throw new Error(`no request speaks of ${key}, which ${integration} has`);
  const change = (what: string, condition: Record<string, readonly string[]>, off: readonly string[]): Change => {
    const to = Object.fromEntries(Object.entries(condition).map(([by, those]) => [by, { [key]: those }]));
    return { what: `${key}: ${what}`, to: conditioned(statement, key, to), off };
  };
  const called = key === 'aws:PrincipalArn' ? 'principal' : key;
  const bars = (hows: readonly string[]) =>
    permissions.flatMap((each) => hows.map((how) => bar(integration, each, called, how)));

  const [only = ''] = values;
  const found = [change('no condition', {}, bars(misses))];
  if (misses.includes('missing') && !operator.endsWith('IfExists')) {
    found.push(change('only if it is there', { [`${operator}IfExists`]: values }, bars(['missing'])));
  }
  const some = BY_VALUE[key];
  if (values.length === 1 || !some) {
    found.push(change('any value', widest(operator, key, only), bars(misses.filter((how) => how !== 'missing'))));
  } else {
    for (const value of values) {
      const off = permissions.map((each) => grant(integration, each, some(value)));
      found.push(change(`without ${value}`, { [operator]: values.filter((other) => other !== value) }, off));
    }
  }
  if (key === 's3:prefix' && only.endsWith('/*')) {
    found.push(change('no slash', { [operator]: [only.replace('/*', '*')] }, bars(['beside'])));
  }
  return found;
}

/** The same condition with a value that everything meets, or of a principal every other user of the account. */
function widest(operator: string, key: string, value: string): Record<string, readonly string[]> {
  if (key === 'aws:CurrentTime') return { [operator]: ['2199-01-01T00:00:00Z'] };
  if (key === 'aws:SourceIp') return { [operator]: ['0.0.0.0/1', '128.0.0.0/1'] };
  const like = operator.endsWith('IfExists') ? 'StringLikeIfExists' : 'StringLike';
  return { [like]: [key === 'aws:PrincipalArn' ? `${value.split(':').slice(0, 5).join(':')}:*` : '*'] };
}
