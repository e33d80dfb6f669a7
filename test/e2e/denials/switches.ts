/**
 * Everything that can be switched off in the policies of a deployment, one thing at a time, and the requests that speak
 * of it (reasons.ts).
 */
import type { Template } from '../../support/synth';
import { type Change, changes, type Target } from './changes';
import { type Document, documents, integrationOf, listed, type Statement } from './documents';
import { atRoot, ON_ITSELF, TO_ITSELF } from './reasons';

/** One thing switched off. */
export interface Switch {
  /** In words, unique. */
  readonly text: string;
  readonly document: Document;
  /** The document's statements with it switched off. */
  readonly statements: readonly Statement[];
  /** The grants and bars that are gone, as the contract calls them. */
  readonly off: ReadonlySet<string>;
  /** What it has in common with the same switch in another integration: all but names, values and other conditions. */
  readonly form: string;
}

export function switches(account: Template): Switch[] {
  return documents(account).flatMap((document) =>
    document.statements.flatMap((statement, at) => {
      const target = targetOf(document, statement);
      return changes(target).map((change) => ({
        text: `${document.kind} of ${document.of}, ${statement.Sid}: ${change.what}`,
        document,
        statements: replaced(document, at, change),
        off: new Set(change.off),
        form: [document.kind, target.name, change.what.replace(/ (without|as wide as) .*/, ' $1 …')].join(', '),
      }));
    }),
  );
}

function targetOf(document: Document, statement: Statement): Target {
  const integration = integrationOf(document, statement);
  const { Sid = '', Action } = statement;
  // In shared policies a statement's name begins with the vendor's.
  const shared = document.kind.endsWith('policy') && integration !== undefined;
  const name = shared ? Sid.slice(integration.length - integration.indexOf('_') - 1) : Sid;
  const permissions = listed(Action).map((action) => permission(document, statement, action));
  return { document, statement, integration, name, permissions };
}

/** What the contract calls an action in this statement. */
function permission({ kind }: Document, { Sid, Condition }: Statement, action: string): string {
  if (action === 'sts:AssumeRole' && kind === 'access') return `${action}${ON_ITSELF}`;
  if (action === 'sts:AssumeRole' && Sid === 'Self') return `${action}${TO_ITSELF}`;
  const root = action === 's3:ListBucket' && Condition?.StringEqualsIfExists?.['s3:prefix'] === '';
  return root ? atRoot(action) : action;
}

function replaced({ kind, statements }: Document, at: number, { to }: Change): Statement[] {
  if (to) return statements.with(at, to);
  const others = statements.filter((_, other) => other !== at);
  // AWS takes no document without statements: one stays that speaks of nothing that is asked for here.
  return others.length > 0
    ? others
    : [kind === 'trust' ? { ...IDLE_TRUST, Principal: statements[at]?.Principal } : IDLE];
}

const IDLE: Statement = { Sid: 'Idle', Effect: 'Deny', Action: 's3:GetObjectRetention', Resource: '*' };
const IDLE_TRUST: Statement = { Sid: 'Idle', Effect: 'Allow', Action: 'sts:TagSession' };
