import type { Ours, Value, World } from '../access';
import { valueText } from '../access';
import type { AppTemplates } from './app-templates';
import { doorsOf, type ReadDoor } from './doors';
import { functionDoors } from './functions';
import { holdersOf, type ReadHolder } from './holders';
import { lendersOf, unknownHolders } from './lenders';
import { runnersOf } from './runners';

/** Who is ours besides the accounts of the stacks. */
export interface AlsoOurs {
  readonly accounts?: readonly string[];
  readonly organization?: string;
}

/** An app's templates in the model's words. */
export interface TemplateWorld extends World {
  readonly doors: readonly ReadDoor[];
  /** Those holders that a template makes. */
  readonly made: readonly ReadHolder[];
}

/** Who can do what by the templates of an app. The accounts of its stacks are ours. */
export function worldOf(app: AppTemplates, also: AlsoOurs = {}): TemplateWorld {
  const { made, named } = holdersOf(app);
  const ours = oursOf(app, also);
  const holders = [...made, ...named, ...unknownHolders(app, ours)];
  return {
    ours,
    holders,
    made,
    doors: [...doorsOf(app), ...lendersOf(app, made), ...functionDoors(app), ...runnersOf(app)],
  };
}

function oursOf(app: AppTemplates, { accounts = [], organization }: AlsoOurs): Ours {
  const own = app.sources.flatMap(({ name }) => app.reader(name)?.environment.account ?? []);
  const all: readonly Value[] = [...own.map((account): Value => [account]), ...accounts.map((account) => [account])];
  return {
    accounts: [...new Map(all.map((account) => [valueText(account), account])).values()],
    ...(organization !== undefined && { organization: [organization] }),
    buckets: app.ofType('AWS::S3::Bucket').map((bucket) => app.valueOf(bucket, 'Arn')),
  };
}
