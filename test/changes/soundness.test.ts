import fc from 'fast-check';
import { accessChanges, paired } from '../../lib/changes/access';
import { type AccessChange, narrows, widens } from '../../lib/changes/effect';
import { type AddedPermission, addedPermissions } from '../../lib/changes/grants';
import { load } from '../../lib/definitions/load';
import type { Deployment } from '../../lib/definitions/model/model';
import type { Account } from '../proofs/account';
import { type Bucket, edits, type Folder, type Integration } from '../proofs/definitions';
import { allows, roleArn, userArn } from '../proofs/oracle';
import { type Asked, internalQuestions, type Pick, Questions } from '../proofs/questions';
import { inFolder } from '../support/folder';
import { quickTemplate } from '../support/quick-template';
import { HOME } from '../support/resolve';
import { runs } from '../support/share';

// The same edits every time; more by DIFF_RUNS.
const RUNS = Number(process.env.DIFF_RUNS ?? runs(40));
const SEED = Number(process.env.DIFF_SEED ?? 20_261_122);

/** What there is of an account that questions are asked of, without one policy. */
function accountOf({ integrations, internals }: Folder): Account {
  const uuid = '00000000-0000-4000-8000-000000000000';
  return {
    integrations,
    internals,
    buckets: [...new Set(integrations.map(({ bucket }) => bucket.name))],
    keyOf: ({ name, kmsKey }: Bucket) =>
      kmsKey === 'create' ? `arn:aws:kms:${HOME.region}:${HOME.account}:key/${name}` : kmsKey,
    anchorOf: ({ client, vendor, trustAnchor }: Integration) =>
      trustAnchor === 'certificate'
        ? `arn:aws:rolesanywhere:${HOME.region}:${HOME.account}:trust-anchor/${client}-${vendor}-${uuid}`
        : trustAnchor,
  } as unknown as Account;
}

function deployment({ files }: Folder): Deployment {
  return inFolder(files, (dir) => {
    const { deployment, failed } = load(dir);
    // Here and there a policy is too long.
    fc.pre(!failed);
    return deployment;
  });
}

function questions(account: Account, salt: number): Asked[] {
  let turn = salt;
  const pick: Pick = (values) => values[turn++ % values.length] as never;
  return [
    ...account.integrations.flatMap((one) => new Questions(account, one, pick).asked()),
    ...account.internals.flatMap((one) => internalQuestions(account, one, pick)),
  ];
}

/** What is asked of one version, is allowed there and not in the other, must be told as such a change of who is allowed it. */
function untold(of: Folder, other: Folder, told: readonly AccessChange[]): string[] {
  const [account, its] = [accountOf(of), accountOf(other)];
  const ours = [...of.integrations, ...other.integrations];
  return questions(account, of.salt).flatMap(({ about, question }) => {
    // What a role of ours may do elsewhere changes with that role: it is no stranger in the other version.
    const another = (one: Integration) => one.roleName !== (question as { role?: string }).role;
    const isOurs = (arn: string) => ours.some((one) => another(one) && [roleArn(one), userArn(one)].includes(arn));
    if (question.ask === 'assume' && isOurs(question.principal)) return [];
    if (!allows(account, question) || allows(its, question)) return [];
    const alone = { ...of, integrations: [], internals: [] };
    const allowed = of.integrations.filter((one) => allows(accountOf({ ...alone, integrations: [one] }), question));
    const isTold = allowed.some(({ client, vendor }) =>
      told.some(
        (change) => change.client === client && [undefined, `${client}_${vendor}`].includes(change.integration),
      ),
    );
    const ofOurs = of.internals.filter((one) => allows(accountOf({ ...alone, internals: [one] }), question));
    if (
      ofOurs.some(({ client }) => told.some((change) => change.client === client && change.integration === undefined))
    )
      return [];
    return isTold ? [] : [`${about}: ${JSON.stringify(question)}`];
  });
}

test('what is allowed that was not is told as growing access, and what is not any more as shrinking', () => {
  let [grown, shrunk] = [0, 0];
  fc.assert(
    fc.property(edits, ({ before, after }) => {
      const changes = accessChanges(deployment(before), deployment(after));
      const [growing, shrinking] = [changes.filter(widens), changes.filter(narrows)];
      expect(untold(after, before, growing)).toEqual([]);
      expect(untold(before, after, shrinking)).toEqual([]);
      grown += growing.length;
      shrunk += shrinking.length;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(Math.min(grown, shrunk)).toBeGreaterThan(RUNS / 4);
});

test('where the templates let through more or less, the words say so', () => {
  let [grew, shrank] = [0, 0];
  fc.assert(
    fc.property(edits, (edit) => {
      const [before, after] = [deployment(edit.before), deployment(edit.after)];
      const changes = accessChanges(before, after);
      for (const [was, is] of paired(before.clients, after.clients)) {
        if (!was || !is) continue;
        const [old, now] = [quickTemplate(was), quickTemplate(is)];
        const unsaid = (all: readonly AddedPermission[], said: readonly AccessChange[]) =>
          all.filter(
            ({ integration }) =>
              !said.some(
                (change) =>
                  change.client === is.name &&
                  [undefined, integration ?? change.integration].includes(change.integration),
              ),
          );
        const [grows, shrinks] = [addedPermissions(old, now), addedPermissions(now, old)];
        expect(unsaid(grows, changes.filter(widens))).toEqual([]);
        // What is gone has no owner in the template that is left: it is told by its name.
        const gone = changes.filter(narrows);
        expect(shrinks.length > 0 && unsaid(shrinks, gone).length === shrinks.length).toBe(false);
        grew += grows.length;
        shrank += shrinks.length;
      }
    }),
    { numRuns: Math.ceil(RUNS / 3), seed: SEED },
  );
  expect(Math.min(grew, shrank)).toBeGreaterThan(RUNS / 8);
});
